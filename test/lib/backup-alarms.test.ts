import { AlertTopic, BackupAlarms, BackupAlarmsProps } from '@holdfast/cdk';
import { BackupSignal } from '@holdfast/model';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as backup from 'aws-cdk-lib/aws-backup';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as actions from 'aws-cdk-lib/aws-cloudwatch-actions';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as sns from 'aws-cdk-lib/aws-sns';
import { App, CfnParameter, Duration, Stack } from 'aws-cdk-lib/core';
import { HAPPENED, Happened } from '../support/backup-events';
import { matchesPattern } from '../../engine/src/domain/event-pattern';
import { vaultsOf } from './support/everything-monitoring';
import { cfnLint, naggedStack, nagFindings } from './support/scans';
import { annotations, stackOf } from './support/stacks';

const ALARM = 'AWS::CloudWatch::Alarm';
const COMPOSITE = 'AWS::CloudWatch::CompositeAlarm';
const RULE = 'AWS::Events::Rule';
const LOG = 'AlarmsEvents4281E22F';
const SLOW = 60_000;
const { BACKUP_JOBS_FAILED, COPY_JOBS_FAILED, NO_BACKUP_JOB_SUCCEEDED, VAULT_LOCK_CHANGED, PLAN_CHANGED } =
  BackupSignal;

function alarmsOf(props: BackupAlarmsProps = {}, stack: Stack = stackOf()): [Template, BackupAlarms] {
  const made = new BackupAlarms(stack, 'Alarms', props);
  return [Template.fromStack(stack), made];
}

/** Alarms by construct id, without the hash. */
function byId(template: Template, type: string): Record<string, any> {
  return Object.fromEntries(
    Object.entries(template.findResources(type)).map(([id, resource]) => [
      id.replace(/^Alarms/, '').replace(/[0-9A-F]{8}$/, ''),
      resource.Properties,
    ]),
  );
}

