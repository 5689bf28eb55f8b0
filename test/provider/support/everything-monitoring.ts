import { CloudwatchMetricAlarm } from '@cdktf/provider-aws/lib/cloudwatch-metric-alarm';
import {
  AlertTopic,
  BackupAlarms,
  BackupApiCalls,
  BackupBudget,
  BackupDashboard,
  BackupEventBus,
  BackupEventForwarding,
  BackupEvents,
  BackupMetrics,
  IVault,
  Vault,
} from '@holdfast/cdktf';
import {
  BackupApiCall,
  BackupApiCallOutcome,
  BackupBudgetNotificationType,
  BackupEvent,
  BackupMetric,
  BackupSignal,
} from '@holdfast/model';
import { TerraformProvider, TerraformStack } from 'cdktf';

const QUEUE = 'arn:aws:sqs:eu-central-1:111122223333:undelivered';
const BUS = 'arn:aws:events:eu-central-1:444455556666:event-bus/backups';
const PAGER = 'arn:aws:lambda:eu-central-1:111122223333:function:pager';
const ROLE = 'arn:aws:iam::111122223333:role/forward';

/** What tells of backups, with every property. */
export function declareEveryMonitor(stack: TerraformStack, west: TerraformProvider): void {
  const alerts = new AlertTopic(stack, 'EveryAlert', {
    topicName: 'backup-alerts',
    emails: ['ops@example.com'],
    preventDestroy: true,
    tags: { owner: 'platform' },
    provider: west,
  });
  new AlertTopic(stack, 'EveryAlertOfKey', {
    encryptionKeyArn: 'arn:aws:kms:eu-west-1:111122223333:key/11111111-2222-3333-4444-555555555555',
    provider: west,
  });
  new BackupBudget(stack, 'EveryBudget', {
    monthlyLimitUsd: 500.5,
    budgetName: 'backups',
    services: ['AWS Backup'],
    usageTypes: ['EUC1-EBS:SnapshotUsage'],
    costAllocationTags: { 'backup-of': ['ledger'] },
    accounts: ['111122223333'],
    regions: ['eu-central-1'],
    thresholds: [{ notificationType: BackupBudgetNotificationType.ACTUAL, percent: 90 }],
    emails: ['ops@example.com'],
    notificationTopicArn: alerts.topicArn,
    tags: { owner: 'platform' },
    provider: west,
  });
  const vault = Vault.fromBackupVaultArn('arn:aws:backup:eu-west-1:111122223333:backup-vault:primary');
  BackupEvents.ofVault(stack, vault).onStateChange('EveryEvent', BackupEvent.BACKUP_JOB, {
    states: ['FAILED'],
    resourceTypes: ['EBS'],
    resourceArns: ['arn:aws:ec2:eu-west-1:111122223333:volume/vol-1'],
    ruleName: 'backup-failed',
    description: 'A backup failed',
    tags: { owner: 'platform' },
    target: { targetArn: BUS, roleArn: ROLE, deadLetterQueueArn: QUEUE },
    provider: west,
  });
  BackupApiCalls.ofVault(stack, vault).onVaultLockChange('EveryCall', {
    outcome: BackupApiCallOutcome.ANY,
    target: { targetArn: alerts.topicArn },
    provider: west,
  });
  declareEveryAlarm(stack, vault, alerts.topicArn, west);
  declareEveryForwarding(stack, west);
}

function declareEveryAlarm(stack: TerraformStack, vault: IVault, topicArn: string, west: TerraformProvider): void {
  const alarms = new BackupAlarms(stack, 'EveryAlarm', {
    backupVaults: [vault],
    signals: BackupSignal.all(),
    incidentWindowMinutes: 720,
    failureThreshold: 2,
    nothingSucceededWithinHours: 26,
    notificationTopicArn: topicArn,
    opsItemSeverity: 2,
    incidentResponsePlanName: 'backups',
    alarmActionArns: [PAGER],
    okActionArns: [PAGER],
    suppressorAlarm: 'maintenance',
    alarmNamePrefix: 'backups',
    waivers: [{ rule: 'alarm-no-action', path: '*', reason: 'shows a waiver' }],
    tags: { owner: 'platform' },
  });
  new BackupAlarms(stack, 'EveryRegionalAlarm', { provider: west, opsItemSeverity: 3, notificationTopicArn: topicArn });
  new BackupDashboard(stack, 'EveryDashboard', {
    dashboardName: 'backups',
    backupVaults: [vault],
    resourceTypes: ['EBS', 'S3'],
    alarms,
    moreAlarmArns: ['arn:aws:cloudwatch:eu-west-1:111122223333:alarm:more'],
    defaultIntervalHours: 336,
    periodMinutes: 360,
    waivers: [{ rule: 'dashboard-widgets', path: '*', reason: 'shows a waiver' }],
  }).addWidgets([{ type: 'text', width: 24, height: 1, properties: { markdown: 'ours' } }]);
  new BackupDashboard(stack, 'WestDashboard', { provider: west });
  new CloudwatchMetricAlarm(stack, 'EveryMetric', {
    alarmName: 'copies-failed',
    comparisonOperator: 'GreaterThanThreshold',
    threshold: 0,
    evaluationPeriods: 1,
    metricQuery: BackupMetrics.alarmQueries(
      BackupMetrics.sum([vault], BackupMetric.COPY_JOBS_FAILED, {
        resourceType: 'EBS',
        periodMinutes: 60,
        statistic: 'Sum',
        label: 'volumes',
        color: '#d62728',
      }),
    ),
  });
}

function declareEveryForwarding(stack: TerraformStack, west: TerraformProvider): void {
  const { eventBusArn } = new BackupEventBus(stack, 'EveryBus', {
    eventBusName: 'backups',
    organizationId: 'o-abcdefghij',
    accounts: ['444455556666'],
    tags: { owner: 'platform' },
    provider: west,
  });
  new BackupEventForwarding(stack, 'EveryForwarding', {
    eventBusArn,
    kinds: [BackupEvent.BACKUP_JOB, BackupEvent.VAULT],
    apiCalls: BackupApiCall.all(),
    deadLetterQueueArn: QUEUE,
    tags: { owner: 'platform' },
    provider: west,
  });
}
