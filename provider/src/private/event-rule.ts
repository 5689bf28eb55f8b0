import { CloudwatchEventRule } from '@cdktf/provider-aws/lib/cloudwatch-event-rule';
import { CloudwatchEventTarget } from '@cdktf/provider-aws/lib/cloudwatch-event-target';
import { Finding, Waiver } from '@holdfast/model';
import { Construct } from 'constructs';
import type { OnEventOptions } from '../backup-events';
import { annotateTemplate, refuse } from './refuse';
import { renderPolicy } from './render-policy';

/** An event pattern as the model gives it. */
export interface PatternJson {
  readonly source: string[];
  readonly 'detail-type': string[];
  readonly resources?: string[];
  readonly detail?: Record<string, unknown>;
}

/**
 * A rule of EventBridge and its target.
 *
 * @throws ValidationError when the rule could never match
 */
export function eventRule(
  scope: Construct,
  id: string,
  pattern: PatternJson,
  options: OnEventOptions,
  findings: Finding[],
  waivers: Waiver[] | undefined,
): CloudwatchEventRule {
  refuse(scope, findings, waivers);
  const { target, ruleName, description, tags, provider } = options;
  const rule = new CloudwatchEventRule(scope, id, {
    name: ruleName,
    description,
    eventPattern: renderPolicy(pattern),
    tags,
    provider,
  });
  annotateTemplate(rule, waivers);
  if (target !== undefined) {
    const { targetArn, roleArn, deadLetterQueueArn } = target;
    new CloudwatchEventTarget(scope, `${id}Target`, {
      rule: rule.name,
      arn: targetArn,
      roleArn,
      deadLetterConfig: deadLetterQueueArn === undefined ? undefined : { arn: deadLetterQueueArn },
      provider,
    });
  }
  return rule;
}
