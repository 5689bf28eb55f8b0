import {
  AuditedService,
  AuditPeriod,
  BackupConfigRule,
  BackupConfigRules,
  ConfigRecording,
  ConfigRecordings,
  ConformancePack,
  ConformancePacks,
  ControlTrigger,
  FrameworkControl,
  FrameworkControls,
  IValueProbe,
} from '@holdfast/model';
import { ManagedRuleIdentifiers } from 'aws-cdk-lib/aws-config';
import { ENV, many, PLAIN, Row, tagsOf, testRows } from './rows';

const { EBS, FSX, RDS, S3 } = AuditedService;

// prettier-ignore
const RULES: Row<BackupConfigRule[]>[] = [
  ['config-rule-none',       'passes', [BackupConfigRule.backupRecoveryPointEncrypted()]],
  ['config-rule-none',       'fails',  [], 'rules', '0'],
  ['config-rule-identifier', 'passes', [BackupConfigRule.resourcesProtectedByBackupPlan(FSX)]],
  ['config-rule-identifier', 'fails',  [BackupConfigRule.resourcesInLogicallyAirGappedVault(RDS)], 'rules[0].sourceIdentifier', 'RDS_RESOURCES_IN_LOGICALLY_AIR_GAPPED_VAULT'],
  ['config-rule-identifier', 'fails',  [BackupConfigRule.custom('S3_BUCKET_LOGGING_ENABLED')], 'rules[0].sourceIdentifier', 'S3_BUCKET_LOGGING_ENABLED'],
  ['config-rule-duplicate',  'passes', [BackupConfigRule.resourcesProtectedByBackupPlan(EBS), BackupConfigRule.resourcesProtectedByBackupPlan(EBS, { resourceTags: { stage: 'prod' } })]],
  ['config-rule-duplicate',  'fails',  [BackupConfigRule.resourcesProtectedByBackupPlan(EBS), BackupConfigRule.resourcesProtectedByBackupPlan(EBS)], 'rules[1]', 'EBS_RESOURCES_PROTECTED_BY_BACKUP_PLAN again, as in [0]'],
  ['audit-parameter-days',   'passes', [BackupConfigRule.backupRecoveryPointMinimumRetention(36500)]],
  ['audit-parameter-days',   'fails',  [BackupConfigRule.backupRecoveryPointMinimumRetention(0)], 'rules[0].requiredRetentionDays', '0 days'],
  ['audit-parameter-days',   'fails',  [BackupConfigRule.resourcesProtectedByBackupPlan(S3, { minRetentionDays: 0 })], 'rules[0].minRetentionDays', '0 days'],
  ['audit-parameter-lock-bounds', 'fails', [BackupConfigRule.resourcesProtectedByBackupPlan(S3, { minRetentionDays: 2, maxRetentionDays: 1 })], 'rules[0].maxRetentionDays', '1 day'],
  ['audit-parameter-period', 'passes', [BackupConfigRule.backupPlanMinFrequencyAndMinRetention({ requiredFrequency: AuditPeriod.days(31) })]],
  ['audit-parameter-period', 'fails',  [BackupConfigRule.backupPlanMinFrequencyAndMinRetention({ requiredFrequency: AuditPeriod.days(32) })], 'rules[0].requiredFrequencyValue', '32 days'],
  ['audit-parameter-period', 'fails',  [BackupConfigRule.lastBackupRecoveryPointCreated(EBS, { recoveryPointAge: AuditPeriod.hours(745) })], 'rules[0].recoveryPointAgeValue', '745 hours'],
  ['audit-parameter-period', 'fails',  [BackupConfigRule.resourcesInLogicallyAirGappedVault(EBS, { recoveryPointAge: AuditPeriod.days(92) })], 'rules[0].recoveryPointAgeValue', '92 days'],
  ['audit-parameter-restore-time', 'fails', [BackupConfigRule.meetsRestoreTimeTarget(EBS, { maxRestoreTimeMinutes: 0 })], 'rules[0].maxRestoreTime', '0'],
  ['audit-parameter-own-region', 'fails', [BackupConfigRule.resourcesProtectedByBackupPlan(EBS, { crossRegions: [ENV.region] })], 'rules[0].crossRegionList', 'eu-central-1'],
  ['audit-parameter-accounts', 'fails', [BackupConfigRule.resourcesProtectedByBackupPlan(EBS, { crossAccounts: ['1'] })], 'rules[0].crossAccountList', '1'],
  ['audit-parameter-flag',   'passes', [BackupConfigRule.resourcesProtectedByBackupPlan(EBS, { backupVaultLockCheck: true })]],
  ['audit-parameter-flag',   'fails',  [BackupConfigRule.custom('EBS_RESOURCES_PROTECTED_BY_BACKUP_PLAN', [{ parameterName: 'backupVaultLockCheck', parameterValue: 'yes' }])], 'rules[0].backupVaultLockCheck', 'yes'],
  ['audit-parameter-tags',   'passes', [BackupConfigRule.resourcesProtectedByBackupPlan(EBS, { resourceTags: { stage: 'prod' } })]],
  ['audit-parameter-tags',   'passes', [BackupConfigRule.custom('EBS_RESOURCES_PROTECTED_BY_BACKUP_PLAN', [{ parameterName: 'resourceTags', parameterValue: '{"stage":"prod"}' }])]],
  ['audit-parameter-tags',   'fails',  [BackupConfigRule.resourcesProtectedByBackupPlan(EBS, { resourceTags: {} })], 'rules[0].resourceTags', '{}'],
  ['audit-parameter-tags',   'fails',  [BackupConfigRule.custom('EBS_RESOURCES_PROTECTED_BY_BACKUP_PLAN', [{ parameterName: 'resourceTags', parameterValue: 'stage=prod' }])], 'rules[0].resourceTags', 'stage=prod'],
];

