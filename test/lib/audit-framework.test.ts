import { AuditFramework, AuditFrameworkProps, ConfigRecorder, Plan, Vault } from '@holdfast/cdk';
import { AuditPeriod, ControlScope, FrameworkControl, Schedule } from '@holdfast/model';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as backup from 'aws-cdk-lib/aws-backup';
import * as config from 'aws-cdk-lib/aws-config';
import * as iam from 'aws-cdk-lib/aws-iam';
import { App, CfnParameter, CfnResource, Duration, Stack } from 'aws-cdk-lib/core';
import { declareEveryAudit } from './support/everything-audit';
import { cfnLint, naggedStack, nagFindings } from './support/scans';
import { annotations, refusal, stackOf } from './support/stacks';

const TYPE = 'AWS::Backup::Framework';
const SLOW = 120_000;
const { existing } = ConfigRecorder;

function framework(stack: Stack, props: Partial<AuditFrameworkProps> = {}): AuditFramework {
  const controls = [FrameworkControl.backupRecoveryPointEncrypted()];
  return new AuditFramework(stack, 'Framework', {
    frameworkName: 'daily',
    controls,
    configRecorder: existing(),
    ...props,
  });
}

function templateOf(props: Partial<AuditFrameworkProps> = {}): Template {
  const stack = stackOf();
  framework(stack, props);
  return Template.fromStack(stack);
}

describe('defaults', () => {
  test('has no description, no tags, no parameters, no scope and says nothing in its metadata', () => {
    templateOf().hasResource(TYPE, {
      Metadata: Match.absent(),
      Properties: {
        FrameworkName: 'daily',
        FrameworkDescription: Match.absent(),
        FrameworkTags: Match.absent(),
        FrameworkControls: [
          {
            ControlName: 'BACKUP_RECOVERY_POINT_ENCRYPTED',
            ControlInputParameters: Match.absent(),
            ControlScope: Match.absent(),
          },
        ],
      },
    });
  });

  test('annotates nothing where the recorder is said to exist', () => {
    const stack = stackOf();
    framework(stack);
    expect([...annotations(stack, 'warning'), ...annotations(stack, 'info')]).toEqual([]);
  });
});

test('writes parameters and scopes of controls as AWS Backup takes them', () => {
  const role = 'arn:aws:iam::111122223333:role/break-glass';
  const controls = [
    FrameworkControl.backupPlanMinFrequencyAndMinRetention({
      requiredFrequency: AuditPeriod.hours(12),
      requiredRetentionDays: 90,
      scope: ControlScope.tagged('stage', 'prod'),
    }),
    FrameworkControl.backupRecoveryPointManualDeletionDisabled({
      principalArns: [role, `${role}-2`],
      scope: ControlScope.singleResource('AWS::Backup::BackupVault', 'primary'),
    }),
    FrameworkControl.backupLastRecoveryPointCreated({ scope: ControlScope.resourceTypes(['EBS', 'RDS']) }),
  ];
  templateOf({ controls }).hasResourceProperties(TYPE, {
    FrameworkControls: [
      {
        ControlName: 'BACKUP_PLAN_MIN_FREQUENCY_AND_MIN_RETENTION_CHECK',
        ControlInputParameters: [
          { ParameterName: 'requiredFrequencyUnit', ParameterValue: 'hours' },
          { ParameterName: 'requiredFrequencyValue', ParameterValue: '12' },
          { ParameterName: 'requiredRetentionDays', ParameterValue: '90' },
        ],
        ControlScope: { Tags: [{ Key: 'stage', Value: 'prod' }] },
      },
      {
        ControlName: 'BACKUP_RECOVERY_POINT_MANUAL_DELETION_DISABLED',
        ControlInputParameters: [{ ParameterName: 'principalArnList', ParameterValue: `${role},${role}-2` }],
        ControlScope: {
          ComplianceResourceTypes: ['AWS::Backup::BackupVault'],
          ComplianceResourceIds: ['primary'],
        },
      },
      {
        ControlName: 'BACKUP_LAST_RECOVERY_POINT_CREATED',
        ControlInputParameters: [
          { ParameterName: 'recoveryPointAgeUnit', ParameterValue: 'days' },
          { ParameterName: 'recoveryPointAgeValue', ParameterValue: '1' },
        ],
        ControlScope: { ComplianceResourceTypes: ['EBS', 'RDS'] },
      },
    ],
  });
});

