// The World as a whole: its clock, its settings and its sums.
import { WorldState } from '../../../engine/src/domain/world-state';
import { deploy } from '../../../engine/src/ingest/deploy';
import { HOUR, NEVER } from '../../../engine/src/kernel/instant';
import { startBackupJob } from '../../../engine/src/operations/backup/start-backup-job';
import { stopBackupJob } from '../../../engine/src/operations/backup/stop-backup-job';
import { daily, inject, last, START } from '../scenarios/fault-stage';
import { CMK, ENV, plan, resource, ROLE, rule, until, vault, vaultArn, world } from '../scenarios/stage';

const FS = resource('efs', 'fs-1');
const DAILY = { scheduleExpression: 'cron(0 5 * * ? *)' };

describe('the clock', () => {
  test.each([[-1], [Number.NaN]])('does not go back, nor to no instant: %d', (ms) => {
    const state = world(START, {});
    expect(() => state.runUntil(state.now + ms)).toThrow(
      'the clock stands at 2027-01-01T00:00:00.000Z and cannot go back to',
    );
    expect(state.runUntil(state.now)).toBe(true);
  });

  test('says how far it has come every 65,536 entries, and at the end', () => {
    const state = world(START, {});
    const { ledger } = state;
    const kind = ledger.turn('tick', () => undefined);
    const from = state.now;
    const COUNT = 150_000;
    for (let n = 1; n <= COUNT; n++) {
      ledger.agenda.push(from + n, kind, 0);
    }
    const told: [number, number][] = [];
    state.runUntil(from + COUNT + 1, (fraction, now) => told.push([fraction, now - from]));
    expect(told).toEqual([
      [65_536 / (COUNT + 1), 65_536],
      [131_072 / (COUNT + 1), 131_072],
      [1, COUNT + 1],
    ]);
    // Nobody has to ask.
    for (let n = 1; n <= 70_000; n++) {
      ledger.agenda.push(state.now + n, kind, 0);
    }
    expect(state.runUntil(state.now + 70_001)).toBe(true);
  });

  test('lets who watches look at the instant that was named, before anything of it happens', () => {
    const state = world(START, {});
    const { ledger, now: from } = state;
    const told: string[] = [];
    const kind = ledger.turn('tick', (subject) => told.push(`tick ${subject}`));
    for (const n of [1, 5, 9]) {
      ledger.agenda.push(from + n, kind, n);
    }
    const watcher = {
      nextAt: from + 5,
      look: (instant: number) => {
        told.push(`look ${instant - from}`);
        watcher.nextAt = NEVER;
      },
    };
    state.watcher = watcher;
    state.runUntil(from + 10);
    expect(told).toEqual(['tick 1', 'look 5', 'tick 5', 'tick 9']);
    // Where nothing comes up, the end of what was asked for is looked at, too, and no instant behind it.
    watcher.nextAt = from + 21;
    state.runUntil(from + 20);
    expect(told).toHaveLength(4);
    state.runUntil(from + 21);
    expect(told.at(-1)).toBe('look 21');
  });

  test('logs what happens while it moves at once, and what callers do in between when it moves again', () => {
    const state = world(START, {});
    const { ledger } = state;
    const seen: boolean[] = [];
    const kind = ledger.turn('look', () => seen.push(ledger.running));
    ledger.agenda.push(state.now + 1, kind, 0);
    expect(ledger.running).toBe(false);
    state.runUntil(state.now + 2);
    expect([seen, ledger.running]).toEqual([[true], false]);
  });

  test('stops where more entries come up at one instant than are allowed, ten million unless given', () => {
    const spin = (stepLimit: number | undefined, count: number) => {
      const state = new WorldState({ start: 0, ...(stepLimit !== undefined && { stepLimit }) });
      let left = count;
      const kind = state.ledger.turn('spin', () => {
        if (--left > 0) {
          state.ledger.agenda.push(1, kind, 0);
        }
      });
      state.ledger.agenda.push(1, kind, 0);
      return () => state.runUntil(2);
    };
    expect(spin(10, 10)).not.toThrow();
    expect(spin(10, 12)).toThrow(/more than 10 steps at/);
    expect(spin(undefined, 1000)).not.toThrow();
  });
});

