// What the controls of one account and Region look at.
import { ControlScope, Estate, FrameworkControl, StatefulResource } from '@holdfast/model';
import { judge } from '../../../engine/src/domain/audit-controls';
import { Audited, nameIn } from '../../../engine/src/domain/audited';
import { COMPLETED, FAILED } from '../../../engine/src/domain/event-codes';
import type { Resource } from '../../../engine/src/domain/protected-resources';
import type { RestoreJob } from '../../../engine/src/domain/restore-runs';
import type { WorldState } from '../../../engine/src/domain/world-state';
import { DAY, HOUR, parseInstant } from '../../../engine/src/kernel/instant';
import { deleteRecoveryPoint } from '../../../engine/src/operations/backup/delete-recovery-point';
import { disassociateRecoveryPoint } from '../../../engine/src/operations/backup/disassociate-recovery-point';
import { tagResource } from '../../../engine/src/operations/backup/tag-resource';
import { startBackupJob } from '../../../engine/src/operations/backup/start-backup-job';
import { startRestoreJob } from '../../../engine/src/operations/backup/start-restore-job';
import { createRole } from '../../../engine/src/operations/iam/create-role';
import { deleteRole } from '../../../engine/src/operations/iam/delete-role';
import { ENV, plan, resource, ROLE, rule, until, vault, vaultArn, world } from '../scenarios/stage';

const START = '2027-01-01T00:00:00Z';
const ABROAD = { ...ENV, region: 'eu-west-1' };
const OTHER = { ...ENV, account: '444455556666' };
const FS = resource('efs', 'fs-1');
const BUCKET = resource('s3', 'bucket');
const VOLUME = resource('ebs', 'vol-1');
const DAILY = { scheduleExpression: 'cron(0 5 ? * * *)' };

function staged(more: Partial<Estate> = {}): WorldState {
  return world(START, {
    vaults: [vault('main')],
    resources: [FS],
    plans: [plan('p', [rule('daily', DAILY)])],
    ...more,
  });
}

const audited = (state: WorldState, env = ENV) => new Audited(state.ledger, state.restores.list(), env);

function control(scope?: ControlScope): FrameworkControl {
  return FrameworkControl.backupResourcesProtectedByBackupPlan(scope === undefined ? {} : { scope });
}

const both = ControlScope.custom;

describe('a scope takes the plans and vaults that it names by type, id or tag (B10.1/2)', () => {
  const state = staged({
    vaults: [vault('main', { tags: { tier: 'gold' } }), vault('second')],
    plans: [plan('p', [rule('daily', DAILY)], { tags: { tier: 'gold' } }), plan('q', [rule('daily', DAILY)])],
  });
  const idOf = (name: string) =>
    state.ledger.plans.list().find(({ declaration }) => declaration.backupPlanName === name)?.id ?? '';
  // prettier-ignore
  test.each<[string, ControlScope | undefined, string[], string[]]>([
    ['no scope',       undefined,                                                                ['p', 'q'], ['main', 'second']],
    ['plans',          ControlScope.resourceTypes(['AWS::Backup::BackupPlan']),                  ['p', 'q'], []],
    ['vaults',         ControlScope.resourceTypes(['AWS::Backup::BackupVault']),                 [],         ['main', 'second']],
    ['either type',    ControlScope.resourceTypes(['AWS::Backup::BackupVault', 'AWS::Backup::BackupPlan']), ['p', 'q'], ['main', 'second']],
    ['a tag',          ControlScope.tagged('tier', 'gold'),                                      ['p'],      ['main']],
    ['a plan',         ControlScope.singleResource('AWS::Backup::BackupPlan', idOf('q')),        ['q'],      []],
    ['a vault',        ControlScope.singleResource('AWS::Backup::BackupVault', 'second'),        [],         ['second']],
    ['a vault\'s ARN', ControlScope.singleResource('AWS::Backup::BackupVault', vaultArn('second')), [],      ['second']],
    ['two ids',        both({ complianceResourceIds: [idOf('p'), 'second'] }),                   ['p'],      ['second']],
    ['none of them',   both({ complianceResourceIds: ['third'] }),                               [],         []],
  ])('%s', (_, scope, plans, vaults) => {
    const seen = audited(state);
    const names = seen.plans(control(scope)).map(({ declaration }) => declaration.backupPlanName);
    expect(names.sort()).toEqual(plans);
    expect(seen.vaults(control(scope)).map(({ name }) => name)).toEqual(vaults);
  });
});

