import {
  AuditPeriod,
  BackupFramework,
  BackupFrameworkRules,
  ControlScope,
  EstateRules,
  FrameworkControl,
} from '@holdfast/model';
import { ENV, many, PLAIN, Row, testRows } from './rows';

function framework(over: Partial<BackupFramework> = {}): BackupFramework {
  return { frameworkName: 'daily', env: ENV, controls: [FrameworkControl.backupRecoveryPointEncrypted()], ...over };
}

const check = (declared: BackupFramework) => BackupFrameworkRules.check(declared, '', PLAIN);

// prettier-ignore
const FRAMEWORKS: Row<Partial<BackupFramework>>[] = [
  ['framework-name',        'passes', { frameworkName: 'a' }],
  ['framework-name',        'passes', { frameworkName: 'A_9' }],
  ['framework-name',        'passes', { frameworkName: `a${'b'.repeat(255)}` }],
  ['framework-name',        'fails',  { frameworkName: `a${'b'.repeat(256)}` }, 'frameworkName', `a${'b'.repeat(256)}`],
  ['framework-name',        'fails',  { frameworkName: '' }, 'frameworkName', 'an empty name'],
  ['framework-name',        'fails',  { frameworkName: '9a' }, 'frameworkName', '9a'],
  ['framework-name',        'fails',  { frameworkName: 'a-b' }, 'frameworkName', 'a-b'],
  ['framework-description', 'passes', { frameworkDescription: 'x'.repeat(1024) }],
  ['framework-description', 'fails',  { frameworkDescription: 'x'.repeat(1025) }, 'frameworkDescription', '1025 characters'],
  ['framework-description', 'fails',  { frameworkDescription: ' ' }, 'frameworkDescription', 'spaces alone'],
  ['framework-controls',    'passes', {}],
  ['framework-controls',    'fails',  { controls: [] }, 'controls', '0'],
  ['framework-control-name', 'passes', { controls: [FrameworkControl.backupResourcesProtectedByBackupPlan()] }],
  ['framework-control-name', 'fails',  { controls: [FrameworkControl.custom('BACKUP_FORGOTTEN')] }, 'controls[0].controlName', 'BACKUP_FORGOTTEN'],
  ['framework-control-duplicate', 'passes', { controls: [FrameworkControl.backupRecoveryPointMinimumRetention(), FrameworkControl.backupRecoveryPointMinimumRetention({ requiredRetentionDays: 90 })] }],
  ['framework-control-duplicate', 'passes', { controls: [FrameworkControl.backupRecoveryPointEncrypted(), FrameworkControl.backupRecoveryPointEncrypted({ scope: ControlScope.tagged('stage', 'prod') })] }],
  ['framework-control-duplicate', 'fails',  { controls: many(2, () => FrameworkControl.backupRecoveryPointEncrypted()) }, 'controls[1]', 'BACKUP_RECOVERY_POINT_ENCRYPTED again, as in controls[0]'],
];

testRows((over) => check(framework(over)), FRAMEWORKS);

const { hours, days } = AuditPeriod;
const role = (name: string) => `arn:aws:iam::123456789012:role/${name}`;

