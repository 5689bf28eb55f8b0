import { type BackupRule, Coverage, type Estate } from '@holdfast/model';
import * as fc from 'fast-check';
import { createHash } from 'node:crypto';
import { createHash as hashOfPage } from '../../../console/src/sha256';
import { costPage } from '../../../engine/src/cost/cost-page';
import type { Fault } from '../../../engine/src/domain/fault';
import { Meter } from '../../../engine/src/domain/meter';
import { WorldState } from '../../../engine/src/domain/world-state';
import { deploy } from '../../../engine/src/ingest/deploy';
import { DELETED_BY_CALLER, RETENTION_CHANGED } from '../../../engine/src/domain/reasons';
import { NEVER, parseInstant } from '../../../engine/src/kernel/instant';
import { Chronicle } from '../../../engine/src/report/chronicle/chronicle';
import { Endings } from '../../../engine/src/report/chronicle/endings';
import { SteppedRuns } from '../../../engine/src/report/chronicle/stepped-runs';
import { livesOf, restorableLives } from '../../../engine/src/report/history';
import { Chapter, PageChain, readChapter, writeChapter } from '../../../engine/src/report/pages/chapter';
import { Teller } from '../../../engine/src/report/pages/chapters';
import { goneOf } from '../../../engine/src/report/pages/gone';
import type { Overview } from '../../../engine/src/report/pages/overview';
import { overviewOf } from '../../../engine/src/report/pages/overview-of';
import { worstAge } from '../../../engine/src/report/recovery-objective';
import { simulate } from '../simulation/simulation';
import { CMK, DAY, HOUR, plan, resource, rule, vault, vaultArn } from '../scenarios/stage';

const START = parseInstant('2027-01-01T00:00:00Z');
const DAILY: Partial<BackupRule> = { scheduleExpression: 'cron(0 5 ? * * *)', startWindowMinutes: 60 };
const COPIED = { copyActions: [{ destinationBackupVaultArn: vaultArn('far'), lifecycle: { deleteAfterDays: 120 } }] };

function estate(rules: BackupRule[], more: Partial<Estate> = {}): Estate {
  return {
    vaults: [vault('main'), vault('far')],
    resources: [
      resource('efs', 'fs-1', { sizeGiB: 40, dailyChangePercent: 3 }),
      resource('dynamodb-advanced', 'orders', { sizeGiB: 10 }),
      resource('rds', 'db'),
    ],
    plans: [plan('p', rules)],
    ...more,
  };
}

const FAR_KEY = CMK.replace('0001', '0002');
const OTHER_KEY = CMK.replace('0001', '0003');
const KEYED: Partial<Estate> = {
  vaults: [vault('main'), vault('far', { encryptionKeyArn: FAR_KEY })],
  resources: [resource('efs', 'fs-1'), resource('rds', 'db', { encryptedWith: OTHER_KEY }), resource('s3', 'bucket')],
};

interface Ran {
  readonly state: WorldState;
  readonly chronicle: Chronicle;
}

function ran(declared: Estate, days: number, faults: [Fault, number, number][] = [], periodDays = 1): Ran {
  const state = new WorldState({ start: START, seed: 1, keepEvents: 1_000_000, meter: true });
  const chronicle = new Chronicle(state, periodDays * DAY);
  deploy(state, declared);
  faults.forEach(([fault, from, to]) => state.faults.add(fault, START + from * DAY, START + to * DAY));
  state.runUntil(START + days * DAY);
  return { state, chronicle };
}

function told({ state, chronicle }: Ran, estate: Estate): Overview {
  const coverage = Coverage.rows(estate);
  const cost = costPage(state);
  return overviewOf(chronicle, { title: '', estate, coverage, findings: [], notRead: [], cost, evidence: null });
}

const FAILS: Fault = { kind: 'job-fails', message: 'it broke' };

/** Stopped at midnight: until the run of 05:00 makes another, the data grows old; later the stopped one goes. */
function stopped(): Ran {
  const one = ran(
    estate([rule('on', { ...DAILY, enableContinuousBackup: true, lifecycle: { deleteAfterDays: 3 } })]),
    10,
  );
  for (const { continuousPoint } of one.state.ledger.resources.list()) {
    if (continuousPoint >= 0) {
      one.state.retention.stop(continuousPoint, RETENTION_CHANGED);
    }
  }
  one.state.runUntil(START + 20 * DAY);
  return one;
}

