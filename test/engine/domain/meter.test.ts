// What each point holds on its own, in which chain it stands, and under which line it counts.
import type { Environment, StatefulResource } from '@holdfast/model';
import type { WorldState } from '../../../engine/src/domain/world-state';
import { parseInstant, SECOND } from '../../../engine/src/kernel/instant';
import { deleteRecoveryPoint } from '../../../engine/src/operations/backup/delete-recovery-point';
import { startBackupJob } from '../../../engine/src/operations/backup/start-backup-job';
import { startRestoreJob } from '../../../engine/src/operations/backup/start-restore-job';
import { begun, costAt, daily, EAST, east, january, runsOnce, vaultIn } from '../cost/stage';
import { plan, ROLE, vaultArn } from '../scenarios/stage';

const GIB = 2 ** 30;
const WEST: Environment = { ...EAST, region: 'us-west-2' };
/** 1 GiB of change a day. */
const FILES = east('efs', 'fs-1', 100, { dailyChangePercent: 1 });
const VOLUME = east('ebs', 'vol-1', 100, { dailyChangePercent: 1 });

const copiesTo = (...destinations: [name: string, env?: Environment][]) => ({
  copyActions: destinations.map(([name, env = EAST]) => ({ destinationBackupVaultArn: vaultArn(name, env) })),
});

/** Rows of the points of a resource in a vault, oldest first. */
function rowsIn(state: WorldState, of: StatefulResource, vault = 'main', env = EAST): number[] {
  const { ledger } = state;
  const { points } = ledger;
  return (ledger.resources.tryFind(of.arn)?.series ?? [])
    .filter((series) => ledger.vaultOf(series).arn === vaultArn(vault, env))
    .flatMap((series) => points.rowsOf(series))
    .sort((a, b) => (points.createdAts[a] ?? 0) - (points.createdAts[b] ?? 0));
}

/** GiB that the points of a resource in a vault hold on their own, oldest first. */
function held(state: WorldState, of: StatefulResource, vault = 'main', env = EAST): number[] {
  return rowsIn(state, of, vault, env).map((row) => Number(((state.ledger.meter?.heldOf(row) ?? 0) / GIB).toFixed(3)));
}

function until(state: WorldState, instant: string): WorldState {
  state.runUntil(parseInstant(instant));
  return state;
}

/** GiB of storage that are counted now, of all points together. */
function counted({ ledger: { meter }, now }: WorldState): number {
  const sums = (instant: number) =>
    (meter?.lines.all ?? [])
      .filter(({ kind }) => kind === 'storage')
      .flatMap(({ number }) => meter?.usage.sums(number, instant) ?? [])
      .reduce((sum, one) => sum + one, 0n);
  return Number(sums(now + SECOND) - sums(now)) / GIB;
}

/** Deletes the nth of the points that stand in a vault. */
function remove(state: WorldState, of: StatefulResource, nth: number): void {
  const points = [...state.pointsOf(of.arn)].sort((a, b) => a.createdAt - b.createdAt);
  deleteRecoveryPoint(state, EAST, { BackupVaultName: 'main', RecoveryPointArn: points[nth]?.recoveryPointArn });
}

