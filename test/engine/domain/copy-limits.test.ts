// How many copies run at once: 100 into a Region and 5 into each vault beyond, less into logically air-gapped vaults.
import { Environment, Estate, ServiceSupport } from '@holdfast/model';
import { Gate } from '../../../engine/src/domain/copy-limits';
import type { WorldState } from '../../../engine/src/domain/world-state';
import { startBackupJob } from '../../../engine/src/operations/backup/start-backup-job';
import { MINUTE, CMK, ENV, plan, resource, ROLE, rule, until, vault, vaultArn, world } from '../scenarios/stage';

const FAR = { ...ENV, region: 'us-east-1' };
const GAP = { backupVaultName: 'gap', env: ENV, minRetentionDays: 7, maxRetentionDays: 365 };
const AFTER_BACKUPS = '2027-01-01T05:03Z';

function many(service: string, count: number, env: Environment = ENV, prefix = 'one') {
  return Array.from({ length: count }, (_, i) =>
    resource(service, `${prefix}-${String(i).padStart(3, '0')}`, { env, encryptedWith: CMK }),
  );
}

function copying(service: string, count: number, destinations: string[], more: Estate = {}) {
  const copyActions = destinations.map((destinationBackupVaultArn) => ({ destinationBackupVaultArn }));
  return world('2027-01-01', {
    vaults: [vault('main'), vault('first'), vault('other'), vault('far', { env: FAR })],
    logicallyAirGappedVaults: [GAP],
    resources: many(service, count),
    plans: [plan('p', [rule('r', { copyActions })])],
    ...more,
  });
}

function copies(state: WorldState, instant: string): Record<string, number> {
  return until(state, instant).summary().copyJobs as Record<string, number>;
}