// prettier-ignore
const PARAMETERS: Row<FrameworkControl>[] = [
  ['audit-parameter-name',    'passes', FrameworkControl.backupPlanMinFrequencyAndMinRetention()],
  ['audit-parameter-name',    'fails',  FrameworkControl.custom('BACKUP_RECOVERY_POINT_ENCRYPTED', [{ parameterName: 'days', parameterValue: '1' }]), 'controls[0].days', 'days'],
  ['audit-parameter-name',    'fails',  FrameworkControl.custom('BACKUP_RECOVERY_POINT_MINIMUM_RETENTION_CHECK', [{ parameterName: 'retention', parameterValue: '1' }]), 'controls[0].retention', 'retention'],
  ['audit-parameter-missing', 'passes', FrameworkControl.restoreTimeForResourcesMeetTarget({ maxRestoreTimeMinutes: 720 })],
  ['audit-parameter-missing', 'fails',  FrameworkControl.custom('RESTORE_TIME_FOR_RESOURCES_MEET_TARGET'), 'controls[0].maxRestoreTime', 'none'],
  ['audit-parameter-restore-time', 'passes', FrameworkControl.restoreTimeForResourcesMeetTarget({ maxRestoreTimeMinutes: 1 })],
  ['audit-parameter-restore-time', 'fails',  FrameworkControl.restoreTimeForResourcesMeetTarget({ maxRestoreTimeMinutes: 0 }), 'controls[0].maxRestoreTime', '0'],
  ['audit-parameter-restore-time', 'fails',  FrameworkControl.restoreTimeForResourcesMeetTarget({ maxRestoreTimeMinutes: 1.5 }), 'controls[0].maxRestoreTime', '1.5'],
  ['audit-parameter-days',    'passes', FrameworkControl.backupRecoveryPointMinimumRetention({ requiredRetentionDays: 1 })],
  ['audit-parameter-days',    'fails',  FrameworkControl.backupRecoveryPointMinimumRetention({ requiredRetentionDays: 0 }), 'controls[0].requiredRetentionDays', '0 days'],
  ['audit-parameter-days',    'passes', FrameworkControl.backupRecoveryPointMinimumRetention({ requiredRetentionDays: 36500 })],
  ['audit-parameter-days',    'fails',  FrameworkControl.backupRecoveryPointMinimumRetention({ requiredRetentionDays: 36501 }), 'controls[0].requiredRetentionDays', '36501 days'],
  ['audit-parameter-days',    'fails',  FrameworkControl.backupPlanMinFrequencyAndMinRetention({ requiredRetentionDays: 0 }), 'controls[0].requiredRetentionDays', '0 days'],
  ['audit-parameter-days',    'fails',  FrameworkControl.backupResourcesProtectedByBackupVaultLock({ minRetentionDays: 0 }), 'controls[0].minRetentionDays', '0 days'],
  ['audit-parameter-days',    'fails',  FrameworkControl.backupResourcesProtectedByBackupVaultLock({ maxRetentionDays: 36501 }), 'controls[0].maxRetentionDays', '36501 days'],
  ['audit-parameter-days',    'passes', FrameworkControl.custom('BACKUP_RECOVERY_POINT_MINIMUM_RETENTION_CHECK', [{ parameterName: 'requiredRetentionDays', parameterValue: '35' }])],
  ['audit-parameter-days',    'fails',  FrameworkControl.custom('BACKUP_RECOVERY_POINT_MINIMUM_RETENTION_CHECK', [{ parameterName: 'requiredRetentionDays', parameterValue: 'a month' }]), 'controls[0].requiredRetentionDays', 'a month'],
  ['audit-parameter-lock-bounds', 'passes', FrameworkControl.backupResourcesProtectedByBackupVaultLock({ minRetentionDays: 30, maxRetentionDays: 30 })],
  ['audit-parameter-lock-bounds', 'fails',  FrameworkControl.backupResourcesProtectedByBackupVaultLock({ minRetentionDays: 31, maxRetentionDays: 30 }), 'controls[0].maxRetentionDays', '30 days'],
  ['audit-parameter-unit',    'passes', FrameworkControl.backupLastRecoveryPointCreated({ recoveryPointAge: hours(24) })],
  ['audit-parameter-unit',    'fails',  FrameworkControl.custom('BACKUP_LAST_RECOVERY_POINT_CREATED', [{ parameterName: 'recoveryPointAgeUnit', parameterValue: 'weeks' }]), 'controls[0].recoveryPointAgeUnit', 'weeks'],
  ['audit-parameter-period',  'passes', FrameworkControl.backupPlanMinFrequencyAndMinRetention({ requiredFrequency: hours(1) })],
  ['audit-parameter-period',  'passes', FrameworkControl.backupPlanMinFrequencyAndMinRetention({ requiredFrequency: hours(24) })],
  ['audit-parameter-period',  'fails',  FrameworkControl.backupPlanMinFrequencyAndMinRetention({ requiredFrequency: hours(25) }), 'controls[0].requiredFrequencyValue', '25 hours'],
  ['audit-parameter-period',  'fails',  FrameworkControl.backupPlanMinFrequencyAndMinRetention({ requiredFrequency: hours(0) }), 'controls[0].requiredFrequencyValue', '0 hours'],
  ['audit-parameter-period',  'passes', FrameworkControl.backupPlanMinFrequencyAndMinRetention({ requiredFrequency: days(31) })],
  ['audit-parameter-period',  'fails',  FrameworkControl.backupPlanMinFrequencyAndMinRetention({ requiredFrequency: days(32) }), 'controls[0].requiredFrequencyValue', '32 days'],
  ['audit-parameter-period',  'passes', FrameworkControl.backupLastRecoveryPointCreated({ recoveryPointAge: hours(744) })],
  ['audit-parameter-period',  'fails',  FrameworkControl.backupLastRecoveryPointCreated({ recoveryPointAge: hours(745) }), 'controls[0].recoveryPointAgeValue', '745 hours'],
  ['audit-parameter-period',  'passes', FrameworkControl.backupLastRecoveryPointCreated({ recoveryPointAge: days(31) })],
  ['audit-parameter-period',  'fails',  FrameworkControl.backupLastRecoveryPointCreated({ recoveryPointAge: days(32) }), 'controls[0].recoveryPointAgeValue', '32 days'],
  ['audit-parameter-period',  'fails',  FrameworkControl.backupLastRecoveryPointCreated({ recoveryPointAge: days(0) }), 'controls[0].recoveryPointAgeValue', '0 days'],
  ['audit-parameter-period',  'passes', FrameworkControl.resourcesInLogicallyAirGappedVault({ recoveryPointAge: hours(24) })],
  ['audit-parameter-period',  'fails',  FrameworkControl.resourcesInLogicallyAirGappedVault({ recoveryPointAge: hours(23) }), 'controls[0].recoveryPointAgeValue', '23 hours'],
  ['audit-parameter-period',  'passes', FrameworkControl.resourcesInLogicallyAirGappedVault({ recoveryPointAge: hours(2184) })],
  ['audit-parameter-period',  'fails',  FrameworkControl.resourcesInLogicallyAirGappedVault({ recoveryPointAge: hours(2185) }), 'controls[0].recoveryPointAgeValue', '2185 hours'],
  ['audit-parameter-period',  'passes', FrameworkControl.resourcesInLogicallyAirGappedVault({ recoveryPointAge: days(91) })],
  ['audit-parameter-period',  'fails',  FrameworkControl.resourcesInLogicallyAirGappedVault({ recoveryPointAge: days(92) }), 'controls[0].recoveryPointAgeValue', '92 days'],
  ['audit-parameter-air-gapped-age', 'passes', FrameworkControl.resourcesInLogicallyAirGappedVault()],
  ['audit-parameter-air-gapped-age', 'passes', FrameworkControl.resourcesInLogicallyAirGappedVault({ recoveryPointAge: hours(168) })],
  ['audit-parameter-air-gapped-age', 'fails',  FrameworkControl.resourcesInLogicallyAirGappedVault({ recoveryPointAge: hours(167) }), 'controls[0].recoveryPointAgeValue', '167 hours'],
  ['audit-parameter-air-gapped-age', 'fails',  FrameworkControl.resourcesInLogicallyAirGappedVault({ recoveryPointAge: days(6) }), 'controls[0].recoveryPointAgeValue', '6 days'],
  ['audit-parameter-air-gapped-age', 'passes', FrameworkControl.backupLastRecoveryPointCreated()],
  ['audit-parameter-principals', 'passes', FrameworkControl.backupRecoveryPointManualDeletionDisabled({ principalArns: many(5, (n) => role(`r${n}`)) })],
  ['audit-parameter-principals', 'fails',  FrameworkControl.backupRecoveryPointManualDeletionDisabled({ principalArns: many(6, (n) => role(`r${n}`)) }), 'controls[0].principalArnList', '6'],
  ['audit-parameter-principals', 'fails',  FrameworkControl.backupRecoveryPointManualDeletionDisabled({ principalArns: [] }), 'controls[0].principalArnList', '0'],
  ['audit-parameter-principals', 'fails',  FrameworkControl.backupRecoveryPointManualDeletionDisabled({ principalArns: ['arn:aws:iam::123456789012:user/me'] }), 'controls[0].principalArnList', 'arn:aws:iam::123456789012:user/me'],
  ['audit-parameter-principals', 'passes', FrameworkControl.custom('BACKUP_RECOVERY_POINT_MANUAL_DELETION_DISABLED', [{ parameterName: 'principalArnList', parameterValue: `${role('a')}, ${role('b')}` }])],
  ['audit-parameter-regions', 'passes', FrameworkControl.backupResourcesProtectedByCrossRegion({ crossRegions: ['eu-west-1', 'us-gov-west-1'] })],
  ['audit-parameter-regions', 'fails',  FrameworkControl.backupResourcesProtectedByCrossRegion({ crossRegions: ['Ireland'] }), 'controls[0].crossRegionList', 'Ireland'],
  ['audit-parameter-regions', 'fails',  FrameworkControl.backupResourcesProtectedByCrossRegion({ crossRegions: ['eu-west-1', 'eu-west-1'] }), 'controls[0].crossRegionList', 'eu-west-1'],
  ['audit-parameter-regions', 'fails',  FrameworkControl.backupResourcesProtectedByCrossRegion({ crossRegions: [] }), 'controls[0].crossRegionList', '0'],
  ['audit-parameter-own-region', 'passes', FrameworkControl.backupResourcesProtectedByCrossRegion({ crossRegions: ['eu-west-1'] })],
  ['audit-parameter-own-region', 'fails',  FrameworkControl.backupResourcesProtectedByCrossRegion({ crossRegions: ['eu-west-1', 'eu-central-1'] }), 'controls[0].crossRegionList', 'eu-central-1'],
  ['audit-parameter-accounts', 'passes', FrameworkControl.backupResourcesProtectedByCrossAccount({ crossAccounts: many(5, (n) => `11112222333${n}`) })],
  ['audit-parameter-accounts', 'fails',  FrameworkControl.backupResourcesProtectedByCrossAccount({ crossAccounts: many(6, (n) => `11112222333${n}`) }), 'controls[0].crossAccountList', '6'],
  ['audit-parameter-accounts', 'fails',  FrameworkControl.backupResourcesProtectedByCrossAccount({ crossAccounts: ['11112222333'] }), 'controls[0].crossAccountList', '11112222333'],
  ['audit-parameter-own-account', 'passes', FrameworkControl.backupResourcesProtectedByCrossAccount({ crossAccounts: ['111122223333'] })],
  ['audit-parameter-own-account', 'fails',  FrameworkControl.backupResourcesProtectedByCrossAccount({ crossAccounts: ['123456789012'] }), 'controls[0].crossAccountList', '123456789012'],
];