describe('a point of a chain', () => {
  test('holds what no newer one shares, and the newest all of it', () => {
    const state = until(begun([FILES], [daily(35)]), '2027-01-04T00:00:00Z');
    expect(held(state, FILES)).toEqual([1, 1, 100]);
  });

  test('leaves to the one before it what that needs: of the middle its change, of the newest everything (B4.4/2)', () => {
    const state = until(begun([FILES], [daily(35)]), '2027-01-04T00:00:00Z');
    remove(state, FILES, 1);
    expect(held(state, FILES)).toEqual([2, 100]);
    remove(state, FILES, 1);
    expect(held(state, FILES)).toEqual([100]);
    // What changed since the first one, which alone is left.
    until(state, '2027-01-05T00:00:00Z');
    expect(held(state, FILES)).toEqual([3, 100]);
  });

  test('takes with it what it holds when it is the oldest, and so does the next (B4.4/2)', () => {
    const state = until(begun([FILES], [daily(35)]), '2027-01-05T00:00:00Z');
    remove(state, FILES, 0);
    expect(held(state, FILES)).toEqual([1, 1, 100]);
    remove(state, FILES, 0);
    expect(held(state, FILES)).toEqual([1, 100]);
    remove(state, FILES, 0);
    remove(state, FILES, 0);
    until(state, '2027-01-06T00:00:00Z');
    expect(held(state, FILES)).toEqual([100]);
  });

  test('is counted for what it holds, whichever of the chain goes', () => {
    const state = until(begun([VOLUME], [daily(35)]), '2027-01-06T00:00:00Z');
    expect(counted(state)).toBe(104);
    for (const [nth, left] of [
      [1, [2, 1, 1, 100]],
      [3, [2, 1, 100]],
      [0, [1, 100]],
      [1, [100]],
    ] as const) {
      remove(state, VOLUME, nth);
      expect(held(state, VOLUME)).toEqual(left);
      expect(counted(state)).toBe(left.reduce((sum, one) => sum + one, 0));
    }
  });

  test('holds its own however long the chain is: the 1,200 of 50 days', () => {
    const hourly = daily(60, { scheduleExpression: 'cron(0 * ? * * *)' });
    const state = until(begun([{ ...VOLUME, dailyChangePercent: 24 }], [hourly]), '2027-02-20T00:00:00Z');
    const all = held(state, VOLUME);
    expect(all).toHaveLength(1200);
    expect([new Set(all.slice(0, -1)), all.at(-1)]).toEqual([new Set([1]), 100]);
    expect(counted(state)).toBe(1299);
  });

  test('holds nothing once it is gone, and neither does what never was', () => {
    const state = until(begun([FILES], [daily(35)]), '2027-01-02T00:00:00Z');
    const [row = -1] = rowsIn(state, FILES);
    expect(state.ledger.meter?.heldOf(row)).toBe(100 * GIB);
    remove(state, FILES, 0);
    expect([row, row + 1, 1023, 1024, 5000].map((one) => state.ledger.meter?.heldOf(one))).toEqual([0, 0, 0, 0, 0]);
  });

  test('counts under its own rule, what it shares with the newest under that of the newest', () => {
    const one = east('efs', 'fs-1', 31, { dailyChangePercent: 0 });
    const [first, second] = [runsOnce(), daily(35, { scheduleExpression: 'cron(0 5 11 1 ? *)', ruleName: 'later' })];
    const cost = january([one], [first], { plans: [plan('q', [second], { env: EAST })] });
    // 31 GiB at 0.05: under the first until it is made anew on January 11, between 05:00 and 06:00.
    const [later = 0, once = 0] = cost.byRule.map(({ usdMicros }) => usdMicros);
    expect(cost.byRule.map(({ rule }) => rule)).toEqual(['later', 'once']);
    expect(Math.abs(later + once - 1_550_000)).toBeLessThanOrEqual(1);
    expect(once).toBeGreaterThan((10 + 5 / 24) * 50_000);
    expect(once).toBeLessThan((10 + 6 / 24) * 50_000);
  });
});

