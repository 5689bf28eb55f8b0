/**
 * PutRule.
 *
 * Source   API of EventBridge 2015-10-07: the same name again replaces the rule and keeps its targets.
 */
import type { PutRuleCommandInput, PutRuleCommandOutput } from '@aws-sdk/client-eventbridge';
import { EventRule, ruleArn } from '../../domain/event-buses';
import { PatternFault } from '../../domain/event-pattern';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { AwsFault } from '../fault';
import { required } from '../find-vault';
import { findBus } from '../find-rule';
import { tagAll, tagList } from '../tag-map';

export function putRule(
  state: WorldState,
  caller: Caller,
  input: PutRuleCommandInput,
): Omit<PutRuleCommandOutput, '$metadata'> {
  const bus = findBus(state, caller, input.EventBusName);
  const name = required(input.Name, 'Name');
  if (input.EventPattern === undefined && input.ScheduleExpression === undefined) {
    // Assumed: the text.
    throw new AwsFault('ValidationException', 'Parameter(s) EventPattern or ScheduleExpression must be specified.');
  }
  const rule = ruleOf(state, caller, bus.name, { ...input, Name: name });
  const before = bus.rules.get(name);
  for (const [id, target] of before?.targets ?? []) {
    rule.targets.set(id, target);
  }
  // Source API PutRule: tags are for a new rule; those of one that is there stay as they are.
  tagAll(rule.tags, before === undefined ? input.Tags : tagList(before.tags));
  bus.rules.set(name, rule);
  state.services.events.listen();
  return { RuleArn: rule.arn };
}

function ruleOf(state: WorldState, caller: Caller, busName: string, input: PutRuleCommandInput): EventRule {
  const env = { partition: caller.partition, account: caller.account, region: caller.region };
  const name = input.Name ?? '';
  const description = {
    name,
    busName,
    env,
    eventPattern: input.EventPattern,
    scheduleExpression: input.ScheduleExpression,
    description: input.Description,
    roleArn: input.RoleArn,
    enabled: input.State !== 'DISABLED',
  };
  try {
    return new EventRule(ruleArn(env, busName, name), description, state.now);
  } catch (error) {
    if (error instanceof PatternFault || error instanceof SyntaxError) {
      throw new AwsFault('InvalidEventPatternException', `Event pattern is not valid. Reason: ${error.message}`);
    }
    throw error;
  }
}
