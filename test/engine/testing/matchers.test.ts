import '@holdfast/engine/jest';
import { matchers, World } from '@holdfast/engine';
import type { BackupRule, Estate, StatefulResource } from '@holdfast/model';
import { HOUR } from '../../../engine/src/kernel/instant';
import { livesOf, PointLife } from '../../../engine/src/report/history';
import { worstAge } from '../../../engine/src/report/recovery-objective';
import { stateOf } from '../../../engine/src/testing/states';
import { CMK, ENV, plan, resource, rule, vault, vaultArn } from '../scenarios/stage';

const START = '2027-01-01T00:00:00Z';
const FAR = { ...ENV, account: '444455556666', region: 'eu-west-1' };
const FAR_KEY = `arn:aws:kms:${FAR.region}:${FAR.account}:key/1b2c3d4e-0000-4000-8000-000000000002`;
const DAILY: Partial<BackupRule> = { scheduleExpression: 'cron(0 5 ? * * *)', startWindowMinutes: 60 };

function estate(rules: BackupRule[], more: Partial<Estate> = {}): Estate {
  return {
    vaults: [vault('main'), vault('far', { env: FAR, encryptionKeyArn: FAR_KEY })],
    resources: [resource('efs', 'fs-1')],
    plans: [plan('p', rules)],
    ...more,
  };
}

async function ran(declared: Estate, days: number, keepEvents?: number): Promise<World> {
  const world = new World({ start: START, ...(keepEvents === undefined ? {} : { keepEvents }) });
  await world.deploy(declared);
  await world.advance({ days });
  return world;
}

function said(outcome: { readonly pass: boolean; readonly message: () => string }): string {
  return `${outcome.pass}\n${outcome.message()}`;
}

const COPIED = rule('daily', {
  ...DAILY,
  copyActions: [{ destinationBackupVaultArn: vaultArn('far', FAR), lifecycle: { deleteAfterDays: 90 } }],
});

