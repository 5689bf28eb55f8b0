import { AuditPeriod, BackupPlan, ControlScope, FrameworkControl, StatefulResource } from '@holdfast/model';
import { parametersOf } from '../../../engine/src/domain/audit-controls';
import { frameworkStatusOf } from '../../../engine/src/domain/frameworks';
import type { WorldState } from '../../../engine/src/domain/world-state';
import { DAY, HOUR, MINUTE } from '../../../engine/src/kernel/instant';
import { startRestoreJob } from '../../../engine/src/operations/backup/start-restore-job';
import { CMK, ENV, plan, resource, ROLE, rule, vault, vaultArn } from '../scenarios/stage';
import { FS, AIR_GAP, DAILY, WEEKLY, staged, said, verdicts, later } from '../scenarios/control-stage';

const EBS = resource('ebs', 'vol-1');

describe('one rule has to run and to keep as required (vector 19, B10.1/8)', () => {
  const keeping = (deleteAfterDays: number) => ({ lifecycle: { deleteAfterDays } });
  const control = FrameworkControl.backupPlanMinFrequencyAndMinRetention();
  // prettier-ignore
  test.each<[string, BackupPlan['rules'], string]>([
    ['daily for 30 days and weekly for 90', [rule('d', { ...DAILY, ...keeping(30) }), rule('w', { ...WEEKLY, ...keeping(90) })], 'NON_COMPLIANT'],
    ['daily for 34 days',                   [rule('d', { ...DAILY, ...keeping(34) })],                                           'NON_COMPLIANT'],
    ['daily for 35 days',                   [rule('d', { ...DAILY, ...keeping(35) })],                                           'COMPLIANT'],
    ['daily for ever',                      [{ ruleName: 'd', targetBackupVaultName: 'main', ...DAILY }],                        'COMPLIANT'],
  ])('%s', (_, rules, status) => {
    expect(verdicts(staged({ plans: [plan('p', rules)] }), control)).toEqual([status]);
  });

  test('of several rules the verdict names the one that does both', () => {
    const state = staged({ plans: [plan('p', [rule('w', WEEKLY), rule('d', { ...DAILY, ...keeping(35) })])] });
    const [line] = said(state, control);
    expect(line).toMatch(/COMPLIANT: has d that runs every 24 hours and keeps 35 days$/);
  });

  test('the verdict names each rule with what it does', () => {
    const state = staged({ plans: [plan('p', [rule('d', { ...DAILY, ...keeping(30) }), rule('w', WEEKLY)])] });
    expect(said(state, control)[0]).toContain(
      'NON_COMPLIANT: has d that runs every 24 hours and keeps 30 days, w that runs every 168 hours and keeps 35 days',
    );
  });

  // prettier-ignore
  test.each([
    [AuditPeriod.days(6), 'NON_COMPLIANT'],
    [AuditPeriod.days(7), 'COMPLIANT'],
  ])('a weekly rule against %j', (requiredFrequency, status) => {
    const weekly = staged({ plans: [plan('p', [rule('w', WEEKLY)])] });
    expect(verdicts(weekly, FrameworkControl.backupPlanMinFrequencyAndMinRetention({ requiredFrequency }))).toEqual([status]);
  });

  test('a plan that is changed is judged as it is now, without waiting for a day (B10.1/8)', () => {
    const state = staged({ plans: [plan('p', [rule('d', { ...DAILY, ...keeping(30) })])] });
    expect(verdicts(state, control)).toEqual(['NON_COMPLIANT']);
    const [standing] = state.ledger.plans.list();
    state.plans.update(standing!, plan('p', [rule('d', { ...DAILY, ...keeping(35) })]));
    const [framework] = state.frameworks.everywhere();
    expect(state.frameworks.resultsOf(framework!).map(({ status }) => status)).toEqual(['COMPLIANT']);
  });
});