// prettier-ignore
const RUNS: [what: string, run: () => Ran][] = [
  ['a daily rule',                            () => ran(estate([rule('daily', DAILY)]), 60)],
  ['a rule that keeps a day, jobs that fail', () => ran(estate([rule('daily', { ...DAILY, lifecycle: { deleteAfterDays: 1 } })]), 30, [[FAILS, 5, 9], [FAILS, 20, 21]])],
  ['copies that outlive their sources',       () => ran(estate([rule('daily', { ...DAILY, lifecycle: { deleteAfterDays: 2 }, ...COPIED })]), 50, [[{ ...FAILS, jobs: 'backup' }, 30, 44]])],
  ['continuous backup that ends',             () => ran(estate([rule('on', { ...DAILY, enableContinuousBackup: true, lifecycle: { deleteAfterDays: 3 } })]), 40, [[FAILS, 10, 18]])],
  ['a weekly rule beside a monthly one',      () => ran(estate([rule('weekly', { ...DAILY, scheduleExpression: 'cron(0 5 ? * SUN *)' }), rule('monthly', { ...DAILY, scheduleExpression: 'cron(0 3 1 * ? *)', lifecycle: { deleteAfterDays: 400 } })]), 400)],
  ['continuous backup that is stopped',       () => stopped()],
  ['a key of a vault that is disabled',       () => ran(estate([rule('daily', { ...DAILY, ...COPIED })], KEYED), 40, [[{ kind: 'key-disabled', key: CMK }, 10, 20], [{ kind: 'key-deleted', key: CMK }, 18, 25]])],
  ['a key under continuous backup',           () => ran(estate([rule('on', { ...DAILY, enableContinuousBackup: true, lifecycle: { deleteAfterDays: 3 } })], KEYED), 40, [[{ kind: 'key-pending-deletion', key: OTHER_KEY }, 10, 20], [FAILS, 20, 26]])],
  ['a key of copies alone',                   () => ran(estate([rule('daily', { ...DAILY, lifecycle: { deleteAfterDays: 2 }, ...COPIED })], KEYED), 50, [[{ ...FAILS, jobs: 'backup' }, 30, 44], [{ kind: 'key-deleted', key: FAR_KEY }, 35, 37]])],
  ['no rule',                                 () => ran(estate([], { plans: [] }), 10)],
];

test.each(RUNS)('the RPO met over all periods is what the matcher measures: %s', (_, run) => {
  const { state, chronicle } = run();
  const periods = chronicle.worstAges();
  for (const { arn, number } of state.ledger.resources.list()) {
    const met = Math.max(...periods.map((ages) => ages[number] ?? 0));
    expect([arn, met / HOUR]).toEqual([
      arn,
      worstAge(restorableLives(state, arn, livesOf(state, arn)), START, state.now).ageMs / HOUR,
    ]);
  }
});

test('data grows old once its continuous backup is stopped, and until another follows it (B5.3/1)', () => {
  const { state, chronicle } = stopped();
  const { number } = state.ledger.resources.list().find(({ service }) => service.id === 'rds') as { number: number };
  const hours = chronicle.worstAges().map((ages) => Math.floor((ages[number] ?? 0) / HOUR));
  expect([hours[9], hours[10], hours[11]]).toEqual([0, 5, 0]);
});

test.each(RUNS)(
  'every point that was made is in a chain, and those that are there have their sentences: %s',
  (_, run) => {
    const { state, chronicle } = run();
    const { resources } = readChapter(writeChapter(new Teller(chronicle).chapter(0)));
    const chains = resources.flatMap(({ chains: some }) => some);
    const { created, deleted, live } = state.summary().recoveryPoints;
    const sum = (of: (chain: PageChain) => number) => chains.reduce((total, chain) => total + of(chain), 0);
    expect(sum(({ made }) => made)).toBe(created);
    expect(sum(({ gone }) => gone)).toBe(deleted);
    expect(sum(({ points }) => points.length)).toBe(live);
    expect(sum(({ runs }) => runs.reduce((total, run) => total + run.count, 0))).toBe(created);
    state.ledger.resources.list().forEach(({ arn, number }) => {
      const told = (resources[number]?.chains ?? []).flatMap(({ points }) => points);
      const known = state.pointsOf(arn);
      const key = (point: { createdAt: number; completedAt: number; why: string; whyUntil: string }) =>
        [point.createdAt, point.completedAt, point.why, point.whyUntil].join(' | ');
      expect(told.map(key).sort()).toEqual(known.map(key).sort());
      expect(told.map(({ deleteAt }) => deleteAt).sort()).toEqual(known.map(({ deleteAt = NEVER }) => deleteAt).sort());
    });
  },
);