test('plans and vaults of other accounts and Regions are none of the controls here (B10.1/2)', () => {
  const state = staged({
    vaults: [vault('main'), vault('far', { env: ABROAD }), vault('theirs', { env: OTHER })],
    plans: [plan('p', [rule('daily', DAILY)]), plan('far', [rule('daily', DAILY)], { env: ABROAD })],
  });
  const seen = (env: typeof ENV) => [
    audited(state, env).plans(control()).length,
    ...audited(state, env)
      .vaults(control())
      .map(({ name }) => name),
  ];
  expect([seen(ENV), seen(ABROAD), seen(OTHER)]).toEqual([
    [1, 'main'],
    [1, 'far'],
    [0, 'theirs'],
  ]);
  expect(audited(state, ABROAD).resources(control())).toEqual([]);
});

test('what was tagged after it was made is in a scope by the tags that it has now (B10.1/2)', () => {
  const state = until(staged(), '2027-01-01T12:00:00Z');
  const gold = ControlScope.tagged('tier', 'gold');
  const counts = () => {
    const seen = audited(state);
    return [seen.plans(control(gold)), seen.vaults(control(gold)), seen.points(control(gold))].map((all) => all.length);
  };
  expect(counts()).toEqual([0, 0, 0]);
  const [point] = state.pointsOf(FS.arn);
  const [standing] = state.ledger.plans.list();
  for (const ResourceArn of [point?.recoveryPointArn, point?.backupVaultArn, standing?.arn]) {
    tagResource(state, ENV, { ResourceArn, Tags: { tier: 'gold' } });
  }
  expect(counts()).toEqual([1, 1, 1]);
  // A point keeps the tags that its resource had when it was made.
  state.addResource({ ...FS, tags: { team: 'shop' } });
  expect(audited(state).points(control(ControlScope.tagged('team', 'shop')))).toEqual([]);
});

test('points are in a scope by the tags of their resource and of their rule (B10.1/2, B4.3/4)', () => {
  const tagged = resource('efs', 'fs-2', { tags: { tier: 'gold' } });
  const rules = [rule('daily', { ...DAILY, recoveryPointTags: { kept: 'long' } })];
  const state = until(staged({ resources: [FS, tagged], plans: [plan('p', rules)] }), '2027-01-01T12:00:00Z');
  const arns = (scope?: ControlScope) =>
    audited(state)
      .points(control(scope))
      .map((row) => state.ledger.resourceOf(state.ledger.points.series[row] ?? -1).arn);
  expect(arns().sort()).toEqual([FS.arn, tagged.arn].sort());
  expect(arns(ControlScope.tagged('tier', 'gold'))).toEqual([tagged.arn]);
  expect(arns(ControlScope.tagged('kept', 'long')).sort()).toEqual([FS.arn, tagged.arn].sort());
  expect(arns(ControlScope.tagged('kept', 'short'))).toEqual([]);
  expect(arns(ControlScope.resourceTypes(['AWS::Backup::RecoveryPoint']))).toHaveLength(2);
});