test('resources in no plan do not comply, and those that are not active are not looked at (B10.1/1)', () => {
  const stopped: StatefulResource = resource('ec2', 'i-1', { state: 'stopped' });
  const running: StatefulResource = resource('ec2', 'i-2', { state: 'running' });
  const selections = [{ selectionName: 's', iamRoleArn: ROLE, resources: [FS.arn] }];
  const state = staged({ resources: [FS, stopped, running], plans: [plan('p', [rule('daily')], { selections })] });
  expect(said(state, FrameworkControl.backupResourcesProtectedByBackupPlan()).sort()).toEqual([
    'fs-1 COMPLIANT: in p',
    'i-2 NON_COMPLIANT: in no plan',
  ]);
});

describe('a scope narrows by type, by tag or to one resource (B10.1/2)', () => {
  const tagged = resource('ebs', 'vol-2', { tags: { tier: 'gold' } });
  // prettier-ignore
  test.each<[string, ControlScope, string[]]>([
    ['type in the words of AWS Backup', ControlScope.resourceTypes(['EBS']),             ['vol-1', 'vol-2']],
    ['type in those of CloudFormation', ControlScope.resourceTypes(['AWS::EFS::FileSystem']), ['fs-1']],
    ['tag',                             ControlScope.tagged('tier', 'gold'),             ['vol-2']],
    ['tag with any value',              ControlScope.tagged('tier'),                     ['vol-2']],
    ['another value',                   ControlScope.tagged('tier', 'silver'),           []],
    ['one resource',                    ControlScope.singleResource('EBS', 'vol-1'),     ['vol-1']],
  ])('%s', (_, scope, ids) => {
    const control = FrameworkControl.backupResourcesProtectedByBackupPlan({ scope });
    const lines = said(staged({ resources: [FS, EBS, tagged] }), control);
    expect(lines.map((line) => line.split(' ')[0])).toEqual(ids);
  });
});

describe('the policy of a vault denies deletion by hand to all but the exempt (B10.1/9)', () => {
  const Action = [
    'backup:DeleteRecoveryPoint',
    'backup:UpdateRecoveryPointLifecycle',
    'backup:PutBackupVaultAccessPolicy',
  ];
  const denies = (more: object = {}) => ({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Deny', Principal: '*', Action, Resource: '*', ...more }],
  });
  const exempting = denies({ Condition: { ArnNotEquals: { 'aws:PrincipalArn': ROLE } } });
  // prettier-ignore
  test.each<[string, unknown, string[], string]>([
    ['no policy',               undefined,                                [],     'NON_COMPLIANT'],
    ['all three actions',       denies(),                                 [],     'COMPLIANT'],
    ['two of the actions',      denies({ Action: Action.slice(0, 2) }),   [],     'NON_COMPLIANT'],
    ['a role is exempt',        exempting,                                [],     'NON_COMPLIANT'],
    ['a role that may be',      exempting,                                [ROLE], 'COMPLIANT'],
  ])('%s', (_, accessPolicy, principalArns, status) => {
    const more = accessPolicy === undefined ? {} : { accessPolicy };
    const state = staged({ vaults: [vault('main', more)], logicallyAirGappedVaults: [AIR_GAP] });
    const control = FrameworkControl.backupRecoveryPointManualDeletionDisabled(
      principalArns.length === 0 ? {} : { principalArns },
    );
    const found = status === 'COMPLIANT' ? 'its policy denies deletion by hand' : 'a policy that denies it: ';
    expect(said(state, control)).toEqual([expect.stringContaining(`main ${status}: ${found}`)]);
  });
});

test('points are encrypted with the key of the vault where AWS Backup manages them, else with that of the source (B10.1/1)', () => {
  const state = staged({ resources: [FS, EBS, resource('ebs', 'vol-2', { encryptedWith: CMK })] });
  later(state, DAY);
  const lines = said(state, FrameworkControl.backupRecoveryPointEncrypted());
  expect(lines.map((line) => line.replace(/^\S+ /, '')).sort()).toEqual([
    `COMPLIANT: encrypted with ${CMK}`,
    `COMPLIANT: encrypted with ${CMK}`,
    'NON_COMPLIANT: not encrypted, as its source',
  ]);
});

