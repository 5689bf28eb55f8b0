import fc from 'fast-check';
import { floatAt, intAt } from '../../../engine/src/kernel/columns';
import { Names } from '../../../engine/src/kernel/names';
import { COMPLETED, RUNNING } from '../../../engine/src/domain/event-codes';
import { BACKUP, Jobs } from '../../../engine/src/domain/jobs';
import type { Resource } from '../../../engine/src/domain/protected-resources';
import { LIVE, RecoveryPoints } from '../../../engine/src/domain/recovery-points';
import { Series } from '../../../engine/src/domain/series';
import type { Vault } from '../../../engine/src/domain/vaults';

const DAY = 86_400_000;

describe('jobs', () => {
  test('are found by their number after the ring has grown', () => {
    const jobs = new Jobs();
    const numbers = Array.from({ length: 5000 }, (_, i) => jobs.add(BACKUP, i, 0, 0, i));
    expect(numbers.map((number) => intAt(jobs.resources, jobs.rowOf(number)))).toEqual(numbers.map((_, i) => i));
    expect(jobs.rows(() => true)).toHaveLength(5000);
  });

  test('beyond a million are dropped when they are over and 30 days old, and no sooner', () => {
    const jobs = new Jobs();
    const first = jobs.add(BACKUP, 7, 0, 0, 0);
    jobs.setState(jobs.rowOf(first), RUNNING, 0);
    for (let i = 1; i < 2 ** 20; i++) {
      const number = jobs.add(BACKUP, 1, 0, 0, 0);
      jobs.setState(jobs.rowOf(number), COMPLETED, 0);
    }
    jobs.add(BACKUP, 1, 0, 0, 40 * DAY);
    expect(jobs.rows(() => true)).toHaveLength(2 ** 20 + 1);
    expect(intAt(jobs.resources, jobs.rowOf(first))).toBe(7);
    expect(floatAt(jobs.backupStates, COMPLETED)).toBe(2 ** 20 - 1);
    jobs.setState(jobs.rowOf(first), COMPLETED, 0);
    for (let i = 0; i < 2 ** 20; i++) {
      jobs.add(BACKUP, 2, 0, 0, 40 * DAY);
    }
    expect(jobs.rows((row) => floatAt(jobs.createdAts, row) === 0)).toEqual([]);
  });
});

describe('recovery points', () => {
  test('stay in the order of their series, whichever are removed', () => {
    const command = fc.record({ series: fc.nat(3), remove: fc.boolean(), which: fc.nat() });
    fc.assert(
      fc.property(fc.array(command, { maxLength: 400 }), (commands) => {
        const series = new Series(new Names(), 1);
        const points = new RecoveryPoints(series);
        const expected: number[][] = [];
        for (let i = 0; i < 4; i++) {
          const resource = { number: i, arnName: 0, series: [] as number[] } as unknown as Resource;
          series.of(resource, { number: 0, arnName: 0 } as unknown as Vault);
          expected.push([]);
        }
        for (const { series: number, remove, which } of commands) {
          const rows = expected[number] as number[];
          if (remove && rows.length > 0) {
            points.remove(rows.splice(which % rows.length, 1)[0] as number);
          } else {
            const row = points.add(number);
            points.flags[row] = LIVE;
            rows.push(row);
          }
        }
        expect([0, 1, 2, 3].map((number) => points.rowsOf(number))).toEqual(expected);
        expect(points.live).toBe(expected.flat().length);
        expect(points.created - points.deleted).toBe(points.live);
      }),
    );
  });
});
