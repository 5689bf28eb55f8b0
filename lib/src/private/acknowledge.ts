import { Acknowledgment, Validations } from 'aws-cdk-lib/core';
import { IConstruct } from 'constructs';

/**
 * Acknowledges rules of other tools (cdk-nag) that a construct of ours breaks on purpose, each with the reason.
 *
 * @param scope the construct that breaks them
 * @param reasons id of the rule to why it is right here
 */
export function acknowledge(scope: IConstruct, reasons: Readonly<Record<string, string>>): void {
  const acknowledgements: Acknowledgment[] = Object.entries(reasons).map(([id, reason]) => ({ id, reason }));
  Validations.of(scope).acknowledge(...acknowledgements);
}
