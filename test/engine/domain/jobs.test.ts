// The columns that jobs are kept in.
import {
  ABORTED,
  ABORTING,
  COMPLETED,
  CREATED,
  EXPIRED,
  FAILED,
  PARTIAL,
  RUNNING,
} from '../../../engine/src/domain/event-codes';
import { BACKUP, COPY, Jobs } from '../../../engine/src/domain/jobs';
import { DAY, NEVER } from '../../../engine/src/kernel/instant';

const MANY = 3000;

test('a new job has neither point nor source nor end, and is counted by its kind', () => {
  const jobs = new Jobs();
  const row = jobs.rowOf(jobs.add(BACKUP, 3, 4, 5, 1000));
  jobs.add(COPY, 3, 4, 5, 1000);
  jobs.add(BACKUP, 3, 4, 5, 1000);
  expect([jobs.points[row], jobs.sources[row], jobs.endAts[row], jobs.deleteAts[row]]).toEqual([-1, -1, NEVER, NEVER]);
  expect([jobs.resources[row], jobs.series[row], jobs.origins[row], jobs.createdAts[row]]).toEqual([3, 4, 5, 1000]);
  expect(jobs.makers[row]).toBe(-1);
  expect([jobs.backupStates[CREATED], jobs.copyStates[CREATED]]).toEqual([2, 1]);
  jobs.setState(row, RUNNING, 0);
  expect([jobs.backupStates[CREATED], jobs.backupStates[RUNNING], jobs.copyStates[RUNNING]]).toEqual([1, 1, 0]);
});

test('a job is over when nothing moves it any more', () => {
  const jobs = new Jobs();
  const row = jobs.rowOf(jobs.add(BACKUP, 0, 0, 0, 0));
  const over = [CREATED, RUNNING, ABORTING, ABORTED, COMPLETED, FAILED, EXPIRED, PARTIAL].filter((state) => {
    jobs.setState(row, state, 0);
    return jobs.isOver(row);
  });
  expect(over).toEqual([ABORTED, COMPLETED, FAILED, EXPIRED, PARTIAL]);
});

test('jobs keep what they have, and their numbers, as more come than there was room for', () => {
  const jobs = new Jobs();
  for (let i = 0; i < MANY; i++) {
    const row = jobs.rowOf(jobs.add(i % 2 === 0 ? BACKUP : COPY, i, i + 1, i + 2, i * 10));
    jobs.sizes[row] = i * 3;
    jobs.setState(row, i % 3 === 0 ? COMPLETED : RUNNING, i % 7);
  }
  const rows = jobs.rows(() => true);
  expect(rows).toHaveLength(MANY);
  expect(rows.map((row) => jobs.numberOf(row))).toEqual(Array.from({ length: MANY }, (_, i) => i));
  for (const i of [0, 1, 255, 256, 1023, 1024, MANY - 1]) {
    const row = jobs.rowOf(i);
    const ints = [jobs.resources[row], jobs.series[row], jobs.origins[row], jobs.points[row], jobs.sources[row]];
    expect(ints).toEqual([i, i + 1, i + 2, -1, -1]);
    expect([jobs.createdAts[row], jobs.sizes[row], jobs.startedAts[row]]).toEqual([i * 10, i * 3, NEVER]);
    expect([jobs.kinds[row], jobs.reasons[row]]).toEqual([i % 2 === 0 ? BACKUP : COPY, i % 7]);
  }
  expect(jobs.rows((row) => jobs.states[row] === COMPLETED)).toHaveLength(MANY / 3);
});

test('room for jobs is made when there is none left, and not before', () => {
  const jobs = new Jobs();
  const first = jobs.kinds.length;
  for (let i = 0; i < first; i++) {
    jobs.add(BACKUP, 0, 0, 0, 0);
  }
  expect(jobs.kinds).toHaveLength(first);
  jobs.add(BACKUP, 0, 0, 0, 0);
  expect(jobs.kinds).toHaveLength(2 * first);
});

test('a job is found by the token of the call that made it', () => {
  const jobs = new Jobs();
  jobs.add(BACKUP, 0, 0, 0, 0);
  const number = jobs.add(BACKUP, 0, 0, 0, 0);
  jobs.keepToken('token', number);
  expect([jobs.tryFindByToken('token'), jobs.tryFindByToken('another')]).toEqual([number, undefined]);
});