describe('how young the newest point is (B10.1/7)', () => {
  const newest = (state: WorldState, of: StatefulResource, young = 0) => {
    const found = state.ledger.resources.tryFind(of.arn);
    return found === undefined ? undefined : audited(state).newestPointAt(found, false, young);
  };
  const TRUST = JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: { Service: 'backup.amazonaws.com' }, Action: 'sts:AssumeRole' }],
  });
  const at = (text: string) => parseInstant(text);

  test('the point before one that is EXPIRED counts, however old an age is good enough (B5.1/1)', () => {
    const state = staged({ resources: [VOLUME] });
    createRole(state, ENV, { RoleName: 'backup', AssumeRolePolicyDocument: TRUST });
    until(state, '2027-01-02T12:00:00Z');
    const [, second] = state.pointsOf(VOLUME.arn);
    deleteRole(state, ENV, { RoleName: 'backup' });
    deleteRecoveryPoint(state, ENV, { BackupVaultName: 'main', RecoveryPointArn: second?.recoveryPointArn });
    expect(state.pointsOf(VOLUME.arn).map(({ status }) => status)).toEqual(['COMPLETED', 'EXPIRED']);
    for (const young of [0, 7 * HOUR, 7 * DAY]) {
      expect(newest(state, VOLUME, young)).toBe(at('2027-01-01T05:00:00Z'));
    }
    const [first] = state.pointsOf(VOLUME.arn);
    deleteRecoveryPoint(state, ENV, { BackupVaultName: 'main', RecoveryPointArn: first?.recoveryPointArn });
    expect(newest(state, VOLUME)).toBeUndefined();
  });

  test('of points in several vaults the newest counts, whichever vault was the first', () => {
    const second = [
      rule('daily', DAILY),
      rule('once', { targetBackupVaultName: 'second', scheduleExpression: 'cron(0 14 1 1 ? 2027)' }),
    ];
    const state = staged({ vaults: [vault('main'), vault('second')], plans: [plan('p', second)] });
    expect(newest(until(state, '2027-01-01T16:00:00Z'), FS)).toBe(at('2027-01-01T14:00:00Z'));
    expect(newest(until(state, '2027-01-02T12:00:00Z'), FS)).toBe(at('2027-01-02T05:00:00Z'));
  });

  test('a vault whose points are all gone has none', () => {
    const rules = [rule('daily', { scheduleExpression: 'cron(0 5 1 1 ? 2027)', lifecycle: { deleteAfterDays: 1 } })];
    const state = until(staged({ plans: [plan('p', rules)] }), '2027-01-10T00:00:00Z');
    expect(state.pointsOf(FS.arn)).toEqual([]);
    expect([0, DAY, Infinity].map((young) => newest(state, FS, young))).toEqual([undefined, undefined, undefined]);
  });

  test('a continuous point that is STOPPED is as old as it is, one that runs as young as its stream', () => {
    const rules = [rule('c', { ...DAILY, enableContinuousBackup: true, lifecycle: { deleteAfterDays: 30 } })];
    const state = until(staged({ resources: [BUCKET], plans: [plan('p', rules)] }), '2027-01-02T00:00:00Z');
    expect(newest(state, BUCKET)).toBe(state.now);
    const [point] = state.pointsOf(BUCKET.arn);
    disassociateRecoveryPoint(state, ENV, { BackupVaultName: 'main', RecoveryPointArn: point?.recoveryPointArn });
    expect(newest(state, BUCKET)).toBe(at('2027-01-01T05:00:00Z'));
  });
});