test('takes description and tags', () => {
  templateOf({ frameworkDescription: 'what auditors see', tags: { owner: 'platform' } }).hasResourceProperties(TYPE, {
    FrameworkDescription: 'what auditors see',
    FrameworkTags: [{ Key: 'owner', Value: 'platform' }],
  });
});

test('fails for what AWS Backup refuses, all of it at once', () => {
  const controls = [FrameworkControl.backupRecoveryPointMinimumRetention({ requiredRetentionDays: 0 })];
  expect(refusal(() => framework(stackOf(), { frameworkName: 'my-framework', controls }))).toBe(
    [
      'S/Framework: 2 value(s) that AWS Backup refuses',
      '  frameworkName must be 1 to 256 letters, digits and underscores, the first of them a letter, got my-framework [framework-name] (https://docs.aws.amazon.com/aws-backup/latest/devguide/API_CreateFramework.html)',
      '  controls[0].requiredRetentionDays must be a whole number of days from 1 to 36500, got 0 days [audit-parameter-days] (Assumed; AWS Backup facts B10.1/7)',
    ].join('\n'),
  );
});

test('takes a token for every value', () => {
  const stack = stackOf();
  const number = (id: string) => new CfnParameter(stack, id, { type: 'Number' }).valueAsNumber;
  const text = (id: string) => new CfnParameter(stack, id).valueAsString;
  framework(stack, {
    frameworkName: text('Name'),
    frameworkDescription: text('Description'),
    controls: [
      FrameworkControl.backupPlanMinFrequencyAndMinRetention({
        requiredFrequency: AuditPeriod.days(number('Frequency')),
        requiredRetentionDays: number('Retention'),
      }),
      FrameworkControl.backupRecoveryPointManualDeletionDisabled({ principalArns: [text('Role'), text('Other')] }),
      FrameworkControl.backupResourcesProtectedByCrossRegion({
        crossRegions: new CfnParameter(stack, 'Regions', { type: 'CommaDelimitedList' }).valueAsList,
      }),
      FrameworkControl.restoreTimeForResourcesMeetTarget({ maxRestoreTimeMinutes: number('Minutes') }),
    ],
    tags: { owner: text('Owner') },
  });
  const value = (ParameterName: string, ParameterValue: unknown) => ({ ParameterName, ParameterValue });
  Template.fromStack(stack).hasResourceProperties(TYPE, {
    FrameworkName: { Ref: 'Name' },
    FrameworkDescription: { Ref: 'Description' },
    FrameworkControls: [
      {
        ControlInputParameters: [
          value('requiredFrequencyUnit', 'days'),
          value('requiredFrequencyValue', { Ref: 'Frequency' }),
          value('requiredRetentionDays', { Ref: 'Retention' }),
        ],
      },
      {
        ControlInputParameters: [
          value('principalArnList', { 'Fn::Join': ['', [{ Ref: 'Role' }, ',', { Ref: 'Other' }]] }),
        ],
      },
      { ControlInputParameters: [value('crossRegionList', { 'Fn::Join': [',', { Ref: 'Regions' }] })] },
      { ControlInputParameters: [value('maxRestoreTime', { Ref: 'Minutes' })] },
    ],
  });
});

/** Warnings about one framework, and nothing else of the app. */
function warnings(stack: Stack): string[] {
  return annotations(stack, 'warning').filter((warning) => warning.startsWith('/S/Framework'));
}