testRows((rules) => BackupConfigRules.check(rules, ENV, 'rules', PLAIN), RULES);

// prettier-ignore
const NAMES: Row<string>[] = [
  ['config-rule-name', 'passes', 'x'.repeat(128)],
  ['config-rule-name', 'fails',  'x'.repeat(129), 'prefix', `129 characters: ${'x'.repeat(129)}`],
];

testRows((name) => BackupConfigRules.checkNames([name], 'prefix', PLAIN), NAMES);

test('names are those of the pages, with a number where a rule comes again', () => {
  const rules = [
    BackupConfigRule.resourcesProtectedByBackupPlan(EBS),
    BackupConfigRule.backupRecoveryPointEncrypted(),
    BackupConfigRule.resourcesProtectedByBackupPlan(EBS),
  ];
  expect(BackupConfigRules.namesOf(rules)).toEqual([
    'ebs-resources-protected-by-backup-plan',
    'backup-recovery-point-encrypted',
    'ebs-resources-protected-by-backup-plan-2',
  ]);
});

test('what the CDK knows of the identifiers agrees with the catalogue', () => {
  const ours = new Set(BackupConfigRules.all().map(({ sourceIdentifier }) => sourceIdentifier));
  const theirs = Object.values(ManagedRuleIdentifiers as unknown as Record<string, string>).filter((identifier) =>
    /^BACKUP_|_RESOURCES_PROTECTED_BY_BACKUP_PLAN$|_LAST_BACKUP_RECOVERY_POINT_CREATED$/.test(identifier),
  );
  expect(theirs.length).toBeGreaterThan(20);
  expect(theirs.filter((identifier) => !ours.has(identifier))).toEqual([]);
});

test('a rule takes the parameters of the control of its name', () => {
  const shared = BackupConfigRules.all().filter(({ trigger }) => trigger === ControlTrigger.CONFIGURATION_CHANGES);
  expect(shared).toHaveLength(4);
  for (const { sourceIdentifier, parameters, trigger } of shared) {
    expect(FrameworkControls.find(sourceIdentifier)).toMatchObject({ parameters, trigger });
  }
});