testRows((control) => check(framework({ controls: [control] })), PARAMETERS);

const scoped = (scope: ControlScope) => FrameworkControl.backupLastRecoveryPointCreated({ scope });
const { custom, resourceTypes, singleResource, tagged } = ControlScope;

// prettier-ignore
const SCOPES: Row<FrameworkControl>[] = [
  ['framework-control-scope',      'passes', scoped(resourceTypes(['EBS', 'RDS']))],
  ['framework-control-scope',      'passes', scoped(tagged('stage', 'prod'))],
  ['framework-control-scope',      'passes', scoped(singleResource('RDS', 'orders'))],
  ['framework-control-scope',      'fails',  scoped(custom({ tags: { stage: 'prod' }, complianceResourceTypes: ['EBS'] })), 'controls[0].controlScope', '1 types, 0 ids and 1 tags'],
  ['framework-control-scope',      'fails',  scoped(custom({ complianceResourceIds: ['orders'] })), 'controls[0].controlScope', '0 types, 1 ids and 0 tags'],
  ['framework-control-scope',      'fails',  scoped(custom({ complianceResourceIds: ['orders'], complianceResourceTypes: ['EBS', 'RDS'] })), 'controls[0].controlScope', '2 types, 1 ids and 0 tags'],
  ['framework-control-scope-tags', 'passes', scoped(tagged('stage'))],
  ['framework-control-scope-tags', 'fails',  scoped(custom({ tags: { stage: 'prod', owner: 'me' } })), 'controls[0].controlScope.tags', '2'],
  ['framework-control-scope-ids',  'passes', scoped(custom({ complianceResourceTypes: ['RDS'], complianceResourceIds: many(100, String) }))],
  ['framework-control-scope-ids',  'fails',  scoped(custom({ complianceResourceTypes: ['RDS'], complianceResourceIds: many(101, String) })), 'controls[0].controlScope.complianceResourceIds', '101'],
  ['framework-control-scope-ids',  'fails',  scoped(custom({ complianceResourceTypes: ['RDS'], complianceResourceIds: [] })), 'controls[0].controlScope.complianceResourceIds', '0'],
  ['framework-control-scope-kind', 'passes', FrameworkControl.resourcesInLogicallyAirGappedVault({ scope: resourceTypes(['EC2']) })],
  ['framework-control-scope-kind', 'fails',  FrameworkControl.resourcesInLogicallyAirGappedVault({ scope: tagged('stage', 'prod') }), 'controls[0].controlScope', 'tag'],
  ['framework-control-scope-kind', 'fails',  FrameworkControl.backupRecoveryPointEncrypted({ scope: resourceTypes(['EC2']) }), 'controls[0].controlScope', 'resource types'],
  ['framework-control-scope-kind', 'fails',  FrameworkControl.backupRecoveryPointMinimumRetention({ scope: singleResource('RDS', 'x') }), 'controls[0].controlScope', 'single resource'],
  ['framework-control-scope-type', 'passes', scoped(resourceTypes(['Storage Gateway', 'Aurora', 'S3']))],
  ['framework-control-scope-type', 'passes', FrameworkControl.backupRecoveryPointManualDeletionDisabled({ scope: singleResource('AWS::Backup::BackupVault', 'default') })],
  ['framework-control-scope-type', 'fails',  scoped(resourceTypes(['EBS', 'Neptune'])), 'controls[0].controlScope.complianceResourceTypes[1]', 'Neptune'],
  ['framework-control-fsx-ontap',  'passes', scoped(resourceTypes(['FSx']))],
  ['framework-control-fsx-ontap',  'fails',  FrameworkControl.backupResourcesProtectedByCrossRegion({ scope: resourceTypes(['FSx']) }), 'controls[0].controlScope.complianceResourceTypes[0]', 'FSx'],
  ['framework-control-fsx-ontap',  'fails',  FrameworkControl.backupResourcesProtectedByCrossAccount({ scope: resourceTypes(['EBS', 'FSx']) }), 'controls[0].controlScope.complianceResourceTypes[1]', 'FSx'],
];

