import { BackupFramework } from '@cdktf/provider-aws/lib/backup-framework';
import { ConfigConfigurationRecorder } from '@cdktf/provider-aws/lib/config-configuration-recorder';
import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import {
  AuditFramework,
  AuditFrameworkProps,
  BackupConfigRecorder,
  ConfigRecorder,
  Plan,
  Vault,
} from '@holdfast/cdktf';
import { AuditPeriod, ControlScope, FrameworkControl, Schedule } from '@holdfast/model';
import { App, TerraformStack } from 'cdktf';
import {
  addresses,
  annotations,
  comment,
  message,
  only,
  refusal,
  resolve,
  sentence,
  stackOf,
  variables,
} from './support/stacks';

const TYPE = 'aws_backup_framework';
const inApp = { configRecorder: ConfigRecorder.inApp() };
const ROLE = 'arn:aws:iam::111122223333:role/config';

function framework(stack: TerraformStack, props: Partial<AuditFrameworkProps> = {}): AuditFramework {
  return new AuditFramework(stack, 'Framework', {
    frameworkName: 'daily',
    controls: [FrameworkControl.backupRecoveryPointEncrypted()],
    configRecorder: ConfigRecorder.existing(),
    ...props,
  });
}

/** Warnings about the framework, and nothing else. */
function warnings(stack: TerraformStack): string[] {
  return annotations(stack, 'warn').filter((warning) => warning.startsWith('S/Framework'));
}

describe('defaults', () => {
  test('has a name and controls, and nothing else', () => {
    const stack = stackOf();
    framework(stack);
    expect(only(stack, TYPE)).toEqual({ name: 'daily', control: [{ name: 'BACKUP_RECOVERY_POINT_ENCRYPTED' }] });
    expect(comment(stack, TYPE)).toBeUndefined();
    expect([...annotations(stack, 'warn'), ...annotations(stack, 'info')]).toEqual([]);
  });
});

test('writes parameters and scopes of controls as the AWS provider takes them, AWS defaults too', () => {
  const stack = stackOf();
  framework(stack, {
    controls: [
      FrameworkControl.backupPlanMinFrequencyAndMinRetention({ scope: ControlScope.tagged('stage', 'prod') }),
      FrameworkControl.backupRecoveryPointManualDeletionDisabled({
        principalArns: [ROLE, `${ROLE}-2`],
        scope: ControlScope.singleResource('AWS::Backup::BackupVault', 'primary'),
      }),
      FrameworkControl.backupLastRecoveryPointCreated({ scope: ControlScope.resourceTypes(['EBS', 'RDS']) }),
    ],
  });
  expect(only(stack, TYPE).control).toEqual([
    {
      name: 'BACKUP_PLAN_MIN_FREQUENCY_AND_MIN_RETENTION_CHECK',
      input_parameter: [
        { name: 'requiredFrequencyUnit', value: 'days' },
        { name: 'requiredFrequencyValue', value: '1' },
        { name: 'requiredRetentionDays', value: '35' },
      ],
      scope: { tags: { stage: 'prod' } },
    },
    {
      name: 'BACKUP_RECOVERY_POINT_MANUAL_DELETION_DISABLED',
      input_parameter: [{ name: 'principalArnList', value: `${ROLE},${ROLE}-2` }],
      scope: {
        compliance_resource_types: ['AWS::Backup::BackupVault'],
        compliance_resource_ids: ['primary'],
      },
    },
    {
      name: 'BACKUP_LAST_RECOVERY_POINT_CREATED',
      input_parameter: [
        { name: 'recoveryPointAgeUnit', value: 'days' },
        { name: 'recoveryPointAgeValue', value: '1' },
      ],
      scope: { compliance_resource_types: ['EBS', 'RDS'] },
    },
  ]);
});

test('takes description, timeouts, tags and waivers', () => {
  const stack = stackOf();
  const waivers = [{ rule: 'framework-*', path: '*', reason: 'shown in the comment' }];
  const timeouts = { createTimeout: '10m', updateTimeout: '11m', deleteTimeout: '12m' };
  framework(stack, { frameworkDescription: 'what auditors see', timeouts, tags: { owner: 'platform' }, waivers });
  expect(only(stack, TYPE)).toMatchObject({
    description: 'what auditors see',
    timeouts: { create: '10m', update: '11m', delete: '12m' },
    tags: { owner: 'platform' },
  });
  expect(comment(stack, TYPE)).toEqual({ waivers });
});