describe('how long the latest restore took (B10.1/7)', () => {
  const Metadata = {
    'file-system-id': 'fs-1',
    Encrypted: 'false',
    newFileSystem: 'true',
    PerformanceMode: 'generalPurpose',
    CreationToken: 'x',
  };
  const restore = (state: WorldState, env = ENV) => {
    const where = vaultArn('main', env);
    const point = state.pointsOf(FS.arn).find(({ backupVaultArn }) => backupVaultArn === where);
    startRestoreJob(state, env, { RecoveryPointArn: point?.recoveryPointArn, IamRoleArn: ROLE, Metadata });
  };
  const took = (state: WorldState, env = ENV) => {
    const found = state.ledger.resources.tryFind(FS.arn);
    return found === undefined ? undefined : audited(state, env).latestRestoreMs(found);
  };
  const backUp = (state: WorldState, sizeGiB: number) => {
    state.addResource({ ...FS, sizeGiB });
    startBackupJob(state, ENV, { BackupVaultName: 'main', ResourceArn: FS.arn, IamRoleArn: ROLE });
  };

  test('is from the moment at which it began to its completion, and one under way says nothing', () => {
    const state = until(staged(), '2027-01-01T12:00:00Z');
    expect(took(state)).toBeUndefined();
    restore(state);
    expect(took(state)).toBeUndefined();
    until(state, '2027-01-02T00:00:00Z');
    const [job] = state.restores.list();
    expect(took(state)).toBe((job?.completedAt ?? 0) - (job?.startedAt ?? 0));
    expect(took(state)).toBeLessThan(12 * HOUR);
    until(state, '2027-01-02T03:00:00Z');
    restore(state);
    state.runUntil(state.now + 1);
    expect(took(state)).toBe((job?.completedAt ?? 0) - (job?.startedAt ?? 0));
    // Both take as long: the second one is made to have taken an hour more.
    until(state, '2027-01-04T00:00:00Z');
    const [, second] = state.restores.list();
    Object.assign(second ?? {}, { startedAt: (second?.startedAt ?? 0) - HOUR });
    expect(took(state)).toBe((second?.completedAt ?? 0) - (second?.startedAt ?? 0));
  });

  test('is of the one that completed last, which need not be the last that was asked for', () => {
    const large = resource('efs', 'fs-1', { sizeGiB: 5000 });
    const state = until(staged({ resources: [large], plans: [] }), '2027-01-01T01:00:00Z');
    backUp(state, 5000);
    until(state, '2027-01-05T00:00:00Z');
    restore(state);
    state.runUntil(state.now + 1);
    const [first] = state.restores.list();
    expect(first?.completedAt).toBeUndefined();
    backUp(state, 1);
    const [, point] = [state.runUntil(state.now + 30 * 60_000), state.pointsOf(FS.arn).at(-1)];
    startRestoreJob(state, ENV, { RecoveryPointArn: point?.recoveryPointArn, IamRoleArn: ROLE, Metadata });
    until(state, '2027-01-15T00:00:00Z');
    const [long, short] = state.restores.list();
    expect(short?.completedAt).toBeLessThan(long?.completedAt ?? 0);
    expect(took(state)).toBe((long?.completedAt ?? 0) - (long?.startedAt ?? 0));
  });

  test('is of restores in this account and Region alone', () => {
    const copyActions = [{ destinationBackupVaultArn: vaultArn('main', ABROAD), lifecycle: { deleteAfterDays: 35 } }];
    const state = until(
      staged({
        vaults: [vault('main'), vault('main', { env: ABROAD })],
        plans: [plan('p', [rule('daily', { ...DAILY, copyActions })])],
      }),
      '2027-01-01T12:00:00Z',
    );
    restore(state, ABROAD);
    until(state, '2027-01-02T00:00:00Z');
    expect(state.restores.list().map(({ completedAt }) => completedAt === undefined)).toEqual([false]);
    expect(took(state)).toBeUndefined();
    expect(took(state, ABROAD)).toBeGreaterThan(0);
  });
});

test('a restore that failed took no time, however late it was (B10.1/7)', () => {
  const job = (state: number, completedAt: number) => ({
    request: { env: ENV },
    state,
    resource: 1,
    createdAt: 0,
    completedAt,
  });
  const seen = (...jobs: object[]) =>
    new Audited(staged().ledger, jobs as RestoreJob[], ENV).latestRestoreMs(1 as unknown as Resource);
  expect(seen(job(COMPLETED, 5), job(FAILED, 9))).toBe(5);
  expect(seen(job(COMPLETED, 5), job(COMPLETED, 9))).toBe(9);
  expect(seen(job(COMPLETED, 9), job(COMPLETED, 5))).toBe(9);
  expect(seen(job(FAILED, 9))).toBeUndefined();
});

test('a control that nobody knows says nothing', () => {
  expect(judge(FrameworkControl.custom('NO_SUCH_CONTROL'), audited(staged()))).toEqual([]);
});

test.each([
  ['arn:aws:ec2:eu-central-1:111122223333:volume/vol-1', 'vol-1'],
  ['arn:aws:rds:eu-central-1:111122223333:db:orders', 'orders'],
  ['arn:aws:s3:::bucket', 'bucket'],
])('what is named in %s is %s', (arn, name) => {
  expect(nameIn(arn)).toBe(name);
});
