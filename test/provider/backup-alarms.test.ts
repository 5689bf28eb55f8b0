import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { BackupAlarms, BackupAlarmsProps, IVault, Vault } from '@holdfast/cdktf';
import { BackupSignal } from '@holdfast/model';
import { TerraformStack } from 'cdktf';
import { HAPPENED, Happened } from '../support/backup-events';
import { matchesPattern } from '../../engine/src/domain/event-pattern';
import { addresses, all, annotations, message, only, refusal, stackOf, synth, variables } from './support/stacks';

const ALARM = 'aws_cloudwatch_metric_alarm';
const COMPOSITE = 'aws_cloudwatch_composite_alarm';
const RULE = 'aws_cloudwatch_event_rule';
const LOG = 'aws_cloudwatch_log_group';
const TOPIC = 'arn:aws:sns:eu-central-1:111122223333:alerts';
const PAGER = 'arn:aws:lambda:eu-central-1:111122223333:function:pager';
const { BACKUP_JOBS_FAILED, COPY_JOBS_FAILED, NO_BACKUP_JOB_SUCCEEDED, VAULT_LOCK_CHANGED } = BackupSignal;

function stackWith(props: BackupAlarmsProps = {}, stack = stackOf()): TerraformStack {
  new BackupAlarms(stack, 'Alarms', props);
  return stack;
}

function vaultsOf(count: number): IVault[] {
  return Array.from({ length: count }, (_, index) =>
    Vault.fromBackupVaultArn(`arn:aws:backup:eu-central-1:111122223333:backup-vault:vault-${index}`),
  );
}

/** Resources of a type by the id of their construct. */
function byId(stack: TerraformStack, type: string): Record<string, any> {
  return Object.fromEntries(
    Object.entries(synth(stack).resource?.[type] ?? {}).map(([name, resource]) => [
      name.replace(/^Alarms_/, '').replace(/_[0-9A-F]{8}$/, ''),
      resource,
    ]),
  );
}