test('fails for what AWS Backup refuses, all of it at once', () => {
  const controls = [FrameworkControl.backupRecoveryPointMinimumRetention({ requiredRetentionDays: 0 })];
  expect(refusal(() => framework(stackOf(), { frameworkName: 'my-framework', controls }))).toBe(
    message('S/Framework', [
      sentence('framework-name', 'frameworkName', 'my-framework'),
      sentence('audit-parameter-days', 'controls[0].requiredRetentionDays', '0 days'),
    ]),
  );
});

test('takes a token for every value', () => {
  const stack = stackOf();
  const { text, number, list } = variables(stack);
  framework(stack, {
    frameworkName: text('name'),
    frameworkDescription: text('description'),
    controls: [
      FrameworkControl.backupPlanMinFrequencyAndMinRetention({
        requiredFrequency: AuditPeriod.days(number('frequency')),
        requiredRetentionDays: number('retention'),
      }),
      FrameworkControl.backupRecoveryPointManualDeletionDisabled({ principalArns: [text('role'), text('other')] }),
      FrameworkControl.backupResourcesProtectedByCrossRegion({ crossRegions: list('regions') }),
      FrameworkControl.restoreTimeForResourcesMeetTarget({ maxRestoreTimeMinutes: number('minutes') }),
    ],
    tags: { owner: text('owner') },
  });
  const { control, ...rest } = only(stack, TYPE);
  expect(rest).toEqual({
    name: '${var.name}',
    description: '${var.description}',
    tags: { owner: '${var.owner}' },
  });
  expect((control as { input_parameter: { value: unknown }[] }[]).map((one) => one.input_parameter)).toEqual([
    [
      { name: 'requiredFrequencyUnit', value: 'days' },
      { name: 'requiredFrequencyValue', value: '${tostring(var.frequency)}' },
      { name: 'requiredRetentionDays', value: '${tostring(var.retention)}' },
    ],
    [{ name: 'principalArnList', value: '${var.role},${var.other}' }],
    [{ name: 'crossRegionList', value: '${join(",", var.regions)}' }],
    [{ name: 'maxRestoreTime', value: '${tostring(var.minutes)}' }],
  ]);
});

describe('what can never comply', () => {
  test('is told at synthesis, though the plan comes later', () => {
    const stack = stackOf();
    framework(stack, { controls: [FrameworkControl.backupPlanMinFrequencyAndMinRetention()] });
    const vault = new Vault(stack, 'Vault', { backupVaultName: 'primary' });
    const rules = [
      { ruleName: 'daily', vault, schedule: Schedule.daily(), deleteAfterDays: 30 },
      { ruleName: 'weekly', vault, schedule: Schedule.weekly(), deleteAfterDays: 90 },
    ];
    new Plan(stack, 'Plan', { backupPlanName: 'ledger', rules });
    expect(warnings(stack)).toEqual([
      'S/Framework: S/Plan.rules must be a plan with one rule that runs every 24 hours and keeps 35 days, got daily that runs every 24 hours and keeps 30 days, weekly that runs every 168 hours and keeps 90 days [framework-plan-never-complies] (Assumed; AWS Backup facts B10.1/8)',
    ]);
  });

  test('is not told of plans of another Region', () => {
    const stack = stackOf();
    framework(stack, { controls: [FrameworkControl.backupPlanMinFrequencyAndMinRetention()] });
    const provider = new AwsProvider(stack, 'West', { region: 'eu-west-1', alias: 'west' });
    const vault = new Vault(stack, 'Vault', { backupVaultName: 'primary', provider });
    const rules = [{ ruleName: 'daily', vault, schedule: Schedule.daily(), deleteAfterDays: 30 }];
    new Plan(stack, 'Plan', { backupPlanName: 'ledger', rules, provider });
    expect(warnings(stack)).toEqual([]);
  });

  test('is waived like any other finding', () => {
    const stack = stackOf();
    const waivers = [{ rule: 'framework-vault-never-complies', path: '*', reason: 'the role that deploys changes it' }];
    framework(stack, { controls: [FrameworkControl.backupRecoveryPointManualDeletionDisabled()], waivers });
    new Vault(stack, 'Vault', { backupVaultName: 'primary' });
    expect(warnings(stack)).toEqual([]);
    expect(annotations(stack, 'info').join()).toContain('waived: the role that deploys changes it');
  });
});

test('fails the synthesis where two frameworks of one place have one name', () => {
  const stack = stackOf();
  framework(stack);
  new AuditFramework(stack, 'Other', {
    frameworkName: 'daily',
    controls: [FrameworkControl.backupRecoveryPointEncrypted()],
    configRecorder: ConfigRecorder.existing(),
  });
  expect(refusal(() => only(stack, TYPE))).toContain('[framework-name-unique]');
});

