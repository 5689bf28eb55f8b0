import { Acknowledgment, Stack, Validations } from 'aws-cdk-lib/core';
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

/** Why a policy of ours has stars in a resource: the rule of cdk-nag names the resource, references as `<logicalId.attribute>`. */
export function acknowledgeStars(scope: IConstruct, arn: string, reason: string): void {
  acknowledge(scope, { [`AwsSolutions-IAM5[Resource::${spelled(Stack.of(scope).resolve(arn))}]`]: reason });
}

function spelled(value: unknown): string {
  if (typeof value !== 'object' || value === null) {
    return String(value);
  }
  const [[name, argument]] = Object.entries(value) as [[string, unknown]];
  if (name === 'Fn::Join') {
    return (argument as [string, unknown[]])[1].map(spelled).join((argument as [string])[0]);
  }
  return `<${Array.isArray(argument) ? argument.join('.') : String(argument)}>`;
}