describe('settings of a Region', () => {
  const digest = (...changes: Record<string, boolean>[]) => {
    const state = world(START, {});
    for (const resourceTypeOptInPreference of changes) {
      state.changeSettings({ env: ENV, resourceTypeOptInPreference });
    }
    return state.digest();
  };

  test('enter the digest by what they are, in whatever order they are named', () => {
    expect(digest({ EFS: true, EBS: false, S3: true })).toBe(digest({ S3: true, EBS: false, EFS: true }));
    expect(digest({ EFS: true, EBS: false, S3: true })).toBe(digest({ EBS: false, EFS: true, S3: true }));
    expect(digest({ EFS: true })).not.toBe(digest({ EFS: false }));
    const managed = (Aurora: boolean) => {
      const state = world(START, {});
      state.changeSettings({ env: ENV, resourceTypeManagementPreference: { DynamoDB: Aurora } });
      return state.digest();
    };
    expect(managed(true)).not.toBe(managed(false));
  });
});

describe('the sums', () => {
  test('count warm and cold points by vault, and resources by type in the order of the types', () => {
    const cold = rule('cold', {
      scheduleExpression: 'cron(0 5 1 1,2 ? 2027)',
      lifecycle: { moveToColdStorageAfterDays: 1, deleteAfterDays: 400 },
    });
    const state = world(START, {
      vaults: [vault('main')],
      resources: [
        resource('s3', 'docs'),
        FS,
        resource('ec2', 'i-1'),
        resource('ebs', 'vol-1'),
        resource('efs', 'fs-2'),
      ],
      plans: [plan('p', [cold], { selections: [{ selectionName: 's', iamRoleArn: ROLE, resources: [FS.arn] }] })],
    });
    until(state, '2027-02-01T12:00:00Z');
    const { recoveryPoints, resources } = state.summary();
    expect(recoveryPoints).toEqual({
      created: 2,
      deleted: 0,
      live: 2,
      liveWarm: 1,
      liveCold: 1,
      byVault: { [vaultArn('main')]: { live: 2, warm: 1, cold: 1 } },
    });
    expect(Object.entries(resources.byType)).toEqual([
      ['EBS', 1],
      ['EC2', 1],
      ['EFS', 2],
      ['S3', 1],
    ]);
  });

  test('what is not there has neither points nor jobs', () => {
    const state = until(daily(), '2027-01-02');
    expect([state.pointsOf('no'), state.jobsOf('no'), state.liveOf('no')]).toEqual([[], [], []]);
    expect([state.pointsOf(FS.arn), state.jobsOf(FS.arn), state.liveOf(FS.arn)].map(({ length }) => length)).toEqual([
      2, 2, 2,
    ]);
  });
});