describe('toMeetRpo', () => {
  test('holds to the minute: a daily backup of 1 GiB is at most 24 h and its own minutes old', async () => {
    const world = await ran(estate([rule('daily', DAILY)]), 30);
    expect(world).toMeetRpo({ resource: 'fs-1', hours: 24.1 });
    expect(world).not.toMeetRpo({ resource: 'fs-1', hours: 24 });
  });

  test('says when it was worst, and which jobs went wrong by then', async () => {
    const locked = vault('main', { vaultLock: { minRetentionDays: 50 } });
    const world = await ran(estate([rule('daily', DAILY)], { vaults: [locked] }), 3);
    const text = said(matchers.toMeetRpo(world, { resource: 'fs-1', hours: 24 }));
    expect(text).toContain('false\nexpected: fs-1 has restorable data at most 24 h old from 2027-01-01T00:00:00Z');
    expect(text).toContain('oldest: 72 h at 2027-01-04T00:00:00Z');
    expect(text).toContain('2027-01-01T05:00:00Z backup-job FAILED in vault main, rule daily: the retention');
  });

  test('says that no job went wrong, where no rule asked for one', async () => {
    const world = await ran(estate([rule('daily', DAILY)], { plans: [] }), 3);
    expect(said(matchers.toMeetRpo(world, { resource: 'fs-1', hours: 24 }))).toContain(
      'no job of it failed or expired in that time',
    );
  });

  test('counts the points of one vault, when it is named', async () => {
    const world = await ran(estate([COPIED, rule('hourly', { scheduleExpression: 'cron(30 * ? * * *)' })]), 10);
    expect(world).toMeetRpo({ resource: 'fs-1', hours: 9 });
    expect(world).toMeetRpo({ resource: 'fs-1', hours: 25, vault: 'far' });
    expect(world).not.toMeetRpo({ resource: 'fs-1', hours: 9, vault: 'far' });
  });

  test('counts points that are gone by now for the time in which they were there', async () => {
    const world = await ran(estate([rule('daily', { ...DAILY, lifecycle: { deleteAfterDays: 1 } })]), 30);
    expect(world.pointsOf('fs-1').length).toBeLessThan(3);
    expect(world).toMeetRpo({ resource: 'fs-1', hours: 25 });
  });

  test('a continuous backup is minutes old', async () => {
    const continuous = rule('pitr', { ...DAILY, enableContinuousBackup: true });
    const world = await ran(estate([continuous], { resources: [resource('s3', 'bucket')] }), 20);
    expect(world).toMeetRpo({ resource: 'bucket', hours: 0.25, from: '2027-01-01T06:00:00Z' });
  });

  test('what is under a key that cannot be used is not restorable for so long (B13)', async () => {
    const world = new World({ start: START });
    await world.deploy(estate([COPIED]));
    await world.advance({ days: 10 });
    world.faults.add({ kind: 'key-disabled', key: CMK, to: '2027-01-14T00:00:00Z' });
    await world.advance({ days: 1 });
    // The copy in the far vault is there, but nothing came after it; in the vault itself there is nothing to restore from.
    expect(said(matchers.toMeetRpo(world, { resource: 'fs-1', hours: 25 }))).toMatch(
      /^false\n.*\noldest: 43 h at 2027-01-12.* gave the state of 2027-01-10T05:00:00Z \(a point in far\)\n.*0001 could not be used from 2027-01-11T00:00:00Z on\n/,
    );
    await world.advance({ days: 9 });
    const main = { resource: 'fs-1', vault: 'main' };
    expect(said(matchers.toMeetRpo(world, { ...main, hours: 25 }))).toContain('oldest: 312 h at 2027-01-14T00:00:00Z');
    expect(world).toMeetRpo({ ...main, hours: 25, from: '2027-01-14T05:00:00Z' });
    expect(world).not.toMeetRpo({ resource: 'fs-1', hours: 96 });
    expect(world).toMeetRpo({ resource: 'fs-1', hours: 96.5 });
  });

  // prettier-ignore
  test.each([
    ['s3',  15],
    ['rds', 5],
  ])('the newest second of a continuous backup of %s is %i minutes old (B5.3/1)', async (service, minutes) => {
    const continuous = rule('pitr', { ...DAILY, enableContinuousBackup: true });
    const world = await ran(estate([continuous], { resources: [resource(service, 'one')] }), 20);
    const asked = { resource: 'one', from: '2027-01-01T06:00:00Z' };
    expect(world).toMeetRpo({ ...asked, hours: minutes / 60 });
    expect(world).not.toMeetRpo({ ...asked, hours: (minutes - 0.1) / 60 });
  });

  test.each([0, -1, Number.NaN])('fails for %p hours', async (hours) => {
    const world = await ran(estate([rule('daily', DAILY)]), 0);
    expect(() => matchers.toMeetRpo(world, { resource: 'fs-1', hours })).toThrow('hours must be a number above 0');
  });

  test('fails when the World kept fewer events than it had', async () => {
    const world = await ran(estate([rule('daily', DAILY)]), 30, 20);
    expect(() => matchers.toMeetRpo(world, { resource: 'fs-1', hours: 24 })).toThrow(/keepEvents must be at least \d+/);
  });

  test('fails for a resource that is not there, and for what is no World', async () => {
    const world = await ran(estate([rule('daily', DAILY)]), 0);
    expect(() => matchers.toMeetRpo(world, { resource: 'nothing', hours: 1 })).toThrow("got 'nothing'");
    expect(() => matchers.toMeetRpo({}, { resource: 'fs-1', hours: 1 })).toThrow('must be given a World');
  });
});