test('a copy is encrypted with a key, whether its source is or not (B10.1/5)', () => {
  const copyActions = [{ destinationBackupVaultArn: vaultArn('copies'), lifecycle: { deleteAfterDays: 35 } }];
  const state = staged({
    vaults: [vault('main'), { backupVaultName: 'copies', env: ENV }],
    resources: [EBS],
    plans: [plan('p', [rule('daily', { ...DAILY, copyActions })])],
  });
  const lines = said(later(state, DAY), FrameworkControl.backupRecoveryPointEncrypted());
  expect(lines.map((line) => line.replace(/^\S+ /, '')).sort()).toEqual([
    'COMPLIANT: encrypted with a key that AWS owns',
    'NON_COMPLIANT: not encrypted, as its source',
  ]);
});

// prettier-ignore
test.each([
  [34, 'NON_COMPLIANT'],
  [35, 'COMPLIANT'],
])('each point has to be kept 35 days, and %d of them are %s (B10.1/8)', (deleteAfterDays, status) => {
  const state = staged({ plans: [plan('p', [rule('d', { ...DAILY, lifecycle: { deleteAfterDays } })])] });
  later(state, DAY);
  const [point] = state.pointsOf(FS.arn);
  const line = `${point?.recoveryPointArn} ${status}: kept for ${deleteAfterDays} days`;
  expect(said(state, FrameworkControl.backupRecoveryPointMinimumRetention())).toEqual([line]);
});

test('a point that is kept for ever is kept for long enough, and a verdict says of what type it is about (B10.1/8)', () => {
  const rules = [{ ruleName: 'd', targetBackupVaultName: 'main', ...DAILY }];
  const state = later(staged({ plans: [plan('p', rules)] }), DAY);
  const arn = state.pointsOf(FS.arn)[0]?.recoveryPointArn;
  expect(said(state, FrameworkControl.backupRecoveryPointMinimumRetention())).toEqual([
    `${arn} COMPLIANT: kept for ever`,
  ]);
  said(state, FrameworkControl.backupPlanMinFrequencyAndMinRetention());
  said(state, FrameworkControl.backupRecoveryPointManualDeletionDisabled());
  said(state, FrameworkControl.backupResourcesProtectedByBackupPlan());
  const [plans] = state.ledger.plans.list();
  const subjects = state.frameworks
    .everywhere()
    .flatMap((framework) =>
      state.frameworks.resultsOf(framework).flatMap(({ verdicts: all }) => all.map(({ subject }) => subject)),
    );
  expect(subjects).toEqual([
    { resourceType: 'AWS::Backup::RecoveryPoint', resourceId: arn, arn },
    { resourceType: 'AWS::Backup::BackupPlan', resourceId: plans?.id, arn: plans?.arn },
    { resourceType: 'AWS::Backup::BackupVault', resourceId: 'main', arn: vaultArn('main') },
    { resourceType: 'AWS::EFS::FileSystem', resourceId: 'fs-1', arn: FS.arn },
  ]);
});

test('a control that one resource meets and another does not is NON_COMPLIANT (B10.1/1)', () => {
  const selections = [{ selectionName: 's', iamRoleArn: ROLE, resources: [FS.arn] }];
  const nameless = { ...EBS, name: '' };
  const state = staged({ resources: [FS, nameless], plans: [plan('p', [rule('daily')], { selections })] });
  const control = FrameworkControl.backupResourcesProtectedByBackupPlan();
  expect(said(state, control)).toEqual(['vol-1 NON_COMPLIANT: in no plan', 'fs-1 COMPLIANT: in p']);
  const [framework] = state.frameworks.everywhere();
  expect(state.frameworks.resultsOf(framework!).map(({ status }) => status)).toEqual(['NON_COMPLIANT']);
});