describe('by default', () => {
  test('has an alarm for each signal of the defaults, two where failure has two metrics', () => {
    const stack = stackOf();
    const made = new BackupAlarms(stack, 'Alarms');
    expect(made.alarms.map(({ node }) => node.id)).toEqual([
      'BackupJobsFailed',
      'BackupJobsFailed2',
      'CopyJobsFailed',
      'RestoreJobsFailed',
      'RecoveryPointsExpired',
      'RecoveryPointsPartial',
      'BackupJobsWithIssues',
      'NothingSucceeded',
      'VaultLockChanged',
      'VaultAccessPolicyChanged',
      'RecoveryPointsRemoved',
      'RemovalDenied',
      'ThreatsFound',
    ]);
    expect([made.operationIncident, made.protectionIncident, made.eventLog]).not.toContain(undefined);
  });

  test('watches failures of every vault of the Region over three hours', () => {
    expect(byId(stackWith(), ALARM).BackupJobsFailed).toEqual({
      alarm_name: 'S-Alarms-BackupJobsFailed',
      alarm_description: 'Backup jobs failed or expired',
      metric_query: [
        {
          id: 'expr_1',
          expression: 'SELECT SUM(NumberOfBackupJobsFailed) FROM SCHEMA("AWS/Backup", BackupVaultName)',
          label: 'Failed',
          period: 300,
          return_data: true,
        },
      ],
      comparison_operator: 'GreaterThanOrEqualToThreshold',
      threshold: 1,
      evaluation_periods: 36,
      datapoints_to_alarm: 1,
      treat_missing_data: 'notBreaching',
    });
  });

  test('takes 36 hours without success for an incident', () => {
    const { metric_query: queries, ...alarm } = byId(stackWith(), ALARM).NothingSucceeded;
    expect(alarm).toEqual({
      alarm_name: 'S-Alarms-NothingSucceeded',
      alarm_description: 'No backup job and no copy job succeeded for 36 hours',
      comparison_operator: 'LessThanThreshold',
      threshold: 1,
      evaluation_periods: 36,
      datapoints_to_alarm: 36,
      treat_missing_data: 'breaching',
    });
    expect(queries).toEqual([
      { id: 'expr_1', expression: 'FILL(m0, 0)', return_data: true },
      {
        id: 'm0',
        metric: {
          namespace: 'AWS/Events',
          metric_name: 'TriggeredRules',
          dimensions: { RuleName: expect.stringMatching(/^\$\{aws_cloudwatch_event_rule.Alarms_NothingSucceededRule/) },
          stat: 'Sum',
          period: 3600,
        },
        return_data: false,
      },
    ]);
  });

  test('counts what metrics do not tell by rules that write into a log', () => {
    const stack = stackWith();
    const set = Object.entries(byId(stack, RULE)).map(([id, { event_pattern: pattern }]) => [
      id,
      Object.keys(HAPPENED).filter((name) => matchesPattern(JSON.parse(pattern), HAPPENED[name as Happened])),
    ]);
    expect(Object.fromEntries(set)).toEqual({
      BackupJobsWithIssuesRule: ['backup job completed with issues'],
      NothingSucceededRule: [
        'backup job completed',
        'backup job completed, message empty',
        'backup job completed with issues',
        'copy job completed',
      ],
      VaultLockChangedRule: ['lock put', 'lock removed'],
      VaultAccessPolicyChangedRule: ['access policy put'],
      RecoveryPointsRemovedRule: ['recovery point deletion'],
      RemovalDeniedRule: ['lock removal denied', 'recovery point deletion denied'],
      ThreatsFoundRule: ['scan found threats'],
    });
    const targets = all(stack, 'aws_cloudwatch_event_target').map(({ arn }) => arn);
    expect(new Set(targets)).toEqual(new Set([expect.stringMatching(/^\$\{aws_cloudwatch_log_group\.\w+\.arn\}$/)]));
  });

  test('keeps the log for a year, and when the stack goes, and lets EventBridge alone write it', () => {
    const stack = stackWith();
    expect(only(stack, LOG)).toEqual({ retention_in_days: 365, skip_destroy: true });
    const { policy_name: name, policy_document: document } = only(stack, 'aws_cloudwatch_log_resource_policy');
    expect(name).toBe('S-Alarms-Events');
    expect(JSON.parse(document as string)).toEqual({
      Version: '2012-10-17',
      Statement: [
        {
          Sid: 'AllowRules',
          Effect: 'Allow',
          Principal: { Service: ['events.amazonaws.com', 'delivery.logs.amazonaws.com'] },
          Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
          Resource: expect.stringMatching(/^\$\{aws_cloudwatch_log_group\.\w+\.arn\}:\*$/),
        },
      ],
    });
  });

  test('warns that nobody hears of it', () => {
    expect(annotations(stackWith(), 'warn').join()).toContain('[alarm-no-action]');
    expect(annotations(stackWith({ notificationTopicArn: TOPIC }), 'warn')).toEqual([]);
  });
});

describe('an incident', () => {
  test('is of operation or of protection, and makes one message', () => {
    const stack = stackWith({
      signals: [BACKUP_JOBS_FAILED, COPY_JOBS_FAILED, VAULT_LOCK_CHANGED],
      notificationTopicArn: TOPIC,
    });
    const { Operation, Protection } = byId(stack, COMPOSITE);
    expect(Operation).toEqual({
      alarm_name: 'S-Alarms-Operation',
      alarm_description: 'Backups, copies or restores do not work',
      alarm_rule: expect.stringMatching(
        /^\(ALARM\("\$\{[\w.]+BackupJobsFailed_\w+\.arn\}"\) OR ALARM\("\$\{[\w.]+BackupJobsFailed2_\w+\.arn\}"\) OR ALARM\("\$\{[\w.]+CopyJobsFailed_\w+\.arn\}"\)\)$/,
      ),
      alarm_actions: [TOPIC],
      ok_actions: [TOPIC],
    });
    expect(Protection.alarm_rule).toMatch(/^\(ALARM\("\$\{[\w.]+VaultLockChanged_\w+\.arn\}"\)\)$/);
    expect(all(stack, ALARM).filter(({ alarm_actions: actions }) => actions !== undefined)).toEqual([]);
  });

  test('is a message, an OpsItem, an incident of Incident Manager and whatever else', () => {
    const stack = stackWith({
      notificationTopicArn: TOPIC,
      opsItemSeverity: 2,
      incidentResponsePlanName: 'backups',
      alarmActionArns: [PAGER],
      okActionArns: [PAGER],
    });
    const actions = (category: string) => [
      TOPIC,
      `arn:aws:ssm:eu-central-1:111122223333:opsitem:2#CATEGORY=${category}`,
      'arn:aws:ssm-incidents::111122223333:response-plan/backups',
      PAGER,
    ];
    const { Operation, Protection } = byId(stack, COMPOSITE);
    expect(Operation.alarm_actions).toEqual(actions('Recovery'));
    expect(Protection.alarm_actions).toEqual(actions('Security'));
    expect(Operation.ok_actions).toEqual([TOPIC, PAGER]);
  });

  test('of operation waits while the suppressor is in alarm, one of protection does not', () => {
    const { Operation, Protection } = byId(stackWith({ suppressorAlarm: 'maintenance' }), COMPOSITE);
    expect(Operation.actions_suppressor).toEqual({ alarm: 'maintenance', extension_period: 60, wait_period: 60 });
    expect(Protection.actions_suppressor).toBeUndefined();
  });

  test('of a group without a signal is not there, nor is the log without events', () => {
    const stack = stackOf();
    const made = new BackupAlarms(stack, 'Alarms', { signals: [BACKUP_JOBS_FAILED] });
    expect(Object.keys(byId(stack, COMPOSITE))).toEqual(['Operation']);
    expect([made.protectionIncident, made.eventLog]).toEqual([undefined, undefined]);
    expect(all(stack, LOG)).toEqual([]);
    expect(new BackupAlarms(stack, 'Locks', { signals: [VAULT_LOCK_CHANGED] }).operationIncident).toBeUndefined();
  });
});

describe('of named vaults', () => {
  test('adds up to ten metrics in an alarm, with zeros where nothing was sent', () => {
    const signals = [BACKUP_JOBS_FAILED, COPY_JOBS_FAILED];
    const found = byId(stackWith({ signals, backupVaults: vaultsOf(6) }), ALARM);
    const sizes = Object.entries(found).map(([id, { metric_query: queries }]) => [id, queries.length - 1]);
    expect(Object.fromEntries(sizes)).toEqual({ BackupJobsFailed: 10, BackupJobsFailed2: 2, CopyJobsFailed: 6 });
    expect(found.BackupJobsFailed2.metric_query[0].expression).toBe('FILL(m0, 0) + FILL(m1, 0)');
    expect(found.BackupJobsFailed2.metric_query[2]).toEqual({
      id: 'm1',
      label: 'Expired',
      metric: {
        namespace: 'AWS/Backup',
        metric_name: 'NumberOfBackupJobsExpired',
        dimensions: { BackupVaultName: 'vault-5' },
        stat: 'Sum',
        period: 300,
      },
      return_data: false,
    });
  });

  test('looks at the silence of each vault by itself', () => {
    const props = { signals: [NO_BACKUP_JOB_SUCCEEDED], backupVaults: vaultsOf(2), nothingSucceededWithinHours: 168 };
    const stack = stackWith(props);
    const { NoBackupJobSucceeded2: second, ...others } = byId(stack, ALARM);
    expect(Object.keys(others)).toEqual(['NoBackupJobSucceeded']);
    expect(second).toMatchObject({
      alarm_description: 'No backup job succeeded for 168 hours in the vault vault-1',
      evaluation_periods: 168,
      datapoints_to_alarm: 168,
      treat_missing_data: 'breaching',
    });
    expect(all(stack, RULE)).toEqual([]);
  });

  test('keeps an incident open for up to a day, and opens it at the threshold', () => {
    const props = { backupVaults: vaultsOf(1), incidentWindowMinutes: 1440, failureThreshold: 3 };
    const found = byId(stackWith(props), ALARM);
    expect(found.BackupJobsFailed).toMatchObject({ evaluation_periods: 288, threshold: 3 });
    expect(found.VaultLockChanged).toMatchObject({ evaluation_periods: 288, threshold: 1 });
  });
});

test('names and tags are those that were given', () => {
  const tags = { owner: 'platform' };
  const stack = stackWith({ alarmNamePrefix: 'prod', signals: [BACKUP_JOBS_FAILED, VAULT_LOCK_CHANGED], tags });
  expect([...all(stack, ALARM), ...all(stack, COMPOSITE)].map((alarm) => alarm.alarm_name)).toEqual([
    'prod-BackupJobsFailed2',
    'prod-BackupJobsFailed',
    'prod-VaultLockChanged',
    'prod-Operation',
    'prod-Protection',
  ]);
  const tagged = [ALARM, COMPOSITE, RULE, LOG].flatMap((type) => all(stack, type));
  expect(tagged.map((resource) => resource.tags)).toEqual(Array(7).fill(tags));
});

test('takes a threshold, vaults and a topic that Terraform alone knows', () => {
  const stack = stackOf();
  const vault = new Vault(stack, 'Vault', { backupVaultName: 'primary' });
  const { number, text } = variables(stack);
  const props = { backupVaults: [vault], failureThreshold: number('threshold'), notificationTopicArn: text('topic') };
  const found = byId(stackWith(props, stack), ALARM).BackupJobsFailed;
  expect(found.threshold).toBe('${var.threshold}');
  expect(found.metric_query[1].metric.dimensions.BackupVaultName).toMatch(/^\$\{aws_backup_vault\.\w+\.name\}$/);
  expect(byId(stack, COMPOSITE).Operation.alarm_actions).toEqual(['${var.topic}']);
});

test('asks for account, Region and partition where the provider does not say them', () => {
  const stack = stackOf();
  const provider = new AwsProvider(stack, 'West', { alias: 'west', region: variables(stack).text('region') });
  stackWith({ signals: [BACKUP_JOBS_FAILED], opsItemSeverity: 1, provider }, stack);
  expect(only(stack, COMPOSITE).alarm_actions).toEqual([
    'arn:${data.aws_partition.Alarms_Partition_A039E565.partition}:ssm:${data.aws_region.Alarms_Region_50F26BF6.id}:${data.aws_caller_identity.Alarms_Caller_35514822.account_id}:opsitem:1#CATEGORY=Recovery',
  ]);
});

describe('alarms fail', () => {
  const API = 'https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html';
  const COMPOSITE_API = 'https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutCompositeAlarm.html';

  // prettier-ignore
  test.each<[line: string, props: (stack: TerraformStack) => BackupAlarmsProps]>([
    ['incidentWindowMinutes must be at most 3 hours in all for a query over every vault, which sees no older data; name the vaults for more, got 37 times 5 minutes [alarm-insights-window] (https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-limits.html)',
      () => ({ incidentWindowMinutes: 185 })],
    [`incidentWindowMinutes must be at most 1 day in all for periods of less than an hour, and at most 7 days for others, got 289 times 5 minutes [alarm-window] (${API})`,
      () => ({ backupVaults: vaultsOf(1), incidentWindowMinutes: 1445 })],
    [`incidentWindowMinutes must be a whole number, at least 1, got 1.4 [alarm-evaluation-periods] (${API})`,
      () => ({ incidentWindowMinutes: 7 })],
    [`incidentWindowMinutes must be a whole number, at least 1, got 0 [alarm-evaluation-periods] (${API})`,
      () => ({ incidentWindowMinutes: 0 })],
    [`nothingSucceededWithinHours must be at most 1 day in all for periods of less than an hour, and at most 7 days for others, got 169 times 60 minutes [alarm-window] (${API})`,
      () => ({ nothingSucceededWithinHours: 169 })],
    [`nothingSucceededWithinHours must be a whole number, at least 1, got 1.5 [alarm-evaluation-periods] (${API})`,
      () => ({ nothingSucceededWithinHours: 1.5 })],
    [`failureThreshold must be a number greater than 0, got 0 [alarm-threshold] (${API})`,
      () => ({ failureThreshold: 0 })],
    ['backupVaults must be at least one value, or left out, got 0 [event-filter-empty] (https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern.html)',
      () => ({ backupVaults: [] })],
    [`alarms must be at least one alarm, got 0 [alarm-nothing-watched] (${COMPOSITE_API})`,
      () => ({ signals: [] })],
    [`incidentWindowMinutes must be known at synthesis, as the periods of the alarm are counted from it, got a value that is known only at deployment [alarm-time-unknown] (${API})`,
      (stack) => ({ incidentWindowMinutes: variables(stack).number('minutes') })],
    [`nothingSucceededWithinHours must be known at synthesis, as the periods of the alarm are counted from it, got a value that is known only at deployment [alarm-time-unknown] (${API})`,
      (stack) => ({ nothingSucceededWithinHours: variables(stack).number('hours') })],
    [`alarmActionArns must be at most 5 actions for a state, got 6 [alarm-actions] (${COMPOSITE_API})`,
      () => ({ notificationTopicArn: TOPIC, alarmActionArns: Array<string>(5).fill(PAGER) })],
    [`okActionArns must be at most 5 actions for a state, got 6 [alarm-actions] (${COMPOSITE_API})`,
      () => ({ alarmActionArns: [PAGER], okActionArns: Array<string>(6).fill(PAGER) })],
  ])('%s', (line, props) => {
    const stack = stackOf();
    expect(refusal(() => new BackupAlarms(stack, 'Alarms', props(stack)))).toBe(message('S/Alarms', [line]));
  });

  test('for more actions than CloudWatch takes, unless that is waived', () => {
    const stack = stackOf();
    const alarmActionArns = Array<string>(6).fill(PAGER);
    const waivers = [{ rule: 'alarm-actions', path: 'alarmActionArns', reason: 'shows a waiver' }];
    new BackupAlarms(stack, 'Alarms', { alarmActionArns, waivers });
    expect(annotations(stack, 'info').join()).toContain('waived: shows a waiver');
  });
});

test('everything has fixed addresses', () => {
  expect(addresses(stackWith({ signals: [BACKUP_JOBS_FAILED, VAULT_LOCK_CHANGED] }))).toEqual([
    'aws_cloudwatch_composite_alarm.Alarms_Operation_65E4D7ED',
    'aws_cloudwatch_composite_alarm.Alarms_Protection_1737C026',
    'aws_cloudwatch_event_rule.Alarms_VaultLockChangedRule_FE994668',
    'aws_cloudwatch_event_target.Alarms_VaultLockChangedRuleTarget_7D567794',
    'aws_cloudwatch_log_group.Alarms_Events_AAEF6A10',
    'aws_cloudwatch_log_resource_policy.Alarms_EventsPolicy_04EC29FA',
    'aws_cloudwatch_metric_alarm.Alarms_BackupJobsFailed2_6518A1AD',
    'aws_cloudwatch_metric_alarm.Alarms_BackupJobsFailed_00A33BAE',
    'aws_cloudwatch_metric_alarm.Alarms_VaultLockChanged_CAC96811',
  ]);
});
