import { BackupLimits } from '../../backup-limits';
import { Severity } from '../../finding';
import { advice, api, fact, failsAtRun, refused, Table } from './describe';

const { S3_BUCKETS, S3_BUCKETS_RAISED } = BackupLimits;
const SETTING = api('AdvancedBackupSetting');

export const PLAN = {
  name: refused('plan-name', '1 to 50 letters, digits, dots, - and _', api('BackupPlanInput')),
  rules: refused('plan-rules', '1 to 10 rules (quota, adjustable)', fact('B2.1/1, B2.6/6')),
  ruleNames: advice(
    'plan-rule-names',
    Severity.WARNING,
    'unique in the plan: jobs and recovery points tell their rule by its name',
    fact('2.1 RuleName'),
  ),
  selections: refused('plan-selections', 'at most 100 selections', fact('B2.1/1')),
  tagSelections: refused('plan-tag-selections', 'at most 10 selections by tags', fact('B2.1/1')),
  selectionNames: advice(
    'plan-selection-names',
    Severity.NOTE,
    'unique in the plan, to be told apart',
    fact('1.3 BackupSelection'),
  ),
  noSelection: advice(
    'plan-no-selection',
    Severity.WARNING,
    'given at least 1 selection, without which the plan backs nothing up',
    fact('B3.1/7'),
  ),
  settingType: refused('plan-advanced-setting-type', 'EC2 or S3', fact('B2.4/1')),
  settingOption: refused('plan-advanced-setting-option', 'an option of the service', SETTING),
  settingTwice: advice(
    'plan-advanced-setting-twice',
    Severity.NOTE,
    'the only setting of its service: which of two AWS Backup takes is documented nowhere',
    SETTING,
  ),
  settingValue: refused('plan-advanced-setting-value', 'enabled or disabled', SETTING),
  document: refused(
    'plan-document-unique',
    'different from every other plan of the account and Region in name, rules or settings',
    fact('1.5 AlreadyExistsException'),
  ),
  nameUnique: advice(
    'plan-name-unique',
    Severity.WARNING,
    'unique in account and Region: a second plan of the same name is made beside the first',
    fact('1.5, B2.7/4'),
  ),
  quota: advice(
    'plan-quota',
    Severity.NOTE,
    'at most 300 plans in an account and Region (quota L-BD69F607, adjustable)',
    fact('15'),
  ),
  s3Quota: failsAtRun(
    'plan-s3-quota',
    Severity.NOTE,
    `for at most ${S3_BUCKETS} S3 buckets in an account (quota, adjustable to ${S3_BUCKETS_RAISED})`,
    fact('15'),
  ),
  continuousVaults: failsAtRun(
    'plan-continuous-vaults',
    Severity.WARNING,
    'one vault for all continuous backups of a resource: the first wins, the others get snapshots',
    fact('B5.3/2'),
  ),
  continuousRetention: advice(
    'plan-continuous-retention',
    Severity.WARNING,
    'the longest of the continuous backups of a resource in its vault, which alone counts',
    fact('B5.3/2'),
  ),
  s3Vaults: failsAtRun(
    'plan-s3-vaults',
    Severity.WARNING,
    'one vault for continuous and periodic backups of a bucket',
    fact('B5.3/7'),
  ),
} satisfies Table;

export const REGION_SETTINGS = {
  optInKey: refused(
    'region-settings-opt-in-key',
    'a resource type of AWS Backup, as DescribeRegionSettings spells it',
    fact('B3.3/2, B3.3/3'),
  ),
  managementKey: refused('region-settings-management-key', 'CloudFormation, DSQL, DynamoDB or EFS', fact('B3.3/2')),
} satisfies Table;

export const RESOURCE = {
  arn: advice('resource-arn', Severity.ERROR, 'the ARN of a resource', fact('1.1')),
  service: advice(
    'resource-service',
    Severity.ERROR,
    'the id of a service that AWS Backup supports',
    fact('feature table'),
  ),
  size: advice('resource-size', Severity.ERROR, 'a number of GiB, 0 or more', 'inventory'),
  dailyChange: advice('resource-daily-change', Severity.ERROR, '0 to 100 percent', 'inventory'),
  versioning: failsAtRun(
    'resource-versioning',
    Severity.ERROR,
    'on for a bucket that is backed up, or every backup of it fails',
    'https://docs.aws.amazon.com/aws-backup/latest/devguide/s3-backups.html',
  ),
  objectCount: advice('resource-object-count', Severity.ERROR, 'a whole number, 0 or more', 'inventory'),
  maintenanceWindow: advice(
    'resource-maintenance-window',
    Severity.ERROR,
    'two times of the week in UTC, such as mon:05:00-mon:05:30',
    'inventory',
  ),
  backupWindow: advice(
    'resource-backup-window',
    Severity.ERROR,
    'two times of the day in UTC, such as 04:00-04:30',
    'inventory',
  ),
  automatedBackupDays: advice('resource-automated-backup-days', Severity.ERROR, '0 to 35 days', 'inventory'),
  windowsVss: advice(
    'resource-windows-vss',
    Severity.ERROR,
    'works, not-windows, agent-missing, agent-offline, insufficient-privileges, timeout or unsupported-version',
    'inventory',
  ),
  hypervisorId: advice(
    'resource-hypervisor-id',
    Severity.ERROR,
    '1 to 100 letters, digits and hyphens, for a virtual machine alone',
    api('BGW_VirtualMachine'),
  ),
  gatewayCount: advice(
    'resource-gateway-count',
    Severity.ERROR,
    'a whole number of gateways, 1 or more, for a virtual machine alone',
    'inventory',
  ),
  hypervisorGateways: advice(
    'resource-hypervisor-gateways',
    Severity.ERROR,
    'the same for all virtual machines of a hypervisor, whose gateways they share',
    fact('B4.3/9'),
  ),
  unprotected: advice(
    'resource-unprotected',
    Severity.WARNING,
    'backed up by at least 1 plan, or waived with the reason why it need not be',
    fact('B3.1/3'),
  ),
} satisfies Table;

export const ESTATE = {
  checkFailed: advice(
    'estate-check-failed',
    Severity.WARNING,
    'of a form that every rule can check',
    'the rules themselves',
  ),
} satisfies Table;