describe('the worst age', () => {
  const life = (createdAt: number, availableAt: number, endedAt: number): PointLife => ({
    backupVaultArn: 'v',
    createdAt: createdAt * HOUR,
    availableAt: availableAt * HOUR,
    endedAt: endedAt * HOUR,
    copy: false,
    continuous: false,
    resourceType: 'EFS',
  });

  // prettier-ignore
  test.each<[string, PointLife[], number, number, number]>([
    ['no point: from the beginning on',                 [],                                      0, 10, 10],
    ['just before the next becomes available',          [life(1, 2, 99), life(6, 8, 99)],        0, 10,  7],
    ['until the end, when nothing follows',             [life(1, 2, 99)],                        0, 10,  9],
    ['a point that ended no longer counts',             [life(1, 2, 99), life(5, 5, 6)],         0, 10,  9],
    ['what came before the beginning counts as fresh',  [life(1, 2, 99)],                        4, 10,  6],
    ['a copy of older data does not make it fresher',   [life(5, 5, 99), life(1, 7, 99)],        0, 10,  5],
    ['nothing between the beginning and itself',        [],                                      3,  3,  0],
  ])('%s', (_, lives, from, to, hours) => {
    expect(worstAge(lives, from * HOUR, to * HOUR).ageMs / HOUR).toBe(hours);
  });
});

test('the lives of points match what the World has made and deleted', async () => {
  const twice = rule('twice', { scheduleExpression: 'cron(0 1/12 ? * * *)', lifecycle: { deleteAfterDays: 2 } });
  const world = await ran(estate([COPIED, twice], { resources: [resource('efs', 'fs-1'), resource('s3', 'b')] }), 60);
  const state = stateOf(world);
  const lives = ['fs-1', 'b'].flatMap((name) => livesOf(state, world.pointsOf(name)[0]?.resourceArn ?? ''));
  const { created, deleted, live } = world.summary().recoveryPoints;
  expect(lives).toHaveLength(created);
  expect(lives.filter(({ endedAt }) => endedAt < Infinity)).toHaveLength(deleted);
  expect(lives.filter(({ endedAt }) => endedAt === Infinity)).toHaveLength(live);
  expect(lives.filter((one) => !(one.createdAt < one.availableAt && one.availableAt < one.endedAt))).toEqual([]);
});

describe('toKeepAtLeast', () => {
  test('days back and points, both sides of the bound', async () => {
    const world = await ran(estate([rule('daily', DAILY)]), 40);
    expect(world).toKeepAtLeast({ resource: 'fs-1', days: 34 });
    expect(world).not.toKeepAtLeast({ resource: 'fs-1', days: 36 });
    expect(world).toKeepAtLeast({ resource: 'fs-1', points: 35 });
    expect(world).not.toKeepAtLeast({ resource: 'fs-1', points: 37 });
    expect(() => matchers.toKeepAtLeast(world, { resource: 'fs-1' })).toThrow('days or points must be given');
    expect(said(matchers.toKeepAtLeast(world, { resource: 'fs-1', days: 36 }))).toContain(
      'it has 35, the oldest of 2027-01-06T05:00:00Z in main, 34.8 days ago',
    );
  });
});

describe('toHaveCopyIn', () => {
  test('account, Region, vault, and how old', async () => {
    const world = await ran(estate([COPIED]), 10);
    expect(world).toHaveCopyIn({ resource: 'fs-1', account: FAR.account, region: FAR.region, vault: 'far', hours: 24 });
    expect(world).not.toHaveCopyIn({ resource: 'fs-1', account: ENV.account });
    expect(world).not.toHaveCopyIn({ resource: 'fs-1', vault: 'far', hours: 18 });
    expect(() => matchers.toHaveCopyIn(world, { resource: 'fs-1' })).toThrow('account, region or vault must be given');
  });

  test('says why copies failed', async () => {
    const onDefaultKey: StatefulResource = resource('ebs', 'vol-1', { encryptedWith: 'arn:aws:kms:x:y:alias/aws/ebs' });
    const world = await ran(estate([COPIED], { resources: [onDefaultKey] }), 2);
    const text = said(matchers.toHaveCopyIn(world, { resource: 'vol-1', vault: 'far' }));
    expect(text).toContain('no recovery point at all');
    expect(text).toContain('copy-job FAILED');
    expect(text).toContain('encrypted with a key that AWS manages');
  });
});

