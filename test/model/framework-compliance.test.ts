import {
  AuditPeriod,
  BackupFrameworkRules,
  BackupPlan,
  BackupRule,
  BackupVault,
  ControlScope,
  FrameworkControl,
  IValueProbe,
  LogicallyAirGappedVault,
  Schedule,
  VaultPolicies,
} from '@holdfast/model';
import { airGapped, checkEstate, ENV, PLAIN, plan, Row, rule, testRows, vault, vaultArn } from './rows';

interface Case {
  readonly control: FrameworkControl;
  readonly rules?: Partial<BackupRule>[];
  readonly plans?: BackupPlan[];
  readonly vaults?: BackupVault[];
  readonly airGapped?: LogicallyAirGappedVault[];
}

function check({ control, rules, plans, vaults, airGapped: gapped }: Case) {
  const frameworks = [{ frameworkName: 'daily', env: ENV, controls: [control] }];
  const declared = plans ?? (rules === undefined ? [] : [plan({ rules: rules.map((over) => rule(over)) })]);
  return checkEstate({ frameworks, plans: declared, vaults: vaults ?? [], logicallyAirGappedVaults: gapped ?? [] });
}

const runs = (schedule: Schedule, deleteAfterDays?: number): Partial<BackupRule> => ({
  scheduleExpression: schedule.scheduleExpression,
  scheduleExpressionTimezone: schedule.timeZone,
  lifecycle: { deleteAfterDays },
});
const daily = (deleteAfterDays?: number) => runs(Schedule.daily({ timeZone: 'Europe/Berlin' }), deleteAfterDays);
const weekly = (deleteAfterDays?: number) => runs(Schedule.weekly(), deleteAfterDays);

const PLAN = FrameworkControl.backupPlanMinFrequencyAndMinRetention;
const everyHours = (value: number) => PLAN({ requiredFrequency: AuditPeriod.hours(value) });
const everyDays = (value: number) => PLAN({ requiredFrequency: AuditPeriod.days(value) });