test('the catalogue of controls names each factory, and the rule of each parameter once', () => {
  const controls = FrameworkControls.all();
  expect(controls).toHaveLength(11);
  for (const { controlName, factory, parameters, recordedResourceTypes } of controls) {
    const made = Reflect.get(FrameworkControl, factory).call(FrameworkControl, { maxRestoreTimeMinutes: 60 });
    expect(made.controlName).toBe(controlName);
    const names = parameters.map(({ parameterName }) => parameterName);
    expect(new Set(names).size).toBe(names.length);
    expect(names).toEqual(expect.arrayContaining(made.controlInputParameters.map((p: any) => p.parameterName)));
    expect(recordedResourceTypes).toContain('AWS::Config::ResourceCompliance');
  }
  expect(() => FrameworkControls.find('NONE')).toThrow('control must be one of AWS Backup Audit Manager, got NONE');
});

const pack = (over: Partial<ConformancePack> = {}): ConformancePack => ({
  conformancePackName: 'backup',
  env: ENV,
  rules: [BackupConfigRule.backupRecoveryPointEncrypted()],
  ...over,
});
const narrowed = (n: number) => BackupConfigRule.resourcesProtectedByBackupPlan(EBS, { resourceId: `vol-${n}` });
const large = (count: number) =>
  many(count, (n) => BackupConfigRule.resourcesProtectedByBackupPlan(EBS, { resourceTags: tagsOf(n + 50) }));
const size = (rules: BackupConfigRule[]) => JSON.stringify(ConformancePacks.template(rules, PLAIN)).length;

// prettier-ignore
const PACKS: Row<Partial<ConformancePack>>[] = [
  ['conformance-pack-name',  'passes', { conformancePackName: `a${'-'.repeat(255)}` }],
  ['conformance-pack-name',  'fails',  { conformancePackName: `a${'-'.repeat(256)}` }, 'conformancePackName', `a${'-'.repeat(256)}`],
  ['conformance-pack-name',  'fails',  { conformancePackName: 'my_pack' }, 'conformancePackName', 'my_pack'],
  ['config-rule-none',       'fails',  { rules: [] }, 'rules', '0'],
  ['conformance-pack-quota', 'passes', { rules: many(130, narrowed) }],
  ['conformance-pack-quota', 'fails',  { rules: many(131, narrowed) }, 'rules', '131'],
  ['conformance-pack-template-size', 'passes', { rules: large(24) }],
  ['conformance-pack-template-size', 'fails',  { rules: large(40) }, 'rules', `${size(large(40))} characters`],
];

testRows((over) => ConformancePacks.check(pack(over), '', PLAIN), PACKS);

test('the template of a pack has a rule of AWS for each, with texts for parameters', () => {
  const rules = [
    BackupConfigRule.backupRecoveryPointEncrypted(),
    BackupConfigRule.resourcesProtectedByBackupPlan(EBS, {
      crossRegions: ['eu-west-1', 'eu-west-2'],
      crossAccounts: ['111122223333'],
      minRetentionDays: 7,
      maxRetentionDays: 400,
      backupVaultLockCheck: false,
      resourceTags: { stage: 'prod' },
    }),
  ];
  expect(ConformancePacks.template(rules, PLAIN)).toEqual({
    Resources: {
      BackupRecoveryPointEncrypted: {
        Type: 'AWS::Config::ConfigRule',
        Properties: {
          ConfigRuleName: 'backup-recovery-point-encrypted',
          Source: { Owner: 'AWS', SourceIdentifier: 'BACKUP_RECOVERY_POINT_ENCRYPTED' },
        },
      },
      EbsResourcesProtectedByBackupPlan: {
        Type: 'AWS::Config::ConfigRule',
        Properties: {
          ConfigRuleName: 'ebs-resources-protected-by-backup-plan',
          InputParameters: {
            crossRegionList: 'eu-west-1,eu-west-2',
            crossAccountList: '111122223333',
            minRetentionDays: '7',
            maxRetentionDays: '400',
            backupVaultLockCheck: 'False',
            resourceTags: '{"stage":"prod"}',
          },
          Source: { Owner: 'AWS', SourceIdentifier: 'EBS_RESOURCES_PROTECTED_BY_BACKUP_PLAN' },
        },
      },
    },
  });
});

