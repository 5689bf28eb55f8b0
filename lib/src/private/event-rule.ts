import { Finding, Waiver } from '@holdfast/model';
import * as events from 'aws-cdk-lib/aws-events';
import { Construct } from 'constructs';
import { refuse } from './refuse';

/** An event pattern as the model gives it. */
export interface PatternJson {
  readonly source: string[];
  readonly 'detail-type': string[];
  readonly resources?: string[];
  readonly detail?: Record<string, unknown>;
}

/** The pattern as CDK spells it. */
export function eventPattern(pattern: PatternJson): events.EventPattern {
  const { source, 'detail-type': detailType, resources, detail } = pattern;
  return { source, detailType, resources, detail };
}

/**
 * A rule as CDK's `onXxx` methods make them: the pattern of the method on top of what the options ask for.
 *
 * @throws ValidationError when the rule could never match
 */
export function eventRule(
  scope: Construct,
  id: string,
  pattern: PatternJson,
  options: events.OnEventOptions,
  findings: Finding[],
  waivers: Waiver[] | undefined,
): events.Rule {
  refuse(scope, findings, waivers);
  const { description, ruleName, crossStackScope, target } = options;
  const rule = new events.Rule(scope, id, {
    description,
    ruleName,
    crossStackScope,
    eventPattern: options.eventPattern,
  });
  rule.addEventPattern(eventPattern(pattern));
  rule.addTarget(target);
  return rule;
}