// prettier-ignore
test.each<[string, FrameworkControl, Record<string, string>]>([
  ['the defaults of what it leaves out', FrameworkControl.backupPlanMinFrequencyAndMinRetention(),
    { requiredFrequencyUnit: 'days', requiredFrequencyValue: '1', requiredRetentionDays: '35' }],
  ['its defaults where it has none of its own', FrameworkControl.custom('BACKUP_PLAN_MIN_FREQUENCY_AND_MIN_RETENTION_CHECK'),
    { requiredFrequencyUnit: 'days', requiredFrequencyValue: '1', requiredRetentionDays: '35' }],
  ['nothing for a default that is empty', FrameworkControl.custom('BACKUP_RESOURCES_PROTECTED_BY_CROSS_REGION'), {}],
  ['none for what has no default',       FrameworkControl.backupResourcesProtectedByCrossRegion(), {}],
  ['what it gives',                      FrameworkControl.backupResourcesProtectedByCrossRegion({ crossRegions: ['eu-west-1'] }),
    { crossRegionList: 'eu-west-1' }],
  ['what it gives where nobody knows it', FrameworkControl.custom('NO_SUCH_CONTROL', [{ parameterName: 'a', parameterValue: 'b' }]), { a: 'b' }],
])('the parameters of a control are %s (B10.1/2)', (_, control, parameters) => {
  expect(parametersOf(control)).toEqual(parameters);
});

describe('a plan of the resource copies elsewhere (B10.1/2)', () => {
  const abroad = { ...ENV, region: 'eu-west-1' };
  const other = { ...ENV, account: '444455556666' };
  const copying = (...envs: (typeof ENV)[]) =>
    staged({
      resources: [FS, resource('fsx-ontap', 'fsvol-1')],
      plans: [
        plan('p', [
          rule('d', { copyActions: envs.map((env) => ({ destinationBackupVaultArn: vaultArn('main', env) })) }),
        ]),
      ],
    });
  const region = FrameworkControl.backupResourcesProtectedByCrossRegion;
  const account = FrameworkControl.backupResourcesProtectedByCrossAccount;
  // prettier-ignore
  test.each<[string, WorldState, FrameworkControl, string]>([
    ['nowhere',                 copying(),              region(),                                              'NON_COMPLIANT: copied nowhere'],
    ['to another Region',       copying(abroad),        region(),                                              'COMPLIANT: copied to eu-west-1'],
    ['within the Region',       copying(other),         region(),                                              'NON_COMPLIANT: copied to eu-central-1'],
    ['to a listed Region',      copying(abroad),        region({ crossRegions: ['eu-west-1'] }),               'COMPLIANT: copied to eu-west-1'],
    ['to one of two listed',    copying(abroad),        region({ crossRegions: ['eu-west-1', 'eu-west-2'] }),  'NON_COMPLIANT: copied to eu-west-1'],
    ['to two, one after the other', copying(other, abroad), region(),                                          'COMPLIANT: copied to eu-central-1, eu-west-1'],
    ['to two, the other way round', copying(abroad, other), region(),                                          'COMPLIANT: copied to eu-central-1, eu-west-1'],
    ['to another account',      copying(other),         account(),                                             'COMPLIANT: copied to 444455556666'],
    ['within the account',      copying(abroad),        account(),                                             'NON_COMPLIANT: copied to 111122223333'],
  ])('%s', (_, state, control, verdict) => {
    const lines = said(state, control);
    expect(lines).toContain(`fs-1 ${verdict}`);
    expect(lines.filter((line) => line.includes('fsvol-1'))).toEqual([
      expect.stringMatching(/NOT_APPLICABLE: .* has no copies/),
    ]);
  });
});

