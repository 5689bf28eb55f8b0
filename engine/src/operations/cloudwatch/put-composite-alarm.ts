/**
 * PutCompositeAlarm.
 *
 * Source   API of CloudWatch 2010-08-01.
 * Gaps     Suppression of actions is refused.
 */
import type { PutCompositeAlarmCommandInput } from '@aws-sdk/client-cloudwatch';
import { AlarmCondition, compileAlarmRule } from '../../domain/alarm-rule';
import type { WorldState } from '../../domain/world-state';
import { actionsOf } from '../alarm-actions';
import type { Caller } from '../caller';
import { AwsFault } from '../fault';
import { required } from '../find-vault';
import { tagsOf } from '../tag-list';

export function putCompositeAlarm(state: WorldState, caller: Caller, input: PutCompositeAlarmCommandInput): void {
  const { partition, account, region } = caller;
  const rule = required(input.AlarmRule, 'AlarmRule');
  if (input.ActionsSuppressor !== undefined) {
    throw new AwsFault('NotEmulated', 'monitoring: ActionsSuppressor is not emulated');
  }
  state.services.alarms.put({
    name: required(input.AlarmName, 'AlarmName'),
    env: { partition, account, region },
    description: input.AlarmDescription,
    actions: actionsOf(input),
    watches: { kind: 'composite', rule, holds: conditionOf(rule) },
    shown: { AlarmRule: rule },
    tags: tagsOf(input.Tags),
  });
}

function conditionOf(rule: string): AlarmCondition {
  try {
    return compileAlarmRule(rule);
  } catch (error) {
    throw new AwsFault('ValidationException', error instanceof Error ? error.message : rule);
  }
}