describe('copies of services under full management', () => {
  test('run 100 at once into a Region, and 5 more into the vault (B6.3/15)', () => {
    expect(copies(copying('efs', 105, [vaultArn('first')]), AFTER_BACKUPS)).toEqual({ RUNNING: 105 });
    const state = copying('efs', 107, [vaultArn('first')]);
    expect(copies(state, AFTER_BACKUPS)).toEqual({ RUNNING: 105, CREATED: 2 });
    const waiting = state.resources.flatMap(({ arn }) => state.jobsOf(arn)).filter((job) => job.state === 'CREATED');
    expect(waiting.map((job) => [job.kind, job.statusMessage, job.why])).toEqual(
      Array(2).fill(['copy', '', 'as many copies are running as there may be; it runs as soon as one is over']),
    );
  });

  test('that wait run as soon as others are over, first come, first served (B6.3/15)', () => {
    const state = copying('efs', 212, [vaultArn('first')]);
    until(state, '2027-01-02');
    const jobs = state.resources.flatMap(({ arn }) => state.jobsOf(arn).filter((job) => job.kind === 'copy'));
    const [first = NaN] = jobs.map((job) => job.startedAt);
    // 1 GiB takes 126 seconds.
    const waves = jobs.map((job) => ((job.startedAt ?? NaN) - first) / 126_000);
    expect(waves).toEqual([...Array(105).fill(0), ...Array(105).fill(1), 2, 2]);
    expect(state.summary().copyJobs).toEqual({ COMPLETED: 212 });
  });

  test('that waited for their resource say so when they wait for a place after that (B6.1/3, B6.3/15)', () => {
    const state = copying('efs', 150, [vaultArn('first'), vaultArn('other')]);
    // The first copies are over by then, and the others have looked for their resources.
    until(state, '2027-01-01T05:13:00Z');
    const free = state.resources
      .map(({ arn }) => state.jobsOf(arn).filter(({ kind }) => kind === 'copy'))
      .filter((jobs) => jobs.some((job) => job.state === 'COMPLETED') && jobs.some((job) => job.state === 'CREATED'));
    expect(free.length).toBeGreaterThan(0);
    const whys = free.flatMap((jobs) => jobs.filter((job) => job.state === 'CREATED').map(({ why }) => why));
    expect(new Set(whys)).toEqual(
      new Set(['as many copies are running as there may be; it runs as soon as one is over']),
    );
  });

  test('are also those of a stack, whose own part waits for a place and not for the stack (B4.5/1, B6.3/15)', () => {
    const table = resource('dynamodb-advanced', 'orders', { sizeGiB: 10 });
    const stack = resource('cloudformation', 'shop', { members: { Orders: table.arn }, sizeGiB: 0.01 });
    const state = copying('efs', 0, [vaultArn('first')], { resources: [...many('efs', 110), stack, table] });
    // The copies of the others have all places when the stack's begins.
    const parts = () => state.jobsOf(stack.arn).filter(({ kind }) => kind === 'copy');
    until(state, '2027-01-01T05:04:00Z');
    expect(parts().map((job) => job.state)).toEqual(['RUNNING', 'CREATED']);
    until(state, '2027-01-02');
    expect(parts().map((job) => job.state)).toEqual(['COMPLETED', 'COMPLETED']);
  });

  test('have 5 places of its own in each vault beyond the 100 (B6.3/15)', () => {
    const halves = (name: string) => [
      { selectionName: name, iamRoleArn: ROLE, resources: many('efs', 60, ENV, name).map(({ arn }) => arn) },
    ];
    const to = (name: string) =>
      plan(name, [rule('r', { copyActions: [{ destinationBackupVaultArn: vaultArn(name) }] })], {
        selections: halves(name),
      });
    const state = copying('efs', 0, [], {
      resources: [...many('efs', 60, ENV, 'first'), ...many('efs', 60, ENV, 'other')],
      plans: [to('first'), to('other')],
    });
    // One vault has all its 60 among the 100 and no need of more; the other has 40 there, and 5 beyond.
    expect(copies(state, AFTER_BACKUPS)).toEqual({ RUNNING: 105, CREATED: 15 });
    expect(copies(state, '2027-01-02')).toEqual({ COMPLETED: 120 });
  });

  test('into another Region have places of their own (B6.3/15)', () => {
    const away = copying('efs', 110, [vaultArn('far', FAR)], {
      resources: [...many('efs', 110), ...many('dynamodb-advanced', 110)],
      plans: [
        plan('p', [rule('r', { copyActions: [{ destinationBackupVaultArn: vaultArn('far', FAR) }] })], {
          selections: [{ selectionName: 's', iamRoleArn: ROLE, resources: ['arn:aws:elasticfilesystem:*'] }],
        }),
        plan('q', [rule('r', { copyActions: [{ destinationBackupVaultArn: vaultArn('first') }] })], {
          selections: [{ selectionName: 's', iamRoleArn: ROLE, resources: ['arn:aws:dynamodb:*'] }],
        }),
      ],
    });
    expect(copies(away, AFTER_BACKUPS)).toEqual({ RUNNING: 210, CREATED: 10 });
  });

  test('leave their resource free while they wait, and wait for it when it is busy at their turn (B6.3/15, B4.3/1)', () => {
    const state = copying('efs', 106, [vaultArn('first')]);
    until(state, AFTER_BACKUPS);
    const late = state.resources.find(({ arn }) => state.jobsOf(arn).some((job) => job.state === 'CREATED'));
    const input = { BackupVaultName: 'other', ResourceArn: late?.arn, IamRoleArn: ROLE };
    startBackupJob(state, ENV, input);
    until(state, '2027-01-01T06:00Z');
    const [, copy, second] = state.jobsOf(late?.arn ?? '');
    expect(second).toMatchObject({ kind: 'backup', state: 'COMPLETED', startedAt: Date.parse('2027-01-01T05:03Z') });
    // It was made at 05:02:06, and looks every ten minutes.
    expect(copy).toMatchObject({ kind: 'copy', startedAt: Date.parse('2027-01-01T05:12:06Z') });
  });

  test('tell the same, whether the clock moves at once or in parts (B6.3/15)', () => {
    const atOnce = copying('efs', 230, [vaultArn('first'), vaultArn('other')]);
    const inParts = copying('efs', 230, [vaultArn('first'), vaultArn('other')]);
    until(atOnce, '2027-01-03');
    while (inParts.now < atOnce.now) {
      inParts.runUntil(Math.min(atOnce.now, inParts.now + 7 * MINUTE));
    }
    expect(inParts.digest()).toBe(atOnce.digest());
    expect(atOnce.summary().copyJobs).toEqual({ COMPLETED: 920 });
  });
});

test('copies of other services are not limited (B6.3/15)', () => {
  expect(copies(copying('ebs', 130, [vaultArn('first')]), AFTER_BACKUPS)).toEqual({ RUNNING: 130 });
});

