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
  OnBackupApiCallOptions,
  OnBackupEventOptions,
} from '@holdfast/cdk';
import {
  BackupApiCall,
  BackupApiCallOutcome,
  BackupBudgetNotificationType,
  BackupEvent,
  BackupMetric,
  BackupSignal,
} from '@holdfast/model';
import * as backup from 'aws-cdk-lib/aws-backup';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as actions from 'aws-cdk-lib/aws-cloudwatch-actions';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as sns from 'aws-cdk-lib/aws-sns';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { Duration, RemovalPolicy, Stack, Validations } from 'aws-cdk-lib/core';

/** Declares every construct for monitoring and cost with every property. */
export function declareEveryMonitoring(stack: Stack): void {
  const vault = backup.BackupVault.fromBackupVaultArn(
    stack,
    'MonitoredVault',
    `arn:aws:backup:${stack.region}:${stack.account}:backup-vault:monitored`,
  );
  const { topic } = new AlertTopic(stack, 'AlertTopic', {
    topicName: 'alerts',
    encryptionKey: new kms.Key(stack, 'AlertKey', { enableKeyRotation: true, removalPolicy: RemovalPolicy.DESTROY }),
    emails: ['ops@example.com'],
    tags: { owner: 'platform' },
  });
  new AlertTopic(stack, 'OwnKeyTopic', { removalPolicy: RemovalPolicy.RETAIN });
  declareRules(stack, vault, topic);
  const alarms = declareAlarms(stack, vault, topic);
  new BackupDashboard(stack, 'Dashboard', {
    dashboardName: 'backups',
    backupVaults: [vault],
    resourceTypes: ['EBS', 'S3'],
    alarms,
    moreAlarms: [alarmOfMetrics(stack, vault)],
    defaultInterval: Duration.days(14),
    period: Duration.hours(6),
    waivers: [{ rule: 'dashboard-widgets', path: '*', reason: 'shows a waiver' }],
  });
  declareBudget(stack, topic);
  declareForwarding(stack);
}

function declareRules(stack: Stack, vault: backup.IBackupVault, topic: sns.ITopic): void {
  const waivers = [{ rule: 'event-resource-type', path: '*', reason: 'shows a waiver' }];
  const common = {
    description: 'tells the platform team',
    ruleName: 'platform',
    crossStackScope: stack,
    eventPattern: { account: [stack.account] },
    target: new targets.SnsTopic(topic),
    waivers,
  };
  const options: OnBackupEventOptions = {
    ...common,
    states: ['FAILED'],
    resourceTypes: ['EBS'],
    resourceArns: [`arn:aws:ec2:${stack.region}:${stack.account}:volume/vol-0123456789abcdef0`],
  };
  BackupEvents.ofVault(stack, vault).onBackupJobStateChange('OnBackupJob', options);
  const calls: OnBackupApiCallOptions = {
    ...common,
    ruleName: 'platform-calls',
    outcome: BackupApiCallOutcome.DENIED,
  };
  BackupApiCalls.ofVault(stack, vault).onVaultLockChange('OnVaultLockChange', calls);
}

function declareAlarms(stack: Stack, vault: backup.IBackupVault, topic: sns.ITopic): BackupAlarms {
  const maintenance = cloudwatch.Alarm.fromAlarmArn(
    stack,
    'Maintenance',
    `arn:aws:cloudwatch:${stack.region}:${stack.account}:alarm:maintenance`,
  );
  return new BackupAlarms(stack, 'BackupAlarms', {
    backupVaults: [vault],
    signals: BackupSignal.all(),
    incidentWindow: Duration.hours(12),
    failureThreshold: 2,
    nothingSucceededWithin: Duration.hours(26),
    notificationTopic: topic,
    opsItemSeverity: actions.OpsItemSeverity.HIGH,
    incidentResponsePlanName: 'backups',
    alarmActions: [new actions.SnsAction(topic)],
    okActions: [new actions.SnsAction(topic)],
    suppressor: maintenance,
    waivers: [{ rule: 'alarm-no-action', path: '*', reason: 'shows a waiver' }],
  });
}

function alarmOfMetrics(stack: Stack, vault: backup.IBackupVault): cloudwatch.Alarm {
  const options = {
    resourceType: 'EBS',
    period: Duration.hours(1),
    statistic: cloudwatch.Stats.SUM,
    label: 'volumes',
    color: '#d62728',
  };
  const metric = BackupMetrics.sum([vault], BackupMetric.COPY_JOBS_FAILED, options);
  const alarm = metric.createAlarm(stack, 'VolumesAlarm', { evaluationPeriods: 1, threshold: 1 });
  alarm.addAlarmAction(new actions.SsmAction(actions.OpsItemSeverity.LOW));
  return alarm;
}

function declareBudget(stack: Stack, topic: sns.ITopic): void {
  new BackupBudget(stack, 'Budget', {
    monthlyLimitUsd: 500,
    budgetName: 'backups',
    services: ['AWS Backup'],
    usageTypes: ['EUC1-WarmStorage-ByteHrs-EFS'],
    costAllocationTags: { 'backup-of': ['ledger'] },
    accounts: [stack.account],
    regions: [stack.region],
    thresholds: [{ notificationType: BackupBudgetNotificationType.FORECASTED, percent: 100 }],
    emails: ['ops@example.com'],
    notificationTopic: topic,
    tags: { owner: 'platform' },
    waivers: [{ rule: 'budget-tag-activation', path: '*', reason: 'activated by the account that pays' }],
  });
}

function declareForwarding(stack: Stack): void {
  const { eventBus } = new BackupEventBus(stack, 'EventBus', {
    eventBusName: 'backups',
    organizationId: 'o-abcdefghij',
    accounts: ['444455556666'],
  });
  const deadLetterQueue = new sqs.Queue(stack, 'NotForwarded', {
    enforceSSL: true,
    encryption: sqs.QueueEncryption.SQS_MANAGED,
  });
  Validations.of(deadLetterQueue).acknowledge({ id: 'AwsSolutions-SQS3', reason: 'It is a dead-letter queue itself.' });
  new BackupEventForwarding(stack, 'EventForwarding', {
    eventBus,
    kinds: [BackupEvent.BACKUP_JOB, BackupEvent.VAULT],
    apiCalls: BackupApiCall.all(),
    deadLetterQueue,
  });
}

/** So many vaults that exist already: `vault-0`, `vault-1`, … */
export function vaultsOf(stack: Stack, count: number): backup.IBackupVault[] {
  return Array.from({ length: count }, (_, index) =>
    backup.BackupVault.fromBackupVaultArn(
      stack,
      `Vault${index}`,
      `arn:aws:backup:eu-central-1:111122223333:backup-vault:vault-${index}`,
    ),
  );
}
