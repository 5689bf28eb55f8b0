import { BackupAlarms, BackupAlarmsProps } from '@holdfast/cdk';
import * as actions from 'aws-cdk-lib/aws-cloudwatch-actions';
import * as sns from 'aws-cdk-lib/aws-sns';
import { Duration, Stack, Token } from 'aws-cdk-lib/core';
import { vaultsOf } from './support/everything-monitoring';
import { refusal, stackOf } from './support/stacks';

describe('alarms fail', () => {
  const refused = (props: (stack: Stack) => BackupAlarmsProps) => {
    const stack = stackOf();
    return refusal(() => new BackupAlarms(stack, 'Alarms', props(stack)));
  };

  // prettier-ignore
  test.each<[line: string, props: (stack: Stack) => BackupAlarmsProps]>([
    ['incidentWindow must be at most 3 hours in all for a query over every vault, which sees no older data; name the vaults for more, got 37 times 5 minutes [alarm-insights-window]',
      () => ({ incidentWindow: Duration.minutes(185) })],
    ['incidentWindow must be at most 1 day in all for periods of less than an hour, and at most 7 days for others, got 289 times 5 minutes [alarm-window]',
      (stack) => ({ backupVaults: vaultsOf(stack, 1), incidentWindow: Duration.minutes(1445) })],
    ['incidentWindow must be a whole number, at least 1, got 1.4 [alarm-evaluation-periods]',
      () => ({ incidentWindow: Duration.minutes(7) })],
    ['nothingSucceededWithin must be at most 1 day in all for periods of less than an hour, and at most 7 days for others, got 169 times 60 minutes [alarm-window]',
      () => ({ nothingSucceededWithin: Duration.hours(169) })],
    ['nothingSucceededWithin must be a whole number, at least 1, got 1.5 [alarm-evaluation-periods]',
      () => ({ nothingSucceededWithin: Duration.minutes(90) })],
    ['failureThreshold must be a number greater than 0, got 0 [alarm-threshold]',
      () => ({ failureThreshold: 0 })],
    ['backupVaults must be at least one value, or left out, got 0 [event-filter-empty]',
      () => ({ backupVaults: [] })],
    ['alarms must be at least one alarm, got 0 [alarm-nothing-watched]',
      () => ({ signals: [] })],
    ['incidentWindow must be known at synthesis, as the periods of the alarm are counted from it, got a value that is known only at deployment [alarm-time-unknown]',
      () => ({ incidentWindow: Duration.minutes(Token.asNumber({ Ref: 'Minutes' })) })],
    ['nothingSucceededWithin must be known at synthesis, as the periods of the alarm are counted from it, got a value that is known only at deployment [alarm-time-unknown]',
      () => ({ nothingSucceededWithin: Duration.hours(Token.asNumber({ Ref: 'Hours' })) })],
  ])('%s', (line, props) => {
    const message = refused(props);
    expect(message).toMatch(/^S\/Alarms: 1 value\(s\)/);
    expect(message).toContain(`  ${line} (`);
  });

  test('for more actions than CloudWatch takes, unless that is waived', () => {
    const stack = stackOf();
    const topics = Array.from({ length: 6 }, (_, index) => new actions.SnsAction(new sns.Topic(stack, `T${index}`)));
    const declare = (props: BackupAlarmsProps) => new BackupAlarms(stack, `Alarms${stack.node.children.length}`, props);
    expect(refusal(() => declare({ alarmActions: topics }))).toContain('alarmActions must be at most 5 actions');
    expect(refusal(() => declare({ alarmActions: topics.slice(1), okActions: topics }))).toContain('okActions must be');
    const waivers = [{ rule: 'alarm-actions', path: 'alarmActions', reason: 'shows a waiver' }];
    expect(() => declare({ alarmActions: topics, waivers })).not.toThrow();
  });
});