// prettier-ignore
const PLANS: Row<Case>[] = [
  ['framework-plan-never-complies', 'passes', { control: PLAN(), rules: [daily(35)] }],
  ['framework-plan-never-complies', 'passes', { control: PLAN(), rules: [daily()] }],
  ['framework-plan-never-complies', 'fails',  { control: PLAN(), rules: [daily(34)] }, 'plan.rules', 'daily that runs every 25 hours and keeps 34 days'],
  ['framework-plan-never-complies', 'fails',  { control: PLAN(), rules: [{ ...daily(30), ruleName: 'a' }, { ...weekly(90), ruleName: 'b' }] }, 'plan.rules', 'a that runs every 25 hours and keeps 30 days, b that runs every 168 hours and keeps 90 days'],
  ['framework-plan-never-complies', 'passes', { control: PLAN(), rules: [{ ...daily(30), ruleName: 'a' }, { ...daily(90), ruleName: 'b' }] }],
  ['framework-plan-never-complies', 'fails',  { control: PLAN(), rules: [weekly()] }, 'plan.rules', 'daily that runs every 168 hours and keeps for ever'],
  ['framework-plan-never-complies', 'passes', { control: everyDays(7), rules: [weekly()] }],
  ['framework-plan-never-complies', 'fails',  { control: everyDays(6), rules: [weekly()] }, 'plan.rules', 'daily that runs every 168 hours and keeps for ever'],
  ['framework-plan-never-complies', 'passes', { control: everyDays(31), rules: [runs(Schedule.monthly())] }],
  ['framework-plan-never-complies', 'fails',  { control: everyDays(30), rules: [runs(Schedule.monthly())] }, 'plan.rules', 'daily that runs every 744 hours and keeps for ever'],
  // Every 12 hours from half past twelve is once a day: the count begins anew at midnight.
  ['framework-plan-never-complies', 'fails',  { control: everyHours(12), rules: [runs(Schedule.expression('cron(30 12/12 ? * * *)'))] }, 'plan.rules', 'daily that runs every 24 hours and keeps for ever'],
  ['framework-plan-never-complies', 'passes', { control: everyHours(12), rules: [runs(Schedule.expression('cron(30 0/12 ? * * *)'))] }],
  ['framework-plan-never-complies', 'passes', { control: everyHours(1), rules: [runs(Schedule.hourly())] }],
  ['framework-plan-never-complies', 'fails',  { control: PLAN(), rules: [runs(Schedule.expression('cron(0 5 1 1 ? 2027)'))] }, 'plan.rules', 'daily that does not recur and keeps for ever'],
  ['framework-plan-never-complies', 'passes', { control: PLAN(), rules: [runs(Schedule.expression('no schedule'))] }],
  ['framework-plan-never-complies', 'passes', { control: PLAN(), plans: [plan({ rules: [rule(weekly(1))], env: { ...ENV, region: 'eu-west-1' } })] }],
  ['framework-plan-never-complies', 'passes', { control: PLAN({ scope: ControlScope.tagged('stage', 'prod') }), plans: [plan({ rules: [rule(weekly(1))], tags: { stage: 'test' } })] }],
  ['framework-plan-never-complies', 'fails',  { control: PLAN({ scope: ControlScope.tagged('stage', 'prod') }), plans: [plan({ rules: [rule(weekly(1))], tags: { stage: 'prod' } })] }, 'plan.rules', 'daily that runs every 168 hours and keeps 1 day'],
  ['framework-plan-never-complies', 'fails',  { control: PLAN({ scope: ControlScope.tagged('stage') }), plans: [plan({ rules: [rule(weekly(1))], tags: { stage: 'any' } })] }, 'plan.rules', 'daily that runs every 168 hours and keeps 1 day'],
  ['framework-plan-never-complies', 'passes', { control: PLAN({ scope: ControlScope.singleResource('AWS::Backup::BackupPlan', 'an id') }), rules: [weekly(1)] }],
];

const MINIMUM = FrameworkControl.backupRecoveryPointMinimumRetention;
const copy = (deleteAfterDays?: number, over: Partial<typeof ENV> = {}): Partial<BackupRule> => ({
  ...daily(100),
  copyActions: [
    {
      destinationBackupVaultArn: vaultArn('copies', over),
      lifecycle: deleteAfterDays === undefined ? undefined : { deleteAfterDays },
    },
  ],
});

// prettier-ignore
const RETENTION: Row<Case>[] = [
  ['framework-retention-never-complies', 'passes', { control: MINIMUM(), rules: [daily(35)] }],
  ['framework-retention-never-complies', 'passes', { control: MINIMUM(), rules: [daily()] }],
  ['framework-retention-never-complies', 'fails',  { control: MINIMUM(), rules: [daily(34)] }, 'plan.rules[0].lifecycle.deleteAfterDays', '34 days'],
  ['framework-retention-never-complies', 'fails',  { control: MINIMUM({ requiredRetentionDays: 90 }), rules: [{ ...daily(90), ruleName: 'a' }, { ...daily(89), ruleName: 'b' }] }, 'plan.rules[1].lifecycle.deleteAfterDays', '89 days'],
  ['framework-retention-never-complies', 'fails',  { control: MINIMUM(), rules: [copy(34)] }, 'plan.rules[0].copyActions[0].lifecycle.deleteAfterDays', '34 days'],
  ['framework-retention-never-complies', 'passes', { control: MINIMUM(), rules: [copy()] }],
  ['framework-retention-never-complies', 'passes', { control: MINIMUM(), rules: [copy(34, { region: 'eu-west-1' })] }],
  ['framework-retention-never-complies', 'passes', { control: MINIMUM({ scope: ControlScope.tagged('kept', 'long') }), rules: [daily(1)] }],
  ['framework-retention-never-complies', 'fails',  { control: MINIMUM({ scope: ControlScope.tagged('kept', 'long') }), rules: [{ ...daily(1), recoveryPointTags: { kept: 'long' } }] }, 'plan.rules[0].lifecycle.deleteAfterDays', '1 day'],
];

