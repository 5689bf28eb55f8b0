/**
 * DescribeAlarms.
 *
 * Source   API of CloudWatch 2010-08-01: metric alarms alone, unless composite ones are asked for too.
 */
import type { DescribeAlarmsCommandInput, DescribeAlarmsCommandOutput } from '@aws-sdk/client-cloudwatch';
import type { Alarm } from '../../domain/alarms';
import type { WorldState } from '../../domain/world-state';
import { given } from '../backup/shapes';
import type { Caller } from '../caller';
import { dateOf } from '../../kernel/instant';

export function describeAlarms(
  state: WorldState,
  caller: Caller,
  input: DescribeAlarmsCommandInput,
): Omit<DescribeAlarmsCommandOutput, '$metadata'> {
  const types: readonly string[] = input.AlarmTypes ?? ['MetricAlarm'];
  const found = state.services.alarms.alarms
    .list(caller)
    .filter(({ name }) => input.AlarmNames?.includes(name) ?? name.startsWith(input.AlarmNamePrefix ?? ''))
    .filter(({ state: now }) => input.StateValue === undefined || now === input.StateValue);
  const of = (kind: Alarm['made']['watches']['kind']) => found.filter(({ made }) => made.watches.kind === kind);
  return {
    MetricAlarms: types.includes('MetricAlarm') ? of('metric').map(shapeOf) : [],
    CompositeAlarms: types.includes('CompositeAlarm')
      ? of('composite').map((alarm) => ({ ...shapeOf(alarm), AlarmRule: ruleOf(alarm) }))
      : [],
  };
}

function shapeOf(alarm: Alarm) {
  const { made } = alarm;
  const last = alarm.history.at(-1);
  return given({
    AlarmName: alarm.name,
    AlarmArn: alarm.arn,
    AlarmDescription: made.description,
    ActionsEnabled: made.actions.enabled,
    AlarmActions: [...made.actions.byState.ALARM],
    OKActions: [...made.actions.byState.OK],
    InsufficientDataActions: [...made.actions.byState.INSUFFICIENT_DATA],
    StateValue: alarm.state,
    StateReason: last?.why,
    StateUpdatedTimestamp: last && dateOf(last.at),
  });
}

function ruleOf({ made: { watches } }: Alarm): string {
  return watches.kind === 'composite' ? watches.rule : '';
}