describe('a chain', () => {
  /** At 17:00, into another vault. */
  const atFive = (targetBackupVaultName: string) => {
    const rules = [{ ...daily(35, { scheduleExpression: 'cron(0 17 ? * * *)' }), targetBackupVaultName }];
    return plan(`to-${targetBackupVaultName}`, rules, { env: EAST });
  };

  // prettier-ignore
  test.each<[what: string, of: StatefulResource, main: number[], other: number[]]>([
    ['its own in each vault where AWS Backup manages the service', FILES,  [1, 100],   [1, 100]],
    ['one in all vaults of the Region elsewhere',                  VOLUME, [0.5, 0.5], [0.5, 100]],
  ])('of backups is %s (B4.4/1)', (_what, of, main, other) => {
    const more = { vaults: [vaultIn('other')], plans: [atFive('other')] };
    const state = until(begun([of], [daily(35)], more), '2027-01-03T00:00:00Z');
    expect([held(state, of), held(state, of, 'other')]).toEqual([main, other]);
  });

  test('of copies within the Region begins with a full one under each key, beside the backups there (B4.4/5)', () => {
    const sealed = { ...vaultIn('sealed'), encryptionKeyArn: `${vaultIn('sealed').encryptionKeyArn}2` };
    const more = { vaults: [vaultIn('other'), vaultIn('third'), sealed], plans: [atFive('third')] };
    const state = begun([VOLUME], [daily(35, copiesTo(['other'], ['third'], ['sealed']))], more);
    until(state, '2027-01-02T00:00:00Z');
    const vaults = ['main', 'other', 'third', 'sealed'];
    expect(vaults.map((name) => held(state, VOLUME, name))).toEqual([[0.5], [0], [100, 100], [100]]);
  });

  test('of copies into another Region is one there for all of its vaults, whatever they were copied from (B4.4/5)', () => {
    const vaults = [vaultIn('far', WEST), vaultIn('farther', WEST)];
    const state = begun([VOLUME, FILES], [daily(35, copiesTo(['far', WEST], ['farther', WEST]))], { vaults });
    until(state, '2027-01-02T00:00:00Z');
    const all = (of: StatefulResource) => ['far', 'farther'].map((name) => held(state, of, name, WEST)[0]).sort();
    expect(all(VOLUME)).toEqual([0, 100]);
    expect(all(FILES)).toEqual([100, 100]);
    until(state, '2027-01-04T00:00:00Z');
    expect(held(state, FILES, 'far', WEST)).toEqual([1, 1, 100]);
    expect(held(state, VOLUME)).toEqual([1, 1, 100]);
  });

  test('of one resource has nothing of another', () => {
    const many = ['a', 'b', 'c', 'd'].map((name) => east('ebs', `vol-${name}`, 100, { dailyChangePercent: 1 }));
    const vaults = [vaultIn('other'), vaultIn('third')];
    const state = begun(many, [daily(35, copiesTo(['other'], ['third']))], { vaults });
    until(state, '2027-01-04T00:00:00Z');
    for (const one of many) {
      expect(['main', 'other', 'third'].map((name) => held(state, one, name))).toEqual([
        [1, 1, 100],
        [0, 0, 0],
        [1, 1, 100],
      ]);
    }
  });

  test('of copies has nothing of backups that began later, nor of other resources', () => {
    const many = ['a', 'b', 'c', 'd', 'e', 'f'].map((name) =>
      east('ebs', `vol-${name}`, 100, { dailyChangePercent: 1 }),
    );
    const only = (of: StatefulResource[]) => [
      { selectionName: 's', iamRoleArn: ROLE, resources: of.map(({ arn }) => arn) },
    ];
    const [copied, alone] = [many.slice(0, 3), many.slice(3)];
    const state = begun(many, [], {
      vaults: [vaultIn('other')],
      plans: [
        plan('copied', [daily(35, copiesTo(['other']))], { env: EAST, selections: only(copied) }),
        plan('alone', [daily(35, { scheduleExpression: 'cron(0 17 ? * * *)' })], {
          env: EAST,
          selections: only(alone),
        }),
      ],
    });
    until(state, '2027-01-03T00:00:00Z');
    expect(copied.map((one) => [held(state, one), held(state, one, 'other')])).toEqual(
      copied.map(() => [
        [1, 100],
        [1, 100],
      ]),
    );
    expect(alone.map((one) => held(state, one))).toEqual(alone.map(() => [1, 100]));
  });

  test('of a vault has copies and backups alike where AWS Backup manages the service (B4.4/1)', () => {
    const state = begun([FILES], [daily(35, copiesTo(['other']))], {
      vaults: [vaultIn('other')],
      plans: [atFive('other')],
    });
    until(state, '2027-01-03T00:00:00Z');
    const [first = 0, second = 0, third = 0, newest] = held(state, FILES, 'other');
    expect(newest).toBe(100);
    expect(Math.max(first, second, third)).toBeLessThan(1);
  });

  test('has no continuous point: a snapshot beside it is whole', () => {
    const database = east('rds', 'shop', 100, { dailyChangePercent: 1 });
    const more = { plans: [atFive('main')] };
    const state = begun([database], [daily(35, { enableContinuousBackup: true })], more);
    until(state, '2027-01-02T00:00:00Z');
    expect(held(state, database)).toEqual([100, 100]);
  });
});

test('a stack costs what its members cost, and nothing when its points go', () => {
  const members = { Files: FILES.arn };
  const stack = east('cloudformation', 'shop', 0.01, { members });
  const of = { env: EAST, selections: [{ selectionName: 'one', iamRoleArn: ROLE, resources: [stack.arn] }] };
  const state = begun([stack, FILES], [], { plans: [plan('p', [daily(2)], of)] });
  until(state, '2027-01-10T00:00:00Z');
  expect(state.pointsOf(stack.arn).length).toBeGreaterThan(0);
  expect(held(state, FILES).at(-1)).toBe(100);
  expect(costAt(state, '2027-01-11T00:00:00Z').byKind['storage']).toBeGreaterThan(0);
});