test('it is enough that one of several plans of a resource copies elsewhere (B10.1/8)', () => {
  const abroad = { ...ENV, region: 'eu-west-1' };
  const copyActions = [{ destinationBackupVaultArn: vaultArn('main', abroad) }];
  const state = staged({ plans: [plan('p', [rule('d')]), plan('q', [rule('d', { copyActions })])] });
  expect(said(state, FrameworkControl.backupResourcesProtectedByCrossRegion())).toEqual([
    'fs-1 COMPLIANT: copied to eu-west-1',
  ]);
});

test('a verdict names a resource by its name, which need not be in its ARN', () => {
  const state = staged({ resources: [{ ...EBS, name: 'data' }] });
  const [line] = said(state, FrameworkControl.backupResourcesProtectedByBackupPlan());
  expect(line).toBe('data COMPLIANT: in p');
});

describe('a rule of the resource stores in a locked vault', () => {
  const lock = (minRetentionDays: number, maxRetentionDays?: number) => ({
    vaultLock: maxRetentionDays === undefined ? { minRetentionDays } : { minRetentionDays, maxRetentionDays },
  });
  const control = FrameworkControl.backupResourcesProtectedByBackupVaultLock;
  // prettier-ignore
  test.each<[string, object, FrameworkControl, string]>([
    ['no lock',               {},           control(),                          'NON_COMPLIANT: stored in main without a lock'],
    ['any lock',              lock(1),      control(),                          'COMPLIANT: stored in main locked for 1 or more days'],
    ['minimum below',         lock(29),     control({ minRetentionDays: 30 }),  'NON_COMPLIANT: stored in main locked for 29 or more days'],
    ['minimum as asked',      lock(30),     control({ minRetentionDays: 30 }),  'COMPLIANT: stored in main locked for 30 or more days'],
    ['no maximum',            lock(30),     control({ maxRetentionDays: 90 }),  'NON_COMPLIANT: stored in main locked for 30 or more days'],
    ['maximum above',         lock(30, 91), control({ maxRetentionDays: 90 }),  'NON_COMPLIANT: stored in main locked for 30 to 91 days'],
    ['maximum as asked',      lock(30, 90), control({ maxRetentionDays: 90 }),  'COMPLIANT: stored in main locked for 30 to 90 days'],
  ])('%s', (_, more, asked, verdict) => {
    expect(said(staged({ vaults: [vault('main', more)] }), asked)).toEqual([`fs-1 ${verdict}`]);
  });

  test('a plan of the resource whose vault is not there stores it in none', () => {
    const lost = rule('d', { targetBackupVaultName: 'gone' });
    expect(said(staged({ plans: [plan('p', [lost])] }), control())).toEqual(['fs-1 NON_COMPLIANT: stored in no vault']);
  });

  test('a logically air-gapped vault is locked as well', () => {
    const gapped = rule('d', { targetLogicallyAirGappedBackupVaultArn: vaultArn('gap') });
    const state = staged({ logicallyAirGappedVaults: [AIR_GAP], plans: [plan('p', [gapped])] });
    expect(said(state, control({ maxRetentionDays: 60 }))).toEqual([
      'fs-1 COMPLIANT: stored in main without a lock, gap locked for 7 to 60 days',
    ]);
  });
});