const DELETION = FrameworkControl.backupRecoveryPointManualDeletionDisabled;
const ROLE = 'arn:aws:iam::123456789012:role/break-glass';
const denyAll = VaultPolicies.denyDelete();
const denyOthers = VaultPolicies.denyDelete({ breakGlassPrincipalArns: [ROLE] });
const allActions = [
  'backup:DeleteRecoveryPoint',
  'backup:UpdateRecoveryPointLifecycle',
  'backup:PutBackupVaultAccessPolicy',
];
const policy = (statement: object) => ({
  Statement: { Effect: 'Deny', Principal: '*', Resource: '*', Action: allActions, ...statement },
});
const of = (accessPolicy: unknown, over: Partial<BackupVault> = {}) => [vault({ accessPolicy, ...over })];

// prettier-ignore
const VAULTS: Row<Case>[] = [
  ['framework-vault-never-complies', 'passes', { control: DELETION(), vaults: of(policy({})) }],
  ['framework-vault-never-complies', 'passes', { control: DELETION(), vaults: of(JSON.stringify(policy({}))) }],
  ['framework-vault-never-complies', 'fails',  { control: DELETION(), vaults: of(undefined) }, 'main.accessPolicy', 'no policy'],
  ['framework-vault-never-complies', 'fails',  { control: DELETION(), vaults: of(denyAll) }, 'main.accessPolicy', 'none for backup:PutBackupVaultAccessPolicy'],
  ['framework-vault-never-complies', 'passes', { control: DELETION({ principalArns: [ROLE] }), vaults: of(denyOthers) }],
  ['framework-vault-never-complies', 'fails',  { control: DELETION(), vaults: of(denyOthers) }, 'main.accessPolicy', 'none for backup:DeleteRecoveryPoint, backup:UpdateRecoveryPointLifecycle, backup:PutBackupVaultAccessPolicy'],
  ['framework-vault-never-complies', 'fails',  { control: DELETION(), vaults: of(policy({ Effect: 'Allow' })) }, 'main.accessPolicy', 'none for backup:DeleteRecoveryPoint, backup:UpdateRecoveryPointLifecycle, backup:PutBackupVaultAccessPolicy'],
  ['framework-vault-never-complies', 'fails',  { control: DELETION(), vaults: of(policy({ Resource: 'arn:aws:backup:eu-central-1:123456789012:backup-vault:main' })) }, 'main.accessPolicy', 'none for backup:DeleteRecoveryPoint, backup:UpdateRecoveryPointLifecycle, backup:PutBackupVaultAccessPolicy'],
  ['framework-vault-never-complies', 'fails',  { control: DELETION(), vaults: of(policy({ Principal: { AWS: '123456789012' } })) }, 'main.accessPolicy', 'none for backup:DeleteRecoveryPoint, backup:UpdateRecoveryPointLifecycle, backup:PutBackupVaultAccessPolicy'],
  ['framework-vault-never-complies', 'fails',  { control: DELETION(), vaults: of(policy({ Condition: { StringEquals: { 'aws:PrincipalTag/team': 'a' } } })) }, 'main.accessPolicy', 'none for backup:DeleteRecoveryPoint, backup:UpdateRecoveryPointLifecycle, backup:PutBackupVaultAccessPolicy'],
  ['framework-vault-never-complies', 'fails',  { control: DELETION({ principalArns: [ROLE] }), vaults: of(policy({ Condition: { ArnNotLike: { 'aws:PrincipalArn': ROLE, 'aws:PrincipalOrgID': 'o-1' } } })) }, 'main.accessPolicy', 'none for backup:DeleteRecoveryPoint, backup:UpdateRecoveryPointLifecycle, backup:PutBackupVaultAccessPolicy'],
  ['framework-vault-never-complies', 'passes', { control: DELETION({ scope: ControlScope.singleResource('AWS::Backup::BackupVault', 'other') }), vaults: of(undefined) }],
  ['framework-vault-never-complies', 'fails',  { control: DELETION({ scope: ControlScope.singleResource('AWS::Backup::BackupVault', 'main') }), vaults: of(undefined) }, 'main.accessPolicy', 'no policy'],
  ['framework-vault-never-complies', 'passes', { control: DELETION(), vaults: of(undefined, { env: { ...ENV, account: '111122223333' } }) }],
];

