/**
 * DescribeAlarms.
 *
 * Source   API of CloudWatch 2010-08-01: metric alarms alone, unless composite ones are asked for too.
 */
import type { DescribeAlarmsCommandInput, DescribeAlarmsCommandOutput } from '@aws-sdk/client-cloudwatch';
import type { Alarm } from '../../domain/alarms';
import type { WorldState } from '../../domain/world-state';
import { dateOf } from '../../kernel/instant';
import { given } from '../backup/shapes';
import type { Caller } from '../caller';
import { pageOf } from '../page';

const PAGE = 100;

export function describeAlarms(
  state: WorldState,
  caller: Caller,
  input: DescribeAlarmsCommandInput,
): Omit<DescribeAlarmsCommandOutput, '$metadata'> {
  const types: readonly string[] = input.AlarmTypes ?? ['MetricAlarm'];
  const found = state.services.alarms.alarms
    .list(caller)
    .filter(({ name }) => input.AlarmNames?.includes(name) ?? name.startsWith(input.AlarmNamePrefix ?? ''))
    .filter(({ made }) => types.includes(made.watches.kind === 'metric' ? 'MetricAlarm' : 'CompositeAlarm'))
    .filter(({ state: now }) => input.StateValue === undefined || now === input.StateValue);
  const page = pageOf(found, Math.min(input.MaxRecords ?? PAGE, PAGE), input.NextToken, {
    service: 'monitoring',
    operation: 'DescribeAlarms',
    keyOf: ({ name }) => name,
  });
  const of = (kind: Alarm['made']['watches']['kind']) => page.items.filter(({ made }) => made.watches.kind === kind);
  return given({
    MetricAlarms: of('metric').map(shapeOf),
    CompositeAlarms: of('composite').map(shapeOf),
    NextToken: page.nextToken,
  });
}

function shapeOf(alarm: Alarm) {
  const { made } = alarm;
  const last = alarm.history.at(-1);
  return given({
    ...made.shown,
    AlarmName: alarm.name,
    AlarmArn: alarm.arn,
    AlarmDescription: made.description,
    AlarmConfigurationUpdatedTimestamp: dateOf(alarm.updatedAt),
    ActionsEnabled: alarm.actionsEnabled,
    AlarmActions: [...made.actions.byState.ALARM],
    OKActions: [...made.actions.byState.OK],
    InsufficientDataActions: [...made.actions.byState.INSUFFICIENT_DATA],
    StateValue: alarm.state,
    StateReason: last?.why ?? 'Unchecked: Initial alarm creation',
    StateUpdatedTimestamp: dateOf(last?.at ?? alarm.updatedAt),
  });
}