describe('toSurvive and toHaveRestorableCopyAfter', () => {
  test('the loss of what holds the backups leaves the copies, and the other way round', async () => {
    const world = await ran(estate([COPIED]), 10);
    expect(world).toSurvive({ region: ENV.region });
    expect(world).toSurvive({ account: ENV.account }, { resource: 'fs-1', hours: 24 });
    expect(world).toSurvive({ account: FAR.account });
    expect(world).not.toSurvive({ account: ENV.account }, { hours: 18 });
    expect(world).toHaveRestorableCopyAfter({ vault: 'main' });
    expect(world).not.toHaveRestorableCopyAfter({ vault: 'far' });
  });

  test('a key takes along what it encrypts: the vault for managed services and copies, the resource for others', async () => {
    const volume = resource('ebs', 'vol-1', { encryptedWith: FAR_KEY.replace('0002', '0003') });
    const world = await ran(estate([COPIED], { resources: [resource('efs', 'fs-1'), volume] }), 10);
    expect(world).toSurvive({ key: CMK });
    expect(world).not.toHaveRestorableCopyAfter({ key: FAR_KEY });
    const alone = await ran(estate([rule('daily', DAILY)], { resources: [resource('efs', 'fs-1'), volume] }), 10);
    expect(alone).not.toSurvive({ key: CMK }, { resource: 'fs-1' });
    expect(alone).toSurvive({ key: CMK }, { resource: 'vol-1' });
    expect(alone).not.toSurvive({ key: volume.encryptedWith ?? '' }, { resource: 'vol-1' });
  });

  test('what is under a key of the account or Region that is lost goes with it, wherever its vault is (B7.1/1, B13)', async () => {
    const far = vault('far', { env: FAR, encryptionKeyArn: CMK });
    const lent = await ran(estate([COPIED], { vaults: [vault('main'), far] }), 10);
    expect(lent).not.toSurvive({ account: ENV.account });
    expect(lent).not.toSurvive({ kind: 'account-suspended', account: ENV.account });
    expect(lent).not.toHaveRestorableCopyAfter({ region: ENV.region });
    expect(lent).toSurvive({ account: FAR.account });
    expect(lent).not.toHaveRestorableCopyAfter({ account: FAR.account });
  });

  test('what is under a key that cannot be used is not there to be restored, until it can be again (B13)', async () => {
    const world = await ran(estate([COPIED]), 10);
    world.faults.add({ kind: 'key-disabled', key: CMK });
    expect(world).not.toSurvive({ vault: 'far' });
    expect(said(matchers.toKeepAtLeast(world, { resource: 'fs-1', points: 11 }))).toContain(
      'it has 10, the oldest of 2027-01-01T05:00:00Z in far, 9.8 days ago\n10 more are under a key that cannot be used',
    );
    world.faults.add({ kind: 'key-disabled', key: FAR_KEY });
    expect(said(matchers.toHaveCopyIn(world, { resource: 'fs-1', vault: 'far' }))).toContain('20 more are under a key');
    expect(said(matchers.toSurvive(world, { vault: 'main' }))).toContain('20 more are under a key that cannot be used');
    world.faults.clear();
    expect(world).toSurvive({ vault: 'far' });
    expect(world).toKeepAtLeast({ resource: 'fs-1', points: 20 });
  });

  test('says of which resources nothing is left', async () => {
    const world = await ran(estate([rule('daily', DAILY)]), 3);
    const text = said(matchers.toSurvive(world, { region: ENV.region }));
    expect(text).toContain('1 do not:');
    expect(text).toContain('file-system/fs-1: nothing is left of 3 in');
    expect(() => matchers.toSurvive(world, {})).toThrow('a loss must name a region, account, vault or key');
  });
});