const none = (what: string) => `1 plan(s), none of which ${what}`;
const gapped = (over: Partial<BackupRule>): Case => ({
  control: FrameworkControl.resourcesInLogicallyAirGappedVault(),
  rules: [over],
  vaults: [vault(), vault({ backupVaultName: 'copies' })],
  airGapped: [airGapped()],
});
const to = (arn: string): Partial<BackupRule> => ({ copyActions: [{ destinationBackupVaultArn: arn }] });
const REGION = FrameworkControl.backupResourcesProtectedByCrossRegion;
const ACCOUNT = FrameworkControl.backupResourcesProtectedByCrossAccount;
const LOCK = FrameworkControl.backupResourcesProtectedByBackupVaultLock;
const AGE = FrameworkControl.backupLastRecoveryPointCreated;
const locked = (minRetentionDays: number, maxRetentionDays?: number) => [
  vault({ vaultLock: { minRetentionDays, maxRetentionDays } }),
];

// prettier-ignore
const RESOURCES: Row<Case>[] = [
  ['framework-no-plan-complies', 'passes', { control: REGION() }],
  ['framework-no-plan-complies', 'fails',  { control: REGION(), rules: [{}] }, 'daily.controls[0]', none('copies to another Region')],
  ['framework-no-plan-complies', 'fails',  { control: REGION(), rules: [to(vaultArn('copies', { account: '111122223333' }))] }, 'daily.controls[0]', none('copies to another Region')],
  ['framework-no-plan-complies', 'passes', { control: REGION(), rules: [to(vaultArn('copies', { region: 'eu-west-1' }))] }],
  ['framework-no-plan-complies', 'passes', { control: REGION({ crossRegions: ['eu-west-1'] }), rules: [to(vaultArn('copies', { region: 'eu-west-1' }))] }],
  ['framework-no-plan-complies', 'fails',  { control: REGION({ crossRegions: ['eu-west-2'] }), rules: [to(vaultArn('copies', { region: 'eu-west-1' }))] }, 'daily.controls[0]', none('copies to another Region')],
  ['framework-no-plan-complies', 'fails',  { control: REGION({ crossRegions: ['eu-west-1', 'eu-west-2'] }), rules: [to(vaultArn('copies', { region: 'eu-west-1' }))] }, 'daily.controls[0]', none('copies to another Region')],
  ['framework-no-plan-complies', 'passes', { control: REGION(), plans: [plan(), plan({ backupPlanName: 'b', rules: [rule(to(vaultArn('copies', { region: 'eu-west-1' })))] })] }],
  ['framework-no-plan-complies', 'fails',  { control: ACCOUNT(), rules: [to(vaultArn('copies', { region: 'eu-west-1' }))] }, 'daily.controls[0]', none('copies to another account')],
  ['framework-no-plan-complies', 'passes', { control: ACCOUNT(), rules: [to(vaultArn('copies', { account: '111122223333' }))] }],
  ['framework-no-plan-complies', 'fails',  { control: ACCOUNT({ crossAccounts: ['444455556666'] }), rules: [to(vaultArn('copies', { account: '111122223333' }))] }, 'daily.controls[0]', none('copies to another account')],
  ['framework-no-plan-complies', 'passes', { control: LOCK(), rules: [{}], vaults: locked(7) }],
  ['framework-no-plan-complies', 'passes', { control: LOCK(), rules: [{}] }],
  ['framework-no-plan-complies', 'fails',  { control: LOCK(), rules: [{}], vaults: [vault()] }, 'daily.controls[0]', none('stores in a vault with such a lock')],
  ['framework-no-plan-complies', 'passes', { control: LOCK({ minRetentionDays: 7 }), rules: [{}], vaults: locked(7) }],
  ['framework-no-plan-complies', 'fails',  { control: LOCK({ minRetentionDays: 8 }), rules: [{}], vaults: locked(7) }, 'daily.controls[0]', none('stores in a vault with such a lock')],
  ['framework-no-plan-complies', 'passes', { control: LOCK({ maxRetentionDays: 30 }), rules: [{}], vaults: locked(7, 30) }],
  ['framework-no-plan-complies', 'fails',  { control: LOCK({ maxRetentionDays: 29 }), rules: [{}], vaults: locked(7, 30) }, 'daily.controls[0]', none('stores in a vault with such a lock')],
  ['framework-no-plan-complies', 'fails',  { control: LOCK({ maxRetentionDays: 29 }), rules: [{}], vaults: locked(7) }, 'daily.controls[0]', none('stores in a vault with such a lock')],
  ['framework-no-plan-complies', 'passes', { control: AGE(), rules: [daily()] }],
  ['framework-no-plan-complies', 'fails',  { control: AGE(), rules: [weekly()] }, 'daily.controls[0]', none('runs as often')],
  ['framework-no-plan-complies', 'passes', { control: AGE({ recoveryPointAge: AuditPeriod.days(7) }), rules: [weekly()] }],
  ['framework-no-plan-complies', 'passes', gapped({ targetLogicallyAirGappedBackupVaultArn: vaultArn('gapped') })],
  ['framework-no-plan-complies', 'passes', gapped(to(vaultArn('gapped')))],
  ['framework-no-plan-complies', 'fails',  gapped(to(vaultArn('copies'))), 'daily.controls[0]', none('reaches a logically air-gapped vault')],
  ['framework-no-plan-complies', 'passes', gapped(to(vaultArn('unknown')))],
];