describe('an entry of a job', () => {
  const large = { ...FS, sizeGiB: 2000 };
  const staged = () =>
    world(START, { vaults: [vault('main')], resources: [large], plans: [plan('p', [rule('daily', DAILY)])] });
  const start = (state: WorldState, StartWindowMinutes = 60) =>
    startBackupJob(state, ENV, { BackupVaultName: 'main', ResourceArn: FS.arn, IamRoleArn: ROLE, StartWindowMinutes })
      .BackupJobId ?? '';
  const states = (state: WorldState) => state.jobsOf(FS.arn).map((job) => job.state);

  test('that was stopped finds it over, and the next one on its resource under way (B4.1/9)', () => {
    const state = until(staged(), '2027-01-01T06:00:00Z');
    const [job] = state.jobsOf(FS.arn);
    stopBackupJob(state, ENV, { BackupJobId: job?.jobId });
    until(state, '2027-01-01T08:00:00Z');
    expect(states(state)).toEqual(['ABORTED']);
    start(state);
    until(state, '2027-01-01T09:00:00Z');
    expect(states(state)).toEqual(['ABORTED', 'RUNNING']);
    until(state, '2027-01-02T04:00:00Z');
    expect(states(state)).toEqual(['ABORTED', 'COMPLETED']);
    expect(state.pointsOf(FS.arn)).toHaveLength(1);
  });

  test('that waits for its resource runs when that is free, and EXPIRES when it is not by StartBy (B4.1/1, B4.1/2)', () => {
    const state = until(staged(), '2027-01-01T05:30:00Z');
    start(state, 60);
    start(state, 1440);
    until(state, '2027-01-01T06:29:00Z');
    expect(states(state)).toEqual(['RUNNING', 'CREATED', 'CREATED']);
    until(state, '2027-01-01T06:31:00Z');
    expect(states(state)).toEqual(['RUNNING', 'EXPIRED', 'CREATED']);
    until(state, '2027-01-02T04:00:00Z');
    expect(states(state)).toEqual(['COMPLETED', 'EXPIRED', 'COMPLETED']);
    const [first, , third] = state.jobsOf(FS.arn);
    const wait = (third?.startedAt ?? 0) - (first?.completedAt ?? 0);
    expect(wait).toBeGreaterThanOrEqual(0);
    expect(wait).toBeLessThan(HOUR / 6 + 1);
  });

  test('that a fault holds ends with the fault, and no sooner', () => {
    const state = daily();
    inject(state, { kind: 'job-hangs', jobs: 'backup', to: '2027-01-01T06:00:00Z' });
    until(state, '2027-01-01T05:59:00Z');
    expect(last(state).state).toBe('RUNNING');
    until(state, '2027-01-02');
    expect(last(state)).toMatchObject({ state: 'COMPLETED' });
  });

  test('that comes to its end while its Region is out ends when that is back, and no sooner', () => {
    const state = daily();
    const [from, to] = ['2027-01-01T05:01:00Z', '2027-01-01T06:00:00Z'];
    inject(state, { kind: 'region-out', region: ENV.region, from, to });
    until(state, '2027-01-01T05:59:00Z');
    expect(last(state).state).toBe('RUNNING');
    until(state, '2027-01-01T12:00:00Z');
    expect(last(state)).toMatchObject({ state: 'COMPLETED', completedAt: Date.parse(to) });
  });
});

test('policies decide where a World is asked to let them, and nowhere else', () => {
  const ended = (options: { readonly enforceIam?: boolean }) => {
    const state = new WorldState({ start: Date.parse(START), ...options });
    deploy(state, { vaults: [vault('main')], resources: [FS] });
    // With a role that nobody made.
    startBackupJob(state, ENV, { BackupVaultName: 'main', ResourceArn: FS.arn, IamRoleArn: ROLE });
    return [state.enforceIam, until(state, '2027-01-02').jobsOf(FS.arn)[0]?.state];
  };
  expect([{}, { enforceIam: false }, { enforceIam: true }].map(ended)).toEqual([
    [false, 'COMPLETED'],
    [false, 'COMPLETED'],
    [true, 'FAILED'],
  ]);
});

test('faults reach backups, copies, keys and resources alike', () => {
  const state = daily([
    { kind: 'key-disabled', key: CMK, from: '2027-01-02', to: '2027-01-03' },
    { kind: 'resource-deleted', resource: 'fs-1', from: '2027-01-05' },
  ]);
  until(state, '2027-01-02T12:00:00Z');
  expect(last(state).state).toBe('FAILED');
  until(state, '2027-01-03T12:00:00Z');
  expect(last(state).state).toBe('COMPLETED');
  until(state, '2027-01-06');
  expect(state.jobsOf(FS.arn).filter(({ kind }) => kind === 'backup').length).toBeLessThan(6);
  expect(state.ledger.resources.tryFind(FS.arn)?.gone).toBe(true);
});