describe('copies into logically air-gapped vaults', () => {
  // prettier-ignore
  test.each([
    ['ebs',             20],
    ['aurora',          20],
    ['documentdb',      20],
    ['neptune',         20],
    ['storage-gateway', 5],
    ['fsx-windows',     5],
    ['fsx-openzfs',     5],
  ])('of %s run %d at once (B7.5/6)', (service, most) => {
    expect(ServiceSupport.find(service).logicallyAirGapped).toBe(true);
    const [fits, over] = [most, most + 2].map((count) => copies(copying(service, count, [vaultArn('gap')]), AFTER_BACKUPS));
    expect(fits).toEqual({ RUNNING: most });
    expect(over).toEqual({ RUNNING: most, CREATED: 2 });
  });

  test('count all kinds of FSx together (B7.5/6)', () => {
    const resources = [...many('fsx-windows', 3), ...many('fsx-openzfs', 3, ENV, 'other')];
    const state = copying('fsx-windows', 0, [vaultArn('gap')], { resources });
    expect(copies(state, AFTER_BACKUPS)).toEqual({ RUNNING: 5, CREATED: 1 });
    expect(copies(state, '2027-01-02')).toEqual({ COMPLETED: 6 });
  });
});

describe('a limit', () => {
  /** One may run, and one more for each vault; these wait: 3 and 6 for vault 1, 5 for vault 2. */
  const full = () => {
    const gate = new Gate(1, 1);
    expect([gate.takesOne(), gate.takesOne()]).toEqual([true, false]);
    expect(gate.takesOneBeyond(2, 1)).toBe(true);
    expect([gate.takesOneBeyond(3, 1), gate.takesOneBeyond(4, 2)]).toEqual([false, true]);
    expect([gate.takesOneBeyond(5, 2), gate.takesOneBeyond(6, 1)]).toEqual([false, false]);
    expect(gate.take()).toBeUndefined();
    return gate;
  };
  /** Those that run next, each of which takes its place. */
  const next = (gate: Gate, vaults: Record<number, number>) => {
    const taken: number[] = [];
    for (let one = gate.take(); one !== undefined; one = gate.take()) {
      taken.push(one);
      if (!gate.takesOne()) {
        expect(gate.takesOneBeyond(one, vaults[one] ?? 0)).toBe(true);
      }
    }
    return taken;
  };
  const VAULTS = { 3: 1, 5: 2, 6: 1 };

  test('gives a place of all to the one that waits longest, whatever its vault (B6.3/15)', () => {
    const gate = full();
    gate.leaveBeyond(1, () => 1);
    expect(next(gate, VAULTS)).toEqual([3]);
    gate.leaveBeyond(3, () => 1);
    expect(next(gate, VAULTS)).toEqual([5]);
  });

  test('gives a place of a vault to the one that waits longest for it (B6.3/15)', () => {
    const gate = full();
    gate.leaveBeyond(4, () => 2);
    expect(next(gate, VAULTS)).toEqual([5]);
    gate.leaveBeyond(2, () => 1);
    expect(next(gate, VAULTS)).toEqual([3]);
    gate.leaveBeyond(3, () => 1);
    expect(next(gate, VAULTS)).toEqual([6]);
    gate.leaveBeyond(6, () => 1);
    expect(next(gate, VAULTS)).toEqual([]);
  });

  test('lets nobody wait who came after all that waited have run (B6.3/15)', () => {
    const gate = full();
    [1, 2, 4].forEach((one) => {
      gate.leaveBeyond(one, () => (one === 4 ? 2 : 1));
    });
    expect(next(gate, VAULTS)).toEqual([3, 5, 6]);
    expect(gate.takesOneBeyond(7, 1)).toBe(false);
    gate.leaveBeyond(3, () => 1);
    expect(next(gate, { 7: 1 })).toEqual([7]);
  });
});

test('a copy that has to wait for others is CREATED, and says so once (B7.5/6)', () => {
  const state = copying('fsx-windows', 6, [vaultArn('gap')]);
  expect(copies(state, AFTER_BACKUPS)).toEqual({ RUNNING: 5, CREATED: 1 });
  const told = state.events().filter(({ kind, what }) => kind === 'copy-job' && what === 'CREATED');
  expect(told.map(({ why }) => why)).toEqual([
    'as many copies are running as there may be; it runs as soon as one is over',
  ]);
});