describe('what can never comply', () => {
  test('is told at synthesis, though the plan comes later', () => {
    const stack = stackOf();
    framework(stack, { controls: [FrameworkControl.backupPlanMinFrequencyAndMinRetention()] });
    const vault = new Vault(stack, 'Vault', { backupVaultName: 'primary' }).backupVault;
    const rules = [
      { ruleName: 'daily', vault, schedule: Schedule.daily(), deleteAfter: Duration.days(30) },
      { ruleName: 'weekly', vault, schedule: Schedule.weekly(), deleteAfter: Duration.days(90) },
    ];
    new Plan(stack, 'Plan', { backupPlanName: 'ledger', rules });
    expect(warnings(stack)).toEqual([
      '/S/Framework: S/Plan.rules must be a plan with one rule that runs every 24 hours and keeps 35 days, got daily that runs every 24 hours and keeps 30 days, weekly that runs every 168 hours and keeps 90 days [framework-plan-never-complies] (Assumed; AWS Backup facts B10.1/8)',
    ]);
  });

  test('is told of plans that others made', () => {
    const stack = stackOf();
    framework(stack, { controls: [FrameworkControl.backupRecoveryPointMinimumRetention()] });
    backup.BackupPlan.dailyMonthly1YearRetention(stack, 'Plan');
    new backup.BackupPlan(stack, 'Short', {
      backupPlanRules: [new backup.BackupPlanRule({ ruleName: 'daily', deleteAfter: Duration.days(7) })],
    });
    expect(warnings(stack)).toEqual([
      '/S/Framework: S/Short.rules[0].lifecycle.deleteAfterDays must be at least 35 days, as S/Framework.controls[0] demands, got 7 days [framework-retention-never-complies] (AWS Backup facts B10.1/8)',
    ]);
  });

  test('is told of a vault without break-glass roles, whose policy somebody may still change', () => {
    const stack = stackOf();
    framework(stack, { controls: [FrameworkControl.backupRecoveryPointManualDeletionDisabled()] });
    new Vault(stack, 'Vault', { backupVaultName: 'primary' });
    expect(warnings(stack)).toEqual([
      expect.stringContaining(
        'S/Vault.accessPolicy must be a policy that denies all principals but the listed ones to delete recovery points, to update their lifecycle and to put the policy, got none for backup:PutBackupVaultAccessPolicy [framework-vault-never-complies]',
      ),
    ]);
  });

  test('is not told of a vault whose break-glass roles the control lists', () => {
    const stack = stackOf();
    const arn = 'arn:aws:iam::111122223333:role/break-glass';
    framework(stack, {
      controls: [FrameworkControl.backupRecoveryPointManualDeletionDisabled({ principalArns: [arn] })],
    });
    const breakGlassRoles = [iam.Role.fromRoleArn(stack, 'Role', arn)];
    new Vault(stack, 'Vault', { backupVaultName: 'primary', breakGlassRoles });
    expect(warnings(stack)).toEqual([]);
  });

  test('is not told of another Region', () => {
    const app = new App();
    const env = { account: '111122223333', region: 'eu-central-1' };
    const stack = new Stack(app, 'S', { env });
    const there = new Stack(app, 'There', { env: { ...env, region: 'eu-west-1' } });
    framework(stack, { controls: [FrameworkControl.backupRecoveryPointManualDeletionDisabled()] });
    new Vault(there, 'Vault', { backupVaultName: 'primary' });
    expect(warnings(stack)).toEqual([]);
  });

  test('is an information where it is waived', () => {
    const stack = stackOf();
    framework(stack, {
      controls: [FrameworkControl.backupRecoveryPointManualDeletionDisabled()],
      waivers: [{ rule: 'framework-vault-never-complies', path: 'S/Vault.*', reason: 'a rehearsal' }],
    });
    new Vault(stack, 'Vault', { backupVaultName: 'primary' });
    expect(warnings(stack)).toEqual([]);
    expect(annotations(stack, 'info').join()).toContain('waived: a rehearsal');
    Template.fromStack(stack).hasResource(TYPE, {
      Metadata: { Holdfast: { waivers: [{ rule: 'framework-vault-never-complies', reason: 'a rehearsal' }] } },
    });
  });
});