describe('toBeImmutableUntil', () => {
  const locked = (changeableForDays?: number) =>
    vault('main', {
      vaultLock: { minRetentionDays: 7, ...(changeableForDays === undefined ? {} : { changeableForDays }) },
    });

  test('a compliance lock, once its grace time is over, until the lifecycle ends (B7.4/1, B7.4/2)', async () => {
    const world = await ran(estate([rule('daily', DAILY)], { vaults: [locked(3)] }), 2);
    expect(world).not.toBeImmutableUntil({ resource: 'fs-1', until: '2027-01-10' });
    await world.advance({ days: 2 });
    expect(world).toBeImmutableUntil({ resource: 'fs-1', until: '2027-02-08' });
    expect(world).not.toBeImmutableUntil({ resource: 'fs-1', until: '2027-02-09' });
  });

  test('neither governance mode nor no lock is enough, and the text says so', async () => {
    const governed = await ran(estate([rule('daily', DAILY)], { vaults: [locked()] }), 5);
    const open = await ran(estate([rule('daily', DAILY)]), 5);
    const asked = { resource: 'fs-1', until: '2027-01-10' };
    expect(said(matchers.toBeImmutableUntil(governed, asked))).toContain('governance mode');
    expect(said(matchers.toBeImmutableUntil(open, asked))).toContain('the vault has no lock');
    expect(() => matchers.toBeImmutableUntil(open, { resource: 'fs-1', until: 'soon' })).toThrow("got 'soon'");
  });
});

test('toBeImmutableUntil passes over points that are there until they are copied (B7.6/2)', async () => {
  const gap = { backupVaultName: 'gap', env: ENV, minRetentionDays: 7, maxRetentionDays: 90 };
  const world = new World({ start: START });
  await world.deploy(
    estate([rule('daily', { ...DAILY, targetLogicallyAirGappedBackupVaultArn: vaultArn('gap') })], {
      vaults: [vault('main', { vaultLock: { minRetentionDays: 7, changeableForDays: 3 } })],
      logicallyAirGappedVaults: [gap],
      resources: [resource('ebs', 'vol-1', { encryptedWith: CMK })],
    }),
  );
  await world.advance({ days: 5 });
  const asked = { resource: 'vol-1', until: '2027-01-10' };
  expect(world).toBeImmutableUntil(asked);
  world.faults.add({ kind: 'copy-refused' });
  await world.advance({ days: 1 });
  expect(said(matchers.toBeImmutableUntil(world, { ...asked, vault: 'main' }))).toContain(
    'vault main: it is temporary, and goes once its copies are over (1)',
  );
});

describe('toDeny', () => {
  const DELETE = 'backup:DeleteRecoveryPoint';
  const ADMIN = `arn:aws:iam::${ENV.account}:role/Administrator`;

  test('says what stopped each attempt, and what did not', async () => {
    const locked = vault('locked', { vaultLock: { minRetentionDays: 7, changeableForDays: 3 } });
    const rules = [rule('daily', DAILY), rule('kept', { ...DAILY, targetBackupVaultName: 'locked' })];
    const plans = rules.map((one) => plan(one.ruleName, [one]));
    const world = await ran(estate([], { vaults: [vault('main'), locked], plans }), 10);
    const [kept] = world.pointsOf('fs-1').filter(({ backupVaultName }) => backupVaultName === 'locked');
    expect(world).toDeny({ action: DELETE, principal: ADMIN, resource: kept?.recoveryPointArn ?? '' });
    expect(world).not.toDeny({ action: DELETE, principal: ADMIN });
    const text = said(matchers.toDeny(world, { action: DELETE, principal: ADMIN }));
    const [open] = world.pointsOf('fs-1').filter(({ backupVaultName }) => backupVaultName === 'main');
    expect(text).toContain('1 of them succeed:');
    expect(text).toContain(open?.recoveryPointArn);
  });

  test('fails for an action that nobody tries, and for what is no principal', async () => {
    const world = await ran(estate([rule('daily', DAILY)]), 3);
    const ask = (action: string, principal: string) => () => matchers.toDeny(world, { action, principal });
    expect(ask('backup:ListBackupVaults', ADMIN)).toThrow(
      /action must be one that .* can try \(.*backup:DeleteBackupVault/,
    );
    expect(ask(DELETE, 'somebody')).toThrow('a principal must be the ARN');
  });
});
