import { BackupLimits } from '../../backup-limits';
import { Severity } from '../../finding';
import { advice, api, fact, failsAtRun, refused, Table } from './describe';

const CONTROLS = 'https://docs.aws.amazon.com/aws-backup/latest/devguide/controls-and-remediation.html';
const CREATE_FRAMEWORK = api('CreateFramework');
const SCOPE = api('ControlScope');

export const AUDIT_PARAMETER = {
  parameter: refused('audit-parameter-name', 'a parameter of the control or AWS Config rule', CONTROLS),
  missing: refused('audit-parameter-missing', 'given, as there is no default for it', CONTROLS),
  days: refused('audit-parameter-days', 'a whole number of days from 1 to 36500', 'Assumed; ' + fact('B10.1/7')),
  unit: refused('audit-parameter-unit', 'hours or days', fact('B10.1/7')),
  period: refused(
    'audit-parameter-period',
    'a whole number of hours or days within the bounds of the parameter',
    fact('B10.1/7'),
  ),
  restoreTime: refused(
    'audit-parameter-restore-time',
    'a whole number of minutes, at least 1',
    'Assumed; ' + fact('B10.1/7'),
  ),
  principals: refused('audit-parameter-principals', '1 to 5 ARNs of IAM roles', CONTROLS),
  regions: refused('audit-parameter-regions', 'names of Regions, each once', CONTROLS),
  ownRegion: advice(
    'audit-parameter-own-region',
    Severity.WARNING,
    'other Regions than its own, where a copy crosses none',
    CONTROLS,
  ),
  accounts: refused('audit-parameter-accounts', '1 to 5 account ids of 12 digits, each once', CONTROLS),
  ownAccount: advice(
    'audit-parameter-own-account',
    Severity.WARNING,
    'other accounts than its own, where a copy crosses none',
    CONTROLS,
  ),
  lockBounds: advice(
    'audit-parameter-lock-bounds',
    Severity.ERROR,
    'at least minRetentionDays, as no lock has bounds in the wrong order',
    fact('B7.4/3'),
  ),
  airGappedAge: advice(
    'audit-parameter-air-gapped-age',
    Severity.WARNING,
    'at least 7 days or 168 hours, and no shorter than the time between two copies',
    CONTROLS,
  ),
  flag: refused('audit-parameter-flag', 'True or False', fact('B10.1/6')),
  tags: refused('audit-parameter-tags', 'keys and values of tags', fact('B10.1/6')),
} satisfies Table;

export const FRAMEWORK_CONTROL = {
  name: refused('framework-control-name', 'a control of AWS Backup Audit Manager', CONTROLS),
  duplicate: advice(
    'framework-control-duplicate',
    Severity.WARNING,
    'unlike every other control of the framework, as each counts against the quota',
    fact('B10.1/3'),
  ),
  scope: advice(
    'framework-control-scope',
    Severity.WARNING,
    'one of resource types, one tag, or a single resource with its type',
    SCOPE,
  ),
  scopeKind: advice(
    'framework-control-scope-kind',
    Severity.WARNING,
    'narrowed as the page of controls says for the control',
    CONTROLS,
  ),
  scopeTags: refused('framework-control-scope-tags', 'at most 1 tag', SCOPE),
  scopeIds: refused('framework-control-scope-ids', '1 to 100 ids of resources', SCOPE),
  scopeType: advice(
    'framework-control-scope-type',
    Severity.WARNING,
    'a type that AWS Backup Audit Manager evaluates',
    fact('feature table'),
  ),
  fsxOntap: advice(
    'framework-control-fsx-ontap',
    Severity.NOTE,
    'known not to judge volumes of FSx for NetApp ONTAP, which AWS Backup cannot copy to another Region or account',
    fact('B10.1/2'),
  ),
  quota: advice(
    'framework-control-quota',
    Severity.NOTE,
    `at most ${BackupLimits.FRAMEWORK_CONTROLS} controls in all frameworks of an account and Region (quota L-B4021FB0, adjustable)`,
    fact('B10.1/3'),
  ),
} satisfies Table;