test.each(RUNS)('of every point that is gone the page tells when it went, as history does, and why: %s', (_, run) => {
  const { state, chronicle } = run();
  const { resources } = readChapter(writeChapter(new Teller(chronicle).chapter(0)));
  const { endings } = chronicle;
  expect(endings.complete).toBe(true);
  state.ledger.resources.list().forEach(({ arn, number }) => {
    const told = (resources[number]?.chains ?? []).flatMap(goneOf);
    const known = livesOf(state, arn).filter(({ endedAt }) => endedAt !== NEVER);
    const key = (point: { createdAt: number; endedAt: number }) => `${point.createdAt} ${point.endedAt}`;
    expect(told.map(key).sort()).toEqual(known.map(key).sort());
    expect(told.filter(({ why }) => why === '')).toEqual([]);
  });
});

test('points that somebody deleted went when and because they did, those beside them by their lifecycle (B5.1/1, B5.2/2)', () => {
  const one = ran(estate([rule('daily', { ...DAILY, lifecycle: { deleteAfterDays: 5 } })]), 8);
  const { number, series } = one.state.ledger.resources.list()[0] as { number: number; series: number[] };
  const [, second] = one.state.ledger.points.rowsOf(series[0] as number);
  const createdAt = one.state.ledger.points.createdAts[second as number];
  one.state.ledger.settle();
  one.state.retention.delete(second as number, DELETED_BY_CALLER);
  one.state.runUntil(START + 20 * DAY);
  const { resources } = readChapter(writeChapter(new Teller(one.chronicle).chapter(0)));
  const gone = (resources[number]?.chains ?? []).flatMap(goneOf);
  const byHand = gone.filter(({ why }) => why.includes('DeleteRecoveryPoint'));
  expect(byHand).toEqual([{ createdAt, endedAt: START + 8 * DAY, why: 'DeleteRecoveryPoint was called' }]);
  const others = gone.filter((point) => !byHand.includes(point));
  expect(others.length).toBeGreaterThan(8);
  expect(new Set(others.map(({ why }) => why))).toEqual(new Set(['its lifecycle was over']));
  others.forEach((point) => {
    expect(point.endedAt - point.createdAt).toBeGreaterThanOrEqual(5 * DAY);
    expect(point.endedAt - point.createdAt).toBeLessThan(5 * DAY + 8 * HOUR);
  });
});

test('ways to go beyond those that are kept are not told of, and that is said', () => {
  const endings = new Endings(1);
  endings.begin(0, 7);
  const event = (at: number) => ({
    at,
    code: 0,
    reason: DELETED_BY_CALLER,
    subject: 0,
    place: 0,
    cause: 0,
    amount: 0,
    until: 0,
  });
  endings.add(0, 0, event(5));
  endings.add(0, 1, event(9));
  expect([endings.complete, endings.of(0).map(({ life, count }) => [life, count])]).toEqual([
    true,
    [
      [5, 1],
      [8, 1],
    ],
  ]);
  endings.add(0, 2, event(99));
  expect([endings.complete, endings.of(0).length]).toEqual([false, 2]);
});

test('periods become longer as there are more, and lose no job, no age and no point', () => {
  const declared = estate([rule('daily', { ...DAILY, lifecycle: { deleteAfterDays: 20 }, ...COPIED })]);
  const faults: [Fault, number, number][] = [[FAILS, 100, 103]];
  const [fine, coarse] = [ran(declared, 300, faults, 3), ran(declared, 300, faults)];
  const [one, other] = [told(fine, declared), told(coarse, declared)];
  expect([one.ends.length, other.ends.length]).toEqual([100, 75]);
  const jobs = ({ outcomes }: typeof one) =>
    Object.values(outcomes.backup).map((ended) => ended.reduce((a, b) => a + b));
  expect(jobs(one)).toEqual(Object.values(fine.state.summary().backupJobs));
  expect(jobs(other)).toEqual(jobs(one));
  expect(other.resources).toEqual(one.resources);
  expect(other.storage.map(({ points }) => points.at(-1))).toEqual(one.storage.map(({ points }) => points.at(-1)));
  expect(one.mishaps.map(({ why, count }) => [why, count])).toEqual(
    Array.from({ length: 3 }, () => [expect.stringContaining('it broke') as string, 3]),
  );
});

test('what lies in the vaults is counted by tier, and copies apart', () => {
  const cold = rule('daily', {
    ...DAILY,
    lifecycle: { moveToColdStorageAfterDays: 30, deleteAfterDays: 130 },
    ...COPIED,
  });
  const declared = estate([cold], { resources: [resource('efs', 'fs-1', { sizeGiB: 10, dailyChangePercent: 10 })] });
  const { state, chronicle } = ran(declared, 100, [], 10);
  const { storage, vaults } = told({ state, chronicle }, declared);
  const rows = storage.map(({ vault: number, tier, copies, points, bytes }) => [
    vaults[number]?.name,
    `${tier} ${copies ? 'copies' : 'backups'}`,
    points.at(-1),
    Math.round((bytes.at(-1) ?? 0) / 2 ** 30),
  ]);
  // In each chain the newest is whole, and each before it holds the tenth that changed until the next.
  expect(rows).toEqual([
    ['far', 'warm copies', 100, 109],
    ['main', 'warm backups', 30, 39],
    ['main', 'cold backups', 70, 70],
  ]);
  expect(state.summary().recoveryPoints.liveCold).toBe(70);
});