describe('recorder', () => {
  const inApp = { configRecorder: undefined };

  test('is missed where the app has none', () => {
    const stack = stackOf();
    framework(stack, inApp);
    expect(warnings(stack)).toEqual([
      '/S/Framework: configRecorder must be a recorder of AWS Config in the account and Region, in the app or said to exist; without one nothing is evaluated, got none [config-recorder-none] (AWS Backup facts B10.1/5)',
    ]);
  });

  test('of the app is waited for, and is missed for types that it does not record', () => {
    const stack = stackOf();
    framework(stack, inApp);
    new config.CfnConfigurationRecorder(stack, 'Recorder', {
      roleArn: 'arn:aws:iam::111122223333:role/config',
      recordingGroup: { resourceTypes: ['AWS::Backup::RecoveryPoint'] },
    });
    expect(warnings(stack)).toEqual([
      '/S/Framework: configRecorder must be a recorder of the resource types that the controls and rules are about, got none for AWS::Config::ResourceCompliance [config-recorder-types] (AWS Backup facts B10.1/5)',
    ]);
    Template.fromStack(stack).hasResource(TYPE, { DependsOn: ['Recorder'] });
  });

  test.each([
    ['no group', undefined],
    ['all types', { AllSupported: true }],
    ['the strategy for all', { RecordingStrategy: { UseOnly: 'ALL_SUPPORTED_RESOURCE_TYPES' } }],
    ['the types', { ResourceTypes: ['AWS::Backup::RecoveryPoint', 'AWS::Config::ResourceCompliance'] }],
    ['all but others', { ExclusionByResourceTypes: { ResourceTypes: ['AWS::EC2::Volume'] } }],
  ])('with %s records enough', (_, group) => {
    const stack = stackOf();
    framework(stack, inApp);
    new CfnResource(stack, 'Recorder', {
      type: 'AWS::Config::ConfigurationRecorder',
      properties: { RoleARN: 'arn:aws:iam::111122223333:role/config', RecordingGroup: group },
    });
    expect(warnings(stack)).toEqual([]);
  });

  test('that leaves out a type that is needed is told of', () => {
    const stack = stackOf();
    framework(stack, inApp);
    new config.CfnConfigurationRecorder(stack, 'Recorder', {
      roleArn: 'arn:aws:iam::111122223333:role/config',
      recordingGroup: { exclusionByResourceTypes: { resourceTypes: ['AWS::Backup::RecoveryPoint'] } },
    });
    expect(warnings(stack).join()).toContain('got none for AWS::Backup::RecoveryPoint [config-recorder-types]');
  });

  test('of another Region does not count', () => {
    const app = new App();
    const env = { account: '111122223333', region: 'eu-central-1' };
    const stack = new Stack(app, 'S', { env });
    framework(stack, inApp);
    new config.CfnConfigurationRecorder(new Stack(app, 'There', { env: { ...env, region: 'eu-west-1' } }), 'R', {
      roleArn: 'arn:aws:iam::111122223333:role/config',
    });
    expect(warnings(stack).join()).toContain('[config-recorder-none]');
  });

  test('of another stack of the same place is waited for', () => {
    const app = new App();
    const [stack, base] = [new Stack(app, 'S'), new Stack(app, 'Base')];
    framework(stack, inApp);
    new config.CfnConfigurationRecorder(base, 'R', { roleArn: 'arn:aws:iam::111122223333:role/config' });
    expect(
      app
        .synth()
        .getStackByName('S')
        .dependencies.map(({ id }) => id),
    ).toContain('Base');
    expect(warnings(stack)).toEqual([]);
  });

  test('fails the synthesis when there are two, as an account and Region has one', () => {
    const stack = stackOf();
    framework(stack, inApp);
    for (const id of ['A', 'B']) {
      new config.CfnConfigurationRecorder(stack, id, { roleArn: 'arn:aws:iam::111122223333:role/config' });
    }
    expect(refusal(() => Template.fromStack(stack))).toContain('got 2 [config-recorder-unique]');
  });
});

test('is imported by its ARN', () => {
  const arn = 'arn:aws:backup:eu-central-1:111122223333:framework:daily-0000';
  expect(AuditFramework.fromFrameworkArn(stackOf(), 'Imported', arn).frameworkArn).toBe(arn);
});

test('keeps its ids and logical ids', () => {
  const stack = stackOf();
  const made = framework(stack);
  expect(stack.node.findAll().map((construct) => construct.node.path)).toEqual([
    'S',
    'S/Framework',
    'S/Framework/Resource',
  ]);
  expect(Object.keys(Template.fromStack(stack).toJSON().Resources)).toEqual(['Framework1E67B9FA']);
  expect(stack.resolve(made.frameworkArn)).toEqual({ 'Fn::GetAtt': ['Framework1E67B9FA', 'FrameworkArn'] });
});

test(
  'every audit with every property is clean under cdk-nag and cfn-lint',
  () => {
    const stack = naggedStack();
    declareEveryAudit(stack);
    const app = stack.node.root as App;
    expect(nagFindings(app)).toEqual([]);
    expect(cfnLint(app, 'audits')).toBe('');
  },
  SLOW,
);