testRows((control) => check(framework({ controls: [control] })), SCOPES);

const some = (count: number, controls: number) =>
  many(count, (n) =>
    framework({
      frameworkName: `f${n}`,
      controls: many(controls, () => FrameworkControl.backupRecoveryPointEncrypted()),
    }),
  );

// prettier-ignore
const TOGETHER: Row<BackupFramework[]>[] = [
  ['framework-name-unique',   'passes', [framework(), framework({ env: { ...ENV, region: 'eu-west-1' } })]],
  ['framework-name-unique',   'fails',  [framework({ declaredAt: 'A' }), framework({ declaredAt: 'B' })], 'B.frameworkName', 'daily again, as in A'],
  ['framework-quota',         'passes', some(15, 1)],
  ['framework-quota',         'fails',  some(16, 1), 'f0', '16'],
  ['framework-quota',         'passes', [...some(15, 1), framework({ env: { ...ENV, region: 'eu-west-1' } })]],
  ['framework-control-quota', 'passes', some(5, 10)],
  ['framework-control-quota', 'fails',  some(3, 17), 'f0', '51'],
];

testRows((frameworks) => EstateRules.check({ frameworks }, PLAIN), TOGETHER);

test('a control is written out, defaults included', () => {
  const { controlName, controlInputParameters, controlScope } =
    FrameworkControl.backupPlanMinFrequencyAndMinRetention();
  expect(controlName).toBe('BACKUP_PLAN_MIN_FREQUENCY_AND_MIN_RETENTION_CHECK');
  expect(controlInputParameters).toEqual([
    { parameterName: 'requiredFrequencyUnit', parameterValue: 'days' },
    { parameterName: 'requiredFrequencyValue', parameterValue: 1 },
    { parameterName: 'requiredRetentionDays', parameterValue: 35 },
  ]);
  expect(controlScope).toBeUndefined();
});

test.each([
  ['the newest recovery point', FrameworkControl.backupLastRecoveryPointCreated(), ['days', 1]],
  ['an air-gapped recovery point', FrameworkControl.resourcesInLogicallyAirGappedVault(), ['days', 7]],
  ['retention', FrameworkControl.backupRecoveryPointMinimumRetention(), [35]],
  ['roles', FrameworkControl.backupRecoveryPointManualDeletionDisabled(), []],
  ['Regions', FrameworkControl.backupResourcesProtectedByCrossRegion(), []],
  ['accounts', FrameworkControl.backupResourcesProtectedByCrossAccount(), []],
  ['bounds of a lock', FrameworkControl.backupResourcesProtectedByBackupVaultLock(), []],
])('the default of %s is as documented', (_, control, values) => {
  expect(control.controlInputParameters.map(({ parameterValue }) => parameterValue)).toEqual(values);
});