test('random Worlds with operators and faults: every point is told, in the chain that made it', () => {
  for (let seed = 5; seed <= 9; seed++) {
    let attended: Ran | undefined;
    const { digest } = simulate(seed, {
      prepare: (state) => {
        state.ledger.meter = new Meter(state.ledger, state.buckets);
        attended = { state, chronicle: new Chronicle(state) };
      },
    });
    expect([seed, digest]).toEqual([seed, simulate(seed).digest]);
    const { state, chronicle } = attended as Ran;
    const { created, deleted, live } = state.summary().recoveryPoints;
    const chains = new Teller(chronicle).chapter(0, 1000).resources.flatMap(({ chains: some }) => some);
    const sum = (of: (chain: PageChain) => number) => chains.reduce((total, chain) => total + of(chain), 0);
    const sums = [sum(({ made }) => made), sum(({ gone }) => gone), sum(({ points }) => points.length)];
    expect([seed, ...sums]).toEqual([seed, created, deleted, live]);
    expect([seed, chains.filter(({ made, gone, points }) => made - gone !== points.length)]).toEqual([seed, []]);
  }
});

test('who listens changes nothing: the digest is the same', () => {
  const declared = estate([rule('daily', { ...DAILY, ...COPIED })]);
  const alone = new WorldState({ start: START, seed: 1 });
  deploy(alone, declared);
  alone.runUntil(START + 50 * DAY);
  expect(ran(declared, 50).state.digest()).toBe(alone.digest());
});

test('stepped runs give back the instants that they took', () => {
  const instants = fc.array(
    fc.integer({ min: -5, max: 5 }).map((steps) => steps * HOUR),
    { maxLength: 30 },
  );
  fc.assert(
    fc.property(fc.array(instants, { minLength: 1, maxLength: 5 }), (series) => {
      const runs = new SteppedRuns();
      series.forEach((one, number) => one.forEach((instant) => runs.add(number, instant)));
      series.forEach((one, number) => {
        const back = runs
          .runsOf(number)
          .flatMap(({ first, step, count }) => Array.from({ length: count }, (_, place) => first + step * place));
        expect(back).toEqual(one);
      });
    }),
  );
});

test('runs beyond the most that there may be are left out, and that is said', () => {
  const runs = new SteppedRuns(1);
  [0, 1, 5, 6, 20].forEach((instant) => runs.add(0, instant));
  expect(runs.complete).toBe(false);
  expect(runs.runsOf(0)[0]).toEqual({ first: 0, step: 1, count: 2 });
});

test('a chapter is read as it was written', () => {
  const whole = fc.integer({ min: 0, max: 2 ** 48 });
  const never = fc.oneof(whole, fc.constant(Infinity));
  const point = fc.record({
    createdAt: whole,
    completedAt: whole,
    coldAt: never,
    deleteAt: never,
    sizeBytes: whole,
    storedBytes: whole,
    flags: fc.integer({ min: 0, max: 127 }),
    why: fc.string({ unit: 'grapheme' }),
    whyUntil: fc.string(),
  });
  const runs = fc.array(fc.record({ first: whole, step: fc.integer(), count: fc.nat() }));
  const chain: fc.Arbitrary<PageChain> = fc.record({
    vault: fc.nat(),
    origin: fc.nat(),
    made: fc.nat(),
    gone: fc.nat(),
    leastLife: whole,
    mostLife: whole,
    runs,
    points: fc.array(point),
    draw: fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }),
    endings: fc.array(fc.record({ life: fc.integer(), drawn: fc.boolean(), why: fc.string(), count: fc.nat(), runs }), {
      maxLength: 3,
    }),
  });
  const chapter: fc.Arbitrary<Chapter> = fc.record({
    first: fc.nat(),
    resources: fc.array(fc.record({ ages: fc.array(whole), chains: fc.array(chain, { maxLength: 3 }) }), {
      maxLength: 4,
    }),
  });
  fc.assert(fc.property(chapter, (one) => expect(readChapter(writeChapter(one))).toEqual(one)));
});

test('the page hashes as Node does', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 150 }), (text) => {
      const expected = createHash('sha256').update(text, 'utf8').digest('hex');
      expect(hashOfPage('sha256').update(text, 'utf8').digest('hex')).toBe(expected);
    }),
  );
});