testRows(check, [...PLANS, ...RETENTION, ...VAULTS, ...RESOURCES]);

/** A probe to which some texts are tokens. */
const TOKENS: IValueProbe = { known: (value) => !String(value).includes('${') && value !== -424242 };

// prettier-ignore
test.each<[string, FrameworkControl, Partial<BackupRule>]>([
  ['a schedule',             PLAN(), { scheduleExpression: '${schedule}' }],
  ['a time zone',            PLAN(), { ...weekly(), scheduleExpressionTimezone: '${zone}' }],
  ['retention',              PLAN(), { ...daily(), lifecycle: { deleteAfterDays: -424242 } }],
  ['retention of a point',   MINIMUM(), { lifecycle: { deleteAfterDays: -424242 } }],
  ['days of a control',      MINIMUM({ requiredRetentionDays: -424242 }), daily(1)],
  ['a frequency',            PLAN({ requiredFrequency: AuditPeriod.days(-424242) }), weekly(1)],
  ['a destination',          REGION(), to('${arn}')],
  ['a Region',               REGION(), to('arn:aws:backup:${region}:123456789012:backup-vault:copies')],
  ['an age',                 AGE({ recoveryPointAge: AuditPeriod.days(-424242) }), weekly()],
])('says nothing of %s that is known at deployment', (_, control, over) => {
  const framework = { frameworkName: 'daily', env: ENV, controls: [control] };
  const plans = [plan({ rules: [rule(over)] })];
  expect(BackupFrameworkRules.checkCompliance(framework, { plans }, '', TOKENS)).toEqual([]);
});

test('says nothing of what nobody declared', () => {
  const controls = [PLAN(), MINIMUM(), DELETION(), REGION(), ACCOUNT(), LOCK(), AGE()];
  const framework = { frameworkName: 'daily', env: ENV, controls };
  expect(BackupFrameworkRules.checkCompliance(framework, {}, '', PLAIN)).toEqual([]);
});