export const FRAMEWORK = {
  name: refused(
    'framework-name',
    '1 to 256 letters, digits and underscores, the first of them a letter',
    CREATE_FRAMEWORK,
  ),
  description: refused('framework-description', 'text of at most 1024 characters', CREATE_FRAMEWORK),
  controls: refused('framework-controls', 'at least 1 control', api('FrameworkControl')),
  nameUnique: refused('framework-name-unique', 'unique in account and Region', CREATE_FRAMEWORK),
  quota: advice(
    'framework-quota',
    Severity.NOTE,
    `at most ${BackupLimits.FRAMEWORKS} frameworks in an account and Region (quota L-E43E0ED6, adjustable)`,
    fact('B10.1/3'),
  ),
  planNeverComplies: failsAtRun(
    'framework-plan-never-complies',
    Severity.WARNING,
    'a plan with one rule that both runs and keeps as the control requires',
    'Assumed; ' + fact('B10.1/8'),
  ),
  retentionNeverComplies: failsAtRun(
    'framework-retention-never-complies',
    Severity.WARNING,
    'at least as long as the control requires of every recovery point',
    fact('B10.1/8'),
  ),
  vaultNeverComplies: failsAtRun(
    'framework-vault-never-complies',
    Severity.WARNING,
    'a policy that denies all principals but the listed ones to delete recovery points, to update their lifecycle and to put the policy',
    fact('B10.1/9'),
  ),
  noPlanComplies: failsAtRun(
    'framework-no-plan-complies',
    Severity.WARNING,
    'met by at least one plan, or no resource can comply',
    'Assumed; ' + fact('B10.1/8'),
  ),
} satisfies Table;

const CREATE_REPORT_PLAN = api('CreateReportPlan');
const SETTING = api('ReportSetting');
const CHANNEL = api('ReportDeliveryChannel');
const BUCKET_NAMES = 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html';

export const REPORT_PLAN = {
  name: refused(
    'report-plan-name',
    '1 to 256 letters, digits and underscores, the first of them a letter',
    CREATE_REPORT_PLAN,
  ),
  description: refused('report-plan-description', 'text of at most 1024 characters', CREATE_REPORT_PLAN),
  template: refused('report-plan-template', 'one of the templates of AWS Backup', SETTING),
  frameworks: refused(
    'report-plan-frameworks',
    '1 to 1000 ARNs of frameworks where the template reports compliance',
    fact('B10.2/2'),
  ),
  frameworkArn: refused('report-plan-framework-arn', 'the ARN of a framework', SETTING),
  frameworksUnused: advice(
    'report-plan-frameworks-unused',
    Severity.WARNING,
    'given where the template reports compliance; reports of jobs know no frameworks',
    fact('B10.2/2'),
  ),
  format: refused('report-plan-format', 'CSV or JSON, each once', CHANNEL),
  formats: refused(
    'report-plan-formats',
    'CSV alone where the report covers several accounts or Regions',
    fact('B10.2/3'),
  ),
  accounts: refused('report-plan-accounts', 'account ids of 12 digits, or ROOT for the whole organization', SETTING),
  root: advice(
    'report-plan-root',
    Severity.WARNING,
    'alone where it stands for the whole organization',
    fact('B10.2/3'),
  ),
  organizationUnits: refused(
    'report-plan-organization-units',
    'ids of organizational units, ou-…',
    'https://docs.aws.amazon.com/organizations/latest/APIReference/API_OrganizationalUnit.html',
  ),
  organization: advice(
    'report-plan-organization',
    Severity.NOTE,
    'deployed in the management account or to a delegated administrator of the organization',
    fact('B10.2/3'),
  ),
  regions: refused('report-plan-regions', 'names of Regions, or * alone for all', SETTING),
  bucketName: refused(
    'report-plan-bucket-name',
    'the name of a bucket: 3 to 63 lower-case letters, digits, dots and -, no ARN',
    BUCKET_NAMES,
  ),
  keyPrefix: advice(
    'report-plan-key-prefix',
    Severity.WARNING,
    'without a slash at its ends, which makes folders without a name',
    'Assumed; ' + fact('B10.2/4'),
  ),
  nameUnique: refused('report-plan-name-unique', 'unique in account and Region', CREATE_REPORT_PLAN),
  quota: advice(
    'report-plan-quota',
    Severity.NOTE,
    `at most ${BackupLimits.REPORT_PLANS} report plans in an account (quota L-C296F1F5, adjustable)`,
    fact('B10.1/3'),
  ),
} satisfies Table;