describe('where 1024 jobs are kept', () => {
  const KEPT = 1024;

  /** So many jobs, one a minute, all of which are over. */
  function filled(count: number, over = true, jobs = new Jobs(KEPT)): Jobs {
    for (let n = 0; n < count; n++) {
      const row = jobs.rowOf(jobs.add(BACKUP, n, 0, 0, n * 60_000));
      if (over) {
        jobs.setState(row, COMPLETED, 0);
      }
    }
    return jobs;
  }

  const numbers = (jobs: Jobs) => jobs.rows(() => true).map((row) => jobs.numberOf(row));

  // prettier-ignore
  test.each([
    ['one of 30 days stays',                     0,               0, 2048],
    ['one that is a millisecond older goes',     1,               1, 1024],
    ['ten of them go',                           9 * 60_000 + 1,  10, 1024],
  ])('%s, and its row is another job\'s (B4.1/11)', (_, later, gone, room) => {
    const jobs = filled(KEPT);
    jobs.keepToken('first', 0);
    jobs.keepToken('tenth', 9);
    jobs.keepToken('last', KEPT - 1);
    const number = jobs.add(BACKUP, 7, 0, 0, 30 * DAY + later);
    expect([number, jobs.kinds.length]).toEqual([KEPT, room]);
    expect(numbers(jobs)).toEqual(Array.from({ length: KEPT + 1 - gone }, (_unused, n) => n + gone));
    const found = ['first', 'tenth', 'last'].map((token) => jobs.tryFindByToken(token));
    expect(found).toEqual([gone > 0 ? undefined : 0, gone > 9 ? undefined : 9, KEPT - 1]);
    expect(jobs.resources[jobs.rowOf(number)]).toBe(7);
    expect(jobs.resources[jobs.rowOf(KEPT - 1)]).toBe(KEPT - 1);
  });

  // prettier-ignore
  test.each([
    ...[[0, 1], [0, 300], [0, KEPT - 1]],
    ...[[1, 1], [1, 300], [1, KEPT - 1]],
    ...[[2, 1], [2, 300], [2, KEPT - 1]],
  ])('each keeps what it has when room is made after %d times all and then %d have gone', (times, gone) => {
    const jobs = new Jobs(KEPT);
    let now = 0;
    const add = (count: number, ms: number) => {
      for (let n = 0; n < count; n++) {
        const number = jobs.add(BACKUP, 0, 0, 0, (now += ms));
        const row = jobs.rowOf(number);
        jobs.resources[row] = number;
        jobs.sizes[row] = number;
        jobs.setState(row, COMPLETED, number % 251);
      }
    };
    for (let round = 0; round < times; round++) {
      add(KEPT, 60_000);
      now += 90 * DAY;
    }
    add(KEPT, 60_000);
    // So much later that this many are older than 30 days.
    now += 30 * DAY - (KEPT - gone) * 60_000;
    add(gone + 1, 1);
    expect(jobs.kinds).toHaveLength(2 * KEPT);
    const all = numbers(jobs);
    expect(all).toEqual(Array.from({ length: KEPT + 1 }, (_unused, n) => n + times * KEPT + gone));
    const held = all.map((number) => {
      const row = jobs.rowOf(number);
      return [jobs.resources[row], jobs.sizes[row], jobs.reasons[row]];
    });
    expect(held).toEqual(all.map((number) => [number, number, number % 251]));
  });

  test('old ones stay as long as there are fewer (B4.1/11)', () => {
    const jobs = filled(KEPT, true, new Jobs(4 * KEPT));
    jobs.add(BACKUP, 0, 0, 0, 90 * DAY);
    expect([numbers(jobs).length, jobs.kinds.length]).toEqual([KEPT + 1, 2 * KEPT]);
  });

  test('one that is not over stays, with all that came after it (B4.1/11)', () => {
    const jobs = filled(KEPT, false);
    for (const number of [0, 1, 3]) {
      jobs.setState(jobs.rowOf(number), COMPLETED, 0);
    }
    jobs.add(BACKUP, 0, 0, 0, 90 * DAY);
    expect(numbers(jobs).slice(0, 2)).toEqual([2, 3]);
    expect(numbers(jobs)).toHaveLength(KEPT - 1);
  });

  test('all of them go when all are old, and those that came since stay when there is no room again (B4.1/11)', () => {
    const jobs = filled(KEPT);
    jobs.add(BACKUP, 1, 0, 0, 90 * DAY);
    expect(numbers(jobs)).toEqual([KEPT]);
    for (let n = 1; n < KEPT; n++) {
      jobs.add(BACKUP, n, 0, 0, 91 * DAY);
    }
    expect([numbers(jobs).length, jobs.kinds.length]).toEqual([KEPT, KEPT]);
    jobs.add(BACKUP, 0, 0, 0, 92 * DAY);
    expect([numbers(jobs).length, jobs.kinds.length]).toEqual([KEPT + 1, 2 * KEPT]);
    expect(jobs.resources[jobs.rowOf(KEPT + 5)]).toBe(5);
  });
});

test('jobs are gone through newest first, from a number on, and are listed for 30 days (B4.1/11)', () => {
  const jobs = new Jobs();
  const day = 24 * 60 * 60 * 1000;
  for (let i = 0; i < 40; i++) {
    jobs.add(BACKUP, 0, 0, 0, i * day);
  }
  const numbers = (rows: Iterable<number>) => [...rows].map((row) => jobs.numberOf(row));
  expect(numbers(jobs.newestFirst())).toEqual(Array.from({ length: 40 }, (_, i) => 39 - i));
  expect(numbers(jobs.newestFirst(2))).toEqual([1, 0]);
  expect(numbers(jobs.newestFirst(99))[0]).toBe(39);
  const listed = numbers(jobs.listed(39 * day));
  expect([listed[0], listed.at(-1)]).toEqual([39, 9]);
  expect(numbers(jobs.listed(39 * day + 1)).at(-1)).toBe(10);
  expect(numbers(jobs.listed(39 * day, 11))).toEqual([10, 9]);
});