test('the restore of a cluster moves what its volumes hold, and nothing of its own', () => {
  const volume = east('ebs', 'vol-0123456789abcdef0', 100);
  const cluster = east('eks', 'prod', 1, { members: { data: volume.arn } });
  const state = begun([cluster, volume], []);
  startBackupJob(state, EAST, { BackupVaultName: 'main', ResourceArn: cluster.arn, IamRoleArn: ROLE });
  until(state, '2027-01-02T00:00:00Z');
  const parent = state.pointsOf(cluster.arn).find((point) => point.recoveryPointArn.includes(':composite:'));
  const nested = { [state.pointsOf(volume.arn)[0]?.recoveryPointArn ?? '']: { availabilityZone: 'us-east-1a' } };
  startRestoreJob(state, EAST, {
    RecoveryPointArn: parent?.recoveryPointArn,
    IamRoleArn: ROLE,
    Metadata: { clusterName: 'again', newCluster: 'true', nestedRestoreJobs: JSON.stringify(nested) },
  });
  const { lines } = costAt(state, '2027-01-03T00:00:00Z');
  const restored = lines.filter(({ kind }) => kind === 'restore');
  expect(restored.map(({ item, quantity }) => [item, quantity])).toEqual([['restore/warm/ebs', [100]]]);
});

test('a copy that stays in its account and Region transfers nothing (B16.2/7)', () => {
  const cost = january([FILES], [runsOnce(copiesTo(['other']))], { vaults: [vaultIn('other')] });
  expect(cost.byKind['transfer']).toBeUndefined();
  expect(cost.byKind['storage']).toBeGreaterThan(0);
});

describe('snapshots of Aurora (B16.2/10)', () => {
  const cluster = (automatedBackupDays: number) => east('aurora', 'accounts', 100, { automatedBackupDays });
  /** GiB-months of storage of January, by tier. */
  const stored = (cost: ReturnType<typeof january>, tier: string, region = EAST.region) =>
    cost.lines
      .filter((line) => line.kind === 'storage' && line.tier === tier && line.region === region)
      .reduce((sum, { quantity }) => sum + (quantity[0] ?? 0), 0);

  test('are free as long as the continuous backup is kept that stands, whatever the cluster keeps itself', () => {
    const plans = [plan('s', [runsOnce({ scheduleExpression: 'cron(0 17 1 1 ? *)' })], { env: EAST })];
    const beside = january([cluster(3)], [daily(10, { enableContinuousBackup: true })], { plans });
    // From January 11, 17:00 on: 20 days and 7 hours of 31.
    expect(stored(beside, 'warm')).toBeCloseTo((100 * (20 + 7 / 24)) / 31, 3);
    const alone = january([cluster(3)], [], { plans });
    expect(stored(alone, 'warm')).toBeCloseTo((100 * (27 + 7 / 24)) / 31, 3);
  });

  test('are free for a day where nothing says how long, and copies never are', () => {
    const more = { vaults: [vaultIn('far', WEST)] };
    const cost = january([east('aurora', 'accounts', 100)], [runsOnce(copiesTo(['far', WEST]))], more);
    expect(stored(cost, 'warm')).toBeCloseTo((100 * (29 + 19 / 24)) / 31, 3);
    expect(stored(cost, 'warm', WEST.region)).toBeGreaterThan(100 * (30.5 / 31));
  });

  test('are none of them continuous backups, which count from the first', () => {
    const state = begun([cluster(7)], [daily(10, { enableContinuousBackup: true })]);
    until(state, '2027-01-04T00:00:00Z');
    expect(held(state, cluster(7))).toEqual([100]);
    expect(counted(state)).toBe(100);
  });

  test('cost nothing when stacks take the place of those that went', () => {
    const clusters = ['a', 'b', 'c', 'd'].map((name) => east('aurora', name, 1, { automatedBackupDays: 7 }));
    const stack = east('cloudformation', 'shop', 0.01, { members: { Files: FILES.arn } });
    const selections = [{ selectionName: 's', iamRoleArn: ROLE, resources: clusters.map(({ arn }) => arn) }];
    const state = begun([...clusters, FILES, stack], [], {
      plans: [plan('p', [runsOnce()], { env: EAST, selections })],
    });
    until(state, '2027-01-02T00:00:00Z');
    const rows = clusters.flatMap((one) => rowsIn(state, one));
    clusters.forEach((one) => remove(state, one, 0));
    startBackupJob(state, EAST, { BackupVaultName: 'main', ResourceArn: stack.arn, IamRoleArn: ROLE });
    until(state, '2027-01-03T00:00:00Z');
    expect(rowsIn(state, stack).filter((row) => state.ledger.composites.isParent(row))).toHaveLength(1);
    expect(rows).toEqual(expect.arrayContaining(rowsIn(state, stack)));
    const before = counted(state);
    until(state, '2027-01-12T00:00:00Z');
    expect(counted(state)).toBe(before);
  });

  test('cost nothing when each is gone before it is no longer free, though others take its place', () => {
    expect(january([cluster(7)], [daily(6)]).totalUsdMicros).toBe(0);
  });
});