export const REPORT_BUCKET = {
  name: refused('report-bucket-name', '3 to 63 lower-case letters, digits, dots and -', BUCKET_NAMES),
  accounts: refused('report-bucket-accounts', 'account ids of 12 digits', fact('B10.2/6')),
  expiry: refused(
    'report-bucket-expiry',
    'a whole number of days, at least 1',
    'https://docs.aws.amazon.com/AmazonS3/latest/API/API_LifecycleExpiration.html',
  ),
  lockDays: refused(
    'report-bucket-lock-days',
    'a whole number of days from 1 to 36500',
    'https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock-managing.html',
  ),
  expiryInLock: advice(
    'report-bucket-expiry-in-lock',
    Severity.WARNING,
    'at least as long as the Object Lock, which keeps each version until its own days are over',
    'https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock-managing.html',
  ),
  role: advice(
    'report-bucket-role',
    Severity.NOTE,
    'in the stack of a report plan, or in an account that has AWSServiceRoleForBackupReports, as a policy cannot name a role that is not there',
    fact('B10.2/6'),
  ),
} satisfies Table;

export const CONFIG_RULE = {
  identifier: refused(
    'config-rule-identifier',
    'a managed rule of AWS Config about backups; not every service has every rule',
    fact('B10.1/6'),
  ),
  name: refused(
    'config-rule-name',
    '1 to 128 characters, the prefix and the name of the rule together',
    'https://docs.aws.amazon.com/config/latest/APIReference/API_ConfigRule.html',
  ),
  rules: advice('config-rule-none', Severity.ERROR, 'at least 1 rule', fact('B10.1/6')),
  duplicate: advice(
    'config-rule-duplicate',
    Severity.WARNING,
    'unlike every other rule, as each evaluation is billed',
    fact('B10.1/6'),
  ),
} satisfies Table;

const PUT_PACK = 'https://docs.aws.amazon.com/config/latest/APIReference/API_PutConformancePack.html';

export const CONFORMANCE_PACK = {
  name: refused('conformance-pack-name', '1 to 256 letters, digits and -, the first of them a letter', PUT_PACK),
  templateSize: refused('conformance-pack-template-size', 'a template of at most 51200 characters', PUT_PACK),
  quota: advice(
    'conformance-pack-quota',
    Severity.NOTE,
    'at most 130 rules in a conformance pack (quota)',
    'https://docs.aws.amazon.com/config/latest/developerguide/configlimits.html',
  ),
} satisfies Table;

const RECORDING = 'https://docs.aws.amazon.com/config/latest/APIReference/API_RecordingGroup.html';

export const CONFIG_RECORDER = {
  none: failsAtRun(
    'config-recorder-none',
    Severity.WARNING,
    'a recorder of AWS Config in the account and Region, in the app or said to exist; without one nothing is evaluated',
    fact('B10.1/5'),
  ),
  types: failsAtRun(
    'config-recorder-types',
    Severity.WARNING,
    'a recorder of the resource types that the controls and rules are about',
    fact('B10.1/5'),
  ),
  unique: refused('config-recorder-unique', 'the only recorder of the account and Region', fact('B10.1/5')),
  type: refused('config-recorder-type', 'a resource type, AWS::Service::Type', RECORDING),
} satisfies Table;