describe('the recorder of AWS Config', () => {
  test('is asked for where the app has none', () => {
    const stack = stackOf();
    framework(stack, inApp);
    expect(warnings(stack)).toEqual([`S/Framework: ${sentence('config-recorder-none', 'configRecorder', 'none')}`]);
  });

  test('is waited for until it records, and records what is needed', () => {
    const stack = stackOf();
    framework(stack, inApp);
    new BackupConfigRecorder(stack, 'Recorder');
    expect(warnings(stack)).toEqual([]);
    expect(only(stack, TYPE).depends_on).toEqual([
      'aws_config_configuration_recorder.Recorder_C4C6639E',
      'aws_config_configuration_recorder_status.Recorder_Status_E5FB2C71',
    ]);
    expect(only(stack, 'aws_config_configuration_recorder').recording_group).toMatchObject({
      resource_types: ['AWS::Backup::RecoveryPoint', 'AWS::Config::ResourceCompliance'],
    });
  });

  // prettier-ignore
  test.each([
    ['all types',       { allSupported: true }],
    ['no group',        undefined],
    ['a strategy',      { recordingStrategy: [{ useOnly: 'ALL_SUPPORTED_RESOURCE_TYPES' }] }],
    ['the types',       { allSupported: false, resourceTypes: ['AWS::Backup::RecoveryPoint', 'AWS::Config::ResourceCompliance'] }],
    ['all but others',  { allSupported: false, exclusionByResourceTypes: [{ resourceTypes: ['AWS::EC2::Volume'] }] }],
  ])('of others with %s records enough', (_, recordingGroup) => {
    const stack = stackOf();
    framework(stack, inApp);
    new ConfigConfigurationRecorder(stack, 'Recorder', { roleArn: ROLE, recordingGroup });
    expect(warnings(stack)).toEqual([]);
  });

  // prettier-ignore
  test.each([
    ['leaves out', { allSupported: false, exclusionByResourceTypes: [{ resourceTypes: ['AWS::Backup::RecoveryPoint'] }] }],
    ['lacks',      { allSupported: false, resourceTypes: ['AWS::Config::ResourceCompliance'] }],
  ])('that %s a type that is needed is told of', (_, recordingGroup) => {
    const stack = stackOf();
    framework(stack, inApp);
    new ConfigConfigurationRecorder(stack, 'Recorder', { roleArn: ROLE, recordingGroup });
    expect(warnings(stack).join()).toContain('got none for AWS::Backup::RecoveryPoint [config-recorder-types]');
  });

  test('of another Region, or of a provider whose place nobody knows, does not count', () => {
    const stack = stackOf();
    framework(stack, inApp);
    for (const [alias, region] of [['west', 'eu-west-1'], ['open']] as const) {
      const provider = new AwsProvider(stack, alias, { alias, region });
      new ConfigConfigurationRecorder(stack, `${alias}-recorder`, { roleArn: ROLE, provider });
    }
    expect(warnings(stack).join()).toContain('[config-recorder-none]');
    expect(only(stack, TYPE).depends_on).toBeUndefined();
  });

  test('of another stack of the same place is waited for', () => {
    const stack = stackOf();
    framework(stack, inApp);
    const base = new TerraformStack(stack.node.root as App, 'Base');
    new AwsProvider(base, 'Aws', { region: 'eu-central-1', allowedAccountIds: ['111122223333'] });
    new ConfigConfigurationRecorder(base, 'Recorder', { roleArn: ROLE });
    expect(warnings(stack)).toEqual([]);
    expect(stack.dependsOn(base)).toBe(true);
  });

  test('fails the synthesis when there are two, as an account and Region has one', () => {
    const stack = stackOf();
    framework(stack, inApp);
    for (const id of ['A', 'B']) {
      new ConfigConfigurationRecorder(stack, id, { roleArn: ROLE });
    }
    expect(refusal(() => only(stack, TYPE))).toContain('got 2 [config-recorder-unique]');
  });
});

test('is imported by its ARN, and from a resource of others', () => {
  const arn = 'arn:aws:backup:eu-central-1:111122223333:framework:daily-0000';
  expect(AuditFramework.fromFrameworkArn(arn).frameworkArn).toBe(arn);
  const stack = stackOf();
  const resource = new BackupFramework(stack, 'Other', { name: 'other', control: [{ name: 'X' }] });
  expect(resolve(stack, AuditFramework.fromBackupFramework(resource).frameworkArn)).toBe(
    '${aws_backup_framework.Other.arn}',
  );
});

test('keeps its address', () => {
  const stack = stackOf();
  const made = framework(stack);
  expect(addresses(stack)).toEqual(['aws_backup_framework.Framework_1E67B9FA']);
  expect(resolve(stack, made.frameworkArn)).toBe('${aws_backup_framework.Framework_1E67B9FA.arn}');
});