describe('what a database is provisioned with (B16.2/9)', () => {
  const provisioned = (state: WorldState) =>
    (state.ledger.meter?.lines.all ?? [])
      .filter(({ kind }) => kind === 'provisioned')
      .map(({ service, number }) => {
        const [january = 0n] = state.ledger.meter?.usage.sums(number, state.now) ?? [];
        return [service, Number(january) / GIB / 86_400];
      });

  test('counts for as long as it is there and as it is large, and nothing else does', () => {
    const database = east('rds', 'shop', 10);
    const state = begun([database, FILES, east('aurora', 'accounts', 3)], []);
    until(state, '2027-01-11T00:00:00Z');
    expect(provisioned(state)).toEqual([
      ['aurora', 30],
      ['rds', 100],
    ]);
    state.addResource({ ...database, sizeGiB: 20 });
    until(state, '2027-01-16T00:00:00Z');
    expect(provisioned(state)[1]).toEqual(['rds', 200]);
    state.removeResource(state.ledger.resources.tryFind(database.arn)!);
    until(state, '2027-01-21T00:00:00Z');
    expect(provisioned(state)).toEqual([
      ['aurora', 60],
      ['rds', 200],
    ]);
  });
});

test('a restore that somebody asks for is no restore test (B16.2/12)', () => {
  const one = east('dynamodb-advanced', 'orders', 1);
  const state = until(begun([one], [runsOnce()]), '2027-01-02T00:00:00Z');
  startRestoreJob(state, EAST, {
    RecoveryPointArn: state.pointsOf(one.arn)[0]?.recoveryPointArn,
    IamRoleArn: ROLE,
    Metadata: { targetTableName: 'restored', encryptionType: 'Default' },
  });
  const { byKind } = costAt(state, '2027-01-03T00:00:00Z');
  expect([byKind['restore'], byKind['restore-test']]).toEqual([150_000, undefined]);
});

test('a point that takes the place of one of small objects is as large as it is', () => {
  const bucket = east('s3', 'pictures', 31, { objectCount: 1_000_000 });
  const plans = [plan('late', [daily(35, { scheduleExpression: 'cron(0 5 3 1 ? *)' })], { env: EAST })];
  const state = begun([bucket], [runsOnce({ lifecycle: { deleteAfterDays: 1 } })], { plans });
  until(state, '2027-01-02T00:00:00Z');
  expect(held(state, bucket)[0]).toBeCloseTo(122.07, 2);
  const [row] = rowsIn(state, bucket);
  remove(state, bucket, 0);
  state.removeResource(state.ledger.resources.tryFind(bucket.arn)!);
  state.addResource(FILES);
  until(state, '2027-01-04T00:00:00Z');
  expect([rowsIn(state, FILES), held(state, FILES)]).toEqual([[row], [100]]);
});

test('each service has one line in each vault and tier for a rule, however many points it has', () => {
  const resources = [east('rds', 'shop', 10), FILES, VOLUME];
  const vaults = [vaultIn('far', WEST)];
  const rules = [daily(2, { ...copiesTo(['far', WEST]), enableContinuousBackup: true })];
  const state = until(begun(resources, rules, { vaults }), '2027-01-08T00:00:00Z');
  const told = (state.ledger.meter?.lines.all ?? []).map(({ kind, service, tier, env, vault }) =>
    [kind, service, tier ?? '-', env.region, vault?.arn.split(':').at(-1) ?? '-'].join(' '),
  );
  expect([...told].sort()).toEqual(
    [
      'provisioned rds - us-east-1 -',
      'storage rds continuous us-east-1 main',
      ...['efs', 'ebs'].map((service) => `storage ${service} warm us-east-1 main`),
      ...['efs', 'ebs', 'rds'].map((service) => `storage ${service} warm us-west-2 far`),
      ...['efs', 'ebs', 'rds'].map((service) => `transfer ${service} - us-east-1 far`),
    ].sort(),
  );
});