test('tokens are neither checked nor made text of', () => {
  const token = -1e289;
  const probe: IValueProbe = { known: (value) => value !== token && value !== '${Token}' };
  const rules = [
    BackupConfigRule.backupRecoveryPointMinimumRetention(token),
    BackupConfigRule.custom('${Token}'),
    BackupConfigRule.lastBackupRecoveryPointCreated(EBS, { recoveryPointAge: AuditPeriod.days(token) }),
  ];
  expect(ConformancePacks.check(pack({ conformancePackName: '${Token}', rules }), '', probe)).toEqual([]);
  const { Resources: resources } = ConformancePacks.template(rules, probe) as { Resources: any };
  const properties = resources.BackupRecoveryPointMinimumRetentionCheck.Properties;
  expect(properties.InputParameters.requiredRetentionDays).toBe(token);
});

const NEEDED = ['AWS::Backup::BackupPlan', 'AWS::Config::ResourceCompliance'];

// prettier-ignore
const RECORDERS: Row<ConfigRecording[]>[] = [
  ['config-recorder-none',   'passes', [{ allSupported: true }]],
  ['config-recorder-none',   'fails',  [], 'configRecorder', 'none'],
  ['config-recorder-unique', 'passes', [{ allSupported: true }]],
  ['config-recorder-unique', 'fails',  [{ allSupported: true }, { resourceTypes: NEEDED }], 'configRecorder', '2'],
  ['config-recorder-types',  'passes', [{ allSupported: true }]],
  ['config-recorder-types',  'passes', [{ resourceTypes: NEEDED }]],
  ['config-recorder-types',  'fails',  [{ resourceTypes: [NEEDED[0] as string] }], 'configRecorder', 'none for AWS::Config::ResourceCompliance'],
  ['config-recorder-types',  'fails',  [{}], 'configRecorder', 'none for AWS::Backup::BackupPlan, AWS::Config::ResourceCompliance'],
  ['config-recorder-types',  'fails',  [{ allSupported: true, excludedResourceTypes: ['AWS::Backup::BackupPlan'] }], 'configRecorder', 'none for AWS::Backup::BackupPlan'],
];

testRows((recordings) => ConfigRecordings.check(NEEDED, recordings, 'configRecorder', PLAIN), RECORDERS);

// prettier-ignore
const TYPES: Row<string[]>[] = [
  ['config-recorder-type', 'passes', ['AWS::EC2::Volume']],
  ['config-recorder-type', 'fails',  ['AWS::EC2::Volume', 'EBS'], 'types[1]', 'EBS'],
];

testRows((types) => ConfigRecordings.checkTypes(types, 'types', PLAIN), TYPES);

test('records what controls and rules are about, as far as AWS Config records it', () => {
  const controls = [
    FrameworkControl.backupResourcesProtectedByBackupPlan(),
    FrameworkControl.backupRecoveryPointEncrypted(),
  ];
  const rules = [
    BackupConfigRule.resourcesProtectedByBackupPlan(EBS),
    BackupConfigRule.resourcesProtectedByBackupPlan(FSX),
  ];
  expect(ConfigRecordings.neededTypes(controls, rules)).toEqual([
    'AWS::Backup::BackupSelection',
    'AWS::Backup::RecoveryPoint',
    'AWS::Config::ResourceCompliance',
    'AWS::EC2::Volume',
  ]);
  expect(ConfigRecordings.neededTypes([], [])).toEqual([]);
});