describe('the newest recovery point is young enough (B10.1/7)', () => {
  const control = FrameworkControl.backupLastRecoveryPointCreated;
  const weekly = () => staged({ plans: [plan('p', [rule('w', WEEKLY)])] });
  // The backup is of Sunday, 2027-01-03T05:00Z; the verdict comes a minute after it was asked for.
  // prettier-ignore
  test.each<[string, number, FrameworkControl, string]>([
    ['before the first',  2 * DAY,                       control(),                                             'NON_COMPLIANT: no recovery point'],
    ['a day at most',     3 * DAY + 5 * HOUR - MINUTE,   control(),                                             'COMPLIANT: a recovery point is 24 hours old, of 2027-01-03T05:00:00Z'],
    ['more than a day',   3 * DAY + 5 * HOUR,            control(),                                             'NON_COMPLIANT: its newest recovery point is 24.02 hours old, of 2027-01-03T05:00:00Z'],
    ['25 hours may be',   3 * DAY + 5 * HOUR,            control({ recoveryPointAge: AuditPeriod.hours(25) }),  'COMPLIANT: a recovery point is 24.02 hours old, of 2027-01-03T05:00:00Z'],
  ])('%s', (_, ms, asked, verdict) => {
    expect(said(later(weekly(), ms), asked)).toEqual([`fs-1 ${verdict}`]);
  });

  test('a continuous point is as young as its stream', () => {
    const rules = [rule('c', { ...WEEKLY, enableContinuousBackup: true, lifecycle: { deleteAfterDays: 35 } })];
    const state = staged({ resources: [resource('s3', 'bucket')], plans: [plan('p', rules)] });
    expect(verdicts(later(state, 6 * DAY), control())).toEqual(['COMPLIANT']);
  });

  test('a copy in another Region is none of the points here', () => {
    const abroad = { ...ENV, region: 'eu-west-1' };
    const copyActions = [{ destinationBackupVaultArn: vaultArn('main', abroad), lifecycle: { deleteAfterDays: 35 } }];
    const copied = rule('w', { ...WEEKLY, copyActions, lifecycle: { deleteAfterDays: 1 } });
    const state = staged({ vaults: [vault('main'), vault('main', { env: abroad })], plans: [plan('p', [copied])] });
    later(state, 6 * DAY);
    expect(state.pointsOf(FS.arn).map(({ backupVaultArn }) => backupVaultArn)).toEqual([vaultArn('main', abroad)]);
    const recoveryPointAge = AuditPeriod.days(31);
    expect(said(state, control({ recoveryPointAge }))).toEqual(['fs-1 NON_COMPLIANT: no recovery point']);
  });
});

describe('the latest restore took no longer than the target (B10.1/7)', () => {
  const control = (maxRestoreTimeMinutes: number) =>
    FrameworkControl.restoreTimeForResourcesMeetTarget({ maxRestoreTimeMinutes });

  function restored(): WorldState {
    const state = later(staged(), DAY);
    const [point] = state.pointsOf(FS.arn);
    const Metadata = {
      'file-system-id': 'fs-1',
      Encrypted: 'false',
      newFileSystem: 'true',
      PerformanceMode: 'generalPurpose',
      CreationToken: 'x',
    };
    startRestoreJob(state, ENV, { RecoveryPointArn: point?.recoveryPointArn, IamRoleArn: ROLE, Metadata });
    return later(state, DAY);
  }

  test('what was never restored has no time to judge, and a control without verdicts too little to say (B10.1/1)', () => {
    const state = staged();
    expect(said(state, control(10))).toEqual(['fs-1 NOT_APPLICABLE: never restored']);
    const [framework] = state.frameworks.everywhere();
    const results = state.frameworks.resultsOf(framework!);
    expect(results.map(({ status }) => status)).toEqual(['INSUFFICIENT_DATA']);
    expect(frameworkStatusOf(results)).toBe('INSUFFICIENT_DATA');
  });

  test('both sides of the target', () => {
    const state = restored();
    const [line = ''] = said(state, control(10_000));
    const minutes = Number(/took (\d+) minutes/.exec(line)?.[1]);
    const [job] = state.restores.list();
    expect(minutes).toBe(Math.ceil(((job?.completedAt ?? 0) - (job?.startedAt ?? 0)) / MINUTE));
    expect(minutes).toBeGreaterThan(1);
    expect(said(state, control(minutes))[0]).toBe(`fs-1 COMPLIANT: its latest restore took ${minutes} minutes`);
    expect(said(state, control(minutes - 1))[0]).toBe(`fs-1 NON_COMPLIANT: its latest restore took ${minutes} minutes`);
  });
});