describe('by default', () => {
  test('has an alarm for each signal of the defaults, two where failure has two metrics', () => {
    const [template, made] = alarmsOf();
    expect(Object.keys(byId(template, ALARM))).toEqual([
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
    expect(made.alarms).toHaveLength(13);
  });

  test('watches failures of every vault of the Region over three hours', () => {
    const alarm = byId(alarmsOf()[0], ALARM).BackupJobsFailed;
    expect(alarm).toMatchObject({
      Metrics: [
        { Expression: 'SELECT SUM(NumberOfBackupJobsFailed) FROM SCHEMA("AWS/Backup", BackupVaultName)', Period: 300 },
      ],
      ComparisonOperator: 'GreaterThanOrEqualToThreshold',
      Threshold: 1,
      EvaluationPeriods: 36,
      DatapointsToAlarm: 1,
      TreatMissingData: 'notBreaching',
      AlarmDescription: 'Backup jobs failed or expired',
    });
    expect(alarm.AlarmActions).toBeUndefined();
  });

  test('takes 36 hours without success for an incident', () => {
    expect(byId(alarmsOf()[0], ALARM).NothingSucceeded).toMatchObject({
      Metrics: [
        { Expression: 'FILL(m0, 0)' },
        {
          MetricStat: {
            Metric: {
              Namespace: 'AWS/Events',
              MetricName: 'TriggeredRules',
              Dimensions: [{ Name: 'RuleName', Value: { Ref: expect.stringMatching(/^AlarmsNothingSucceededRule/) } }],
            },
            Period: 3600,
            Stat: 'Sum',
          },
        },
      ],
      ComparisonOperator: 'LessThanThreshold',
      Threshold: 1,
      EvaluationPeriods: 36,
      DatapointsToAlarm: 36,
      TreatMissingData: 'breaching',
      AlarmDescription: 'No backup job and no copy job succeeded for 36 hours',
    });
  });

  test('counts what metrics do not tell by rules that write into a log', () => {
    const [template] = alarmsOf();
    const rules = byId(template, RULE);
    const set = Object.entries(rules).map(([id, { EventPattern }]) => [
      id,
      Object.keys(HAPPENED).filter((name) => matchesPattern(EventPattern, HAPPENED[name as Happened])),
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
    const target = ['arn:', { Ref: 'AWS::Partition' }, ':logs:eu-central-1:111122223333:log-group:', { Ref: LOG }];
    expect(rules.ThreatsFoundRule.Targets).toEqual([{ Id: 'Target0', Arn: { 'Fn::Join': ['', target] } }]);
  });

  test('keeps the log for a year, and when the stack goes, and lets EventBridge alone write it', () => {
    const [template, made] = alarmsOf();
    template.hasResource('AWS::Logs::LogGroup', { DeletionPolicy: 'Retain', Properties: { RetentionInDays: 365 } });
    const [policy] = Object.values(template.findResources('AWS::Logs::ResourcePolicy'));
    const [before, arn, after] = policy!.Properties.PolicyDocument['Fn::Join'][1] as [string, object, string];
    expect(arn).toEqual({ 'Fn::GetAtt': [LOG, 'Arn'] });
    expect(JSON.parse(`${before}ARN${after}`)).toEqual({
      Statement: [
        {
          Sid: 'AllowRules',
          Effect: 'Allow',
          Principal: { Service: ['events.amazonaws.com', 'delivery.logs.amazonaws.com'] },
          Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
          Resource: 'ARN',
        },
      ],
      Version: '2012-10-17',
    });
    expect(made.eventLog).toBeDefined();
  });

  test('warns that nobody hears of it', () => {
    const stack = stackOf();
    alarmsOf({}, stack);
    expect(annotations(stack, 'warning').join()).toContain('[alarm-no-action]');
  });
});

describe('an incident', () => {
  test('is of operation or of protection, and makes one message', () => {
    const stack = stackOf();
    const { topic } = new AlertTopic(stack, 'Topic');
    const [template, made] = alarmsOf({ notificationTopic: topic }, stack);
    const { Operation, Protection } = byId(template, COMPOSITE);
    const sent = [{ Ref: Match.anyValue() }];
    template.resourcePropertiesCountIs(COMPOSITE, { AlarmActions: sent, OKActions: sent }, 2);
    template.resourcePropertiesCountIs(ALARM, { AlarmActions: Match.anyValue() }, 0);
    expect(JSON.stringify(Operation.AlarmRule).match(/AlarmsNothingSucceeded|AlarmsBackupJobs/g)).toHaveLength(4);
    expect(JSON.stringify(Operation.AlarmRule)).not.toContain('AlarmsVaultLockChanged');
    expect(JSON.stringify(Protection.AlarmRule)).toContain('AlarmsVaultLockChanged');
    expect([made.operationIncident, made.protectionIncident]).not.toContain(undefined);
  });

  test('is a message, an OpsItem, an incident of Incident Manager and whatever else', () => {
    // Without the flag CDK's own action lets one alarm call the function, and fails for a second.
    const stack = stackOf({ '@aws-cdk/aws-cloudwatch-actions:changeLambdaPermissionLogicalIdForLambdaAction': true });
    const handler = lambda.Function.fromFunctionArn(
      stack,
      'Function',
      'arn:aws:lambda:eu-central-1:111122223333:function:pager',
    );
    const [template] = alarmsOf(
      {
        notificationTopic: new sns.Topic(stack, 'Topic'),
        opsItemSeverity: actions.OpsItemSeverity.HIGH,
        incidentResponsePlanName: 'backups',
        alarmActions: [new actions.LambdaAction(handler)],
        okActions: [new actions.LambdaAction(handler)],
      },
      stack,
    );
    const arns = (category: string) => [
      { Ref: 'TopicBFC7AF6E' },
      {
        'Fn::Join': [
          '',
          ['arn:', { Ref: 'AWS::Partition' }, `:ssm:eu-central-1:111122223333:opsitem:2#CATEGORY=${category}`],
        ],
      },
      { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':ssm-incidents::111122223333:response-plan/backups']] },
      'arn:aws:lambda:eu-central-1:111122223333:function:pager',
    ];
    const { Operation, Protection } = byId(template, COMPOSITE);
    expect(Operation.AlarmActions).toEqual(arns('Recovery'));
    expect(Protection.AlarmActions).toEqual(arns('Security'));
    expect(Operation.OKActions).toEqual([arns('')[0], arns('')[3]]);
  });

  test('lets CloudWatch publish to the topic, for alarms of this account and Region alone', () => {
    const stack = stackOf();
    const [template] = alarmsOf({ notificationTopic: new sns.Topic(stack, 'Topic') }, stack);
    template.hasResourceProperties('AWS::SNS::TopicPolicy', {
      PolicyDocument: {
        Statement: [
          {
            Sid: 'AllowAlarms',
            Effect: 'Allow',
            Principal: { Service: 'cloudwatch.amazonaws.com' },
            Action: 'sns:Publish',
            Resource: { Ref: 'TopicBFC7AF6E' },
            Condition: {
              StringEquals: { 'aws:SourceAccount': '111122223333' },
              ArnLike: { 'aws:SourceArn': 'arn:aws:cloudwatch:eu-central-1:111122223333:alarm:*' },
            },
          },
        ],
      },
    });
  });

  test('of operation waits while the suppressor is in alarm, one of protection does not', () => {
    const stack = stackOf();
    const suppressor = cloudwatch.Alarm.fromAlarmArn(
      stack,
      'Maintenance',
      'arn:aws:cloudwatch:eu-central-1:111122223333:alarm:maintenance',
    );
    const { Operation, Protection } = byId(alarmsOf({ suppressor }, stack)[0], COMPOSITE);
    expect(Operation.ActionsSuppressor).toBe('arn:aws:cloudwatch:eu-central-1:111122223333:alarm:maintenance');
    expect(Protection.ActionsSuppressor).toBeUndefined();
  });

  test('of a group without a signal is not there, nor is the log without events', () => {
    const [template, made] = alarmsOf({ signals: [BACKUP_JOBS_FAILED] });
    expect(Object.keys(byId(template, COMPOSITE))).toEqual(['Operation']);
    expect([made.protectionIncident, made.eventLog]).toEqual([undefined, undefined]);
    template.resourceCountIs('AWS::Logs::LogGroup', 0);
    expect(alarmsOf({ signals: [VAULT_LOCK_CHANGED] })[1].operationIncident).toBeUndefined();
  });
});

describe('of named vaults', () => {
  test('adds up to ten metrics in an alarm, with zeros where nothing was sent', () => {
    const stack = stackOf();
    const signals = [BACKUP_JOBS_FAILED, COPY_JOBS_FAILED];
    const found = byId(alarmsOf({ signals, backupVaults: vaultsOf(stack, 6) }, stack)[0], ALARM);
    const sizes = Object.entries(found).map(([id, { Metrics }]) => [id, Metrics.length - 1]);
    expect(Object.fromEntries(sizes)).toEqual({ BackupJobsFailed: 10, BackupJobsFailed2: 2, CopyJobsFailed: 6 });
    expect(found.BackupJobsFailed2.Metrics[0].Expression).toBe('FILL(m0, 0) + FILL(m1, 0)');
    expect(found.BackupJobsFailed2.TreatMissingData).toBe('notBreaching');
  });

  test('looks at the silence of each vault by itself', () => {
    const stack = stackOf();
    const signals = [NO_BACKUP_JOB_SUCCEEDED];
    const [template] = alarmsOf(
      { signals, backupVaults: vaultsOf(stack, 2), nothingSucceededWithin: Duration.days(7) },
      stack,
    );
    const found = byId(template, ALARM);
    expect(Object.keys(found)).toEqual(['NoBackupJobSucceeded', 'NoBackupJobSucceeded2']);
    expect(found.NoBackupJobSucceeded2).toMatchObject({
      EvaluationPeriods: 168,
      DatapointsToAlarm: 168,
      TreatMissingData: 'breaching',
      AlarmDescription: 'No backup job succeeded for 168 hours in the vault vault-1',
      Metrics: [
        { Expression: 'FILL(m0, 0)' },
        {
          MetricStat: {
            Metric: {
              MetricName: 'NumberOfBackupJobsCompleted',
              Dimensions: [{ Name: 'BackupVaultName', Value: 'vault-1' }],
            },
            Period: 3600,
          },
        },
      ],
    });
    template.resourceCountIs(RULE, 0);
  });

  test('takes backups and copies into a vault for success, so that a vault for copies is not silent', () => {
    const stack = stackOf();
    const found = byId(alarmsOf({ backupVaults: vaultsOf(stack, 1) }, stack)[0], ALARM).NothingSucceeded;
    const [expression, ...metrics] = found.Metrics as any[];
    expect(expression.Expression).toBe('FILL(m0, 0) + FILL(m1, 0)');
    expect(metrics.map(({ MetricStat }) => MetricStat.Metric.MetricName)).toEqual([
      'NumberOfBackupJobsCompleted',
      'NumberOfCopyJobsCompleted',
    ]);
    expect(found).toMatchObject({ EvaluationPeriods: 36, TreatMissingData: 'breaching' });
  });

  test('keeps an incident open for up to a day', () => {
    const stack = stackOf();
    const props = { backupVaults: vaultsOf(stack, 1), incidentWindow: Duration.days(1), failureThreshold: 3 };
    const found = byId(alarmsOf(props, stack)[0], ALARM);
    expect(found.BackupJobsFailed).toMatchObject({ EvaluationPeriods: 288, Threshold: 3 });
    expect(found.VaultLockChanged).toMatchObject({ EvaluationPeriods: 288, Threshold: 1 });
  });

  test('waits for events of these vaults alone, but for changes of plans', () => {
    const stack = stackOf();
    const signals = [...BackupSignal.all()];
    const rules = byId(alarmsOf({ signals, backupVaults: vaultsOf(stack, 1) }, stack)[0], RULE);
    const set = Object.entries(rules).filter(([, { EventPattern }]) =>
      Object.values(HAPPENED).some((happened) => matchesPattern(EventPattern, happened)),
    );
    expect(Object.keys(rules)).toHaveLength(8);
    expect(set.map(([id]) => id)).toEqual(['PlanChangedRule']);
    expect(PLAN_CHANGED.id).toBe('PlanChanged');
  });
});

test('takes a token for a threshold and vaults that are known only at deployment', () => {
  const stack = stackOf();
  const failureThreshold = new CfnParameter(stack, 'Threshold', { type: 'Number' }).valueAsNumber;
  const backupVaults = [new backup.BackupVault(stack, 'Vault')];
  const found = byId(alarmsOf({ failureThreshold, backupVaults }, stack)[0], ALARM);
  expect(found.BackupJobsFailed.Threshold).toEqual({ Ref: 'Threshold' });
});

test(
  'is clean under cdk-nag and cfn-lint',
  () => {
    const stack = naggedStack();
    const { topic } = new AlertTopic(stack, 'Topic');
    new BackupAlarms(stack, 'Region', { signals: BackupSignal.all(), notificationTopic: topic });
    new BackupAlarms(stack, 'Vaults', { backupVaults: vaultsOf(stack, 3), notificationTopic: topic });
    const app = stack.node.root as App;
    expect(nagFindings(app)).toEqual([]);
    expect(cfnLint(app, 'backup alarms')).toBe('');
  },
  SLOW,
);

test('keeps its ids and logical ids', () => {
  const stack = stackOf();
  const [template, made] = alarmsOf({ signals: [BACKUP_JOBS_FAILED, VAULT_LOCK_CHANGED] }, stack);
  expect(made.node.children.map((construct) => construct.node.id)).toEqual([
    'Events',
    'BackupJobsFailed',
    'BackupJobsFailed2',
    'VaultLockChangedRule',
    'VaultLockChanged',
    'Operation',
    'Protection',
  ]);
  expect(Object.keys(template.toJSON().Resources)).toEqual([
    'AlarmsEvents4281E22F',
    'AlarmsEventsPolicyResourcePolicy6467E9D1',
    'AlarmsBackupJobsFailed9C6CACA8',
    'AlarmsBackupJobsFailed2690F7F45',
    'AlarmsVaultLockChangedRule22C823B0',
    'AlarmsVaultLockChanged7E2FB23B',
    'AlarmsOperation61DFF8BF',
    'AlarmsProtection7C07185C',
  ]);
});
