// Recovery points in columns: rows that grow, chains of series, rows that are used again.
import { CONTINUOUS, LIVE, RecoveryPoints } from '../../../engine/src/domain/recovery-points';

function made(series: number) {
  const column = () => new Int32Array(series).fill(-1);
  const chains = { heads: column(), tails: column(), lives: new Int32Array(series) };
  return { chains, points: new RecoveryPoints(chains as never) };
}

test('rows beyond the first thousands hold what rows before them do', () => {
  const { points } = made(3);
  const count = 5000;
  for (let number = 0; number < count; number++) {
    const row = points.add(number % 3);
    expect(row).toBe(number);
    for (const column of columnsOf(points)) {
      column[row] = number % 200;
    }
  }
  for (const column of columnsOf(points)) {
    expect(column.length).toBeGreaterThanOrEqual(count);
    expect([1023, 1024, 1025, 2047, 2048, 4999].map((row) => column[row])).toEqual([23, 24, 25, 47, 48, 199]);
  }
  expect(points.rowsOf(1)).toEqual(Array.from({ length: 1667 }, (_, i) => 3 * i + 1));
  expect([points.rowCount, points.live, points.created, points.deleted]).toEqual([count, count, count, 0]);
});

function columnsOf(points: RecoveryPoints) {
  const { createdAts, completedAts, deleteAts, coldAts, sizes, stored, origins, sources, flags, reasons } = points;
  return [createdAts, completedAts, deleteAts, coldAts, sizes, stored, origins, sources, flags, reasons];
}

test('a row is used again, the last that became free first, and its series goes on without it', () => {
  const { points, chains } = made(2);
  const rows = Array.from({ length: 5 }, () => points.add(0));
  expect(rows).toEqual([0, 1, 2, 3, 4]);
  points.remove(2);
  expect(points.rowsOf(0)).toEqual([0, 1, 3, 4]);
  points.remove(0);
  points.remove(4);
  expect([points.rowsOf(0), chains.lives[0]]).toEqual([[1, 3], 2]);
  expect([points.add(1), points.add(0), points.add(1), points.add(0)]).toEqual([4, 0, 2, 5]);
  expect([points.rowsOf(0), points.rowsOf(1)]).toEqual([
    [1, 3, 0, 5],
    [4, 2],
  ]);
  expect([points.rowCount, points.live, points.created, points.deleted]).toEqual([6, 6, 9, 3]);
  for (const row of points.rowsOf(1)) {
    points.remove(row);
  }
  expect([points.rowsOf(1), chains.heads[1], chains.tails[1]]).toEqual([[], -1, -1]);
  points.remove(3);
  expect(points.rowsOf(0)).toEqual([1, 0, 5]);
  expect([points.add(0), points.rowsOf(0)]).toEqual([3, [1, 0, 5, 3]]);
});

test('whichever of a series goes, the others stay in their order', () => {
  for (const gone of [0, 1, 2]) {
    const { points } = made(1);
    const rows = [points.add(0), points.add(0), points.add(0)];
    points.remove(gone);
    const left = rows.filter((row) => row !== gone);
    expect(points.rowsOf(0)).toEqual(left);
    expect([points.add(0), points.rowsOf(0)]).toEqual([gone, [...left, gone]]);
  }
});

test('a row holds the same point while that is live, of its series and its instant', () => {
  const { points } = made(2);
  const row = points.add(1);
  points.createdAts[row] = 100;
  expect(points.isSame(row, 1, 100)).toBe(false);
  points.flags[row] = LIVE;
  expect([points.isSame(row, 1, 100), points.isSame(row, 0, 100), points.isSame(row, 1, 99)]).toEqual([
    ...[true, false, false],
  ]);
  points.remove(row);
  expect(points.isSame(row, 1, 100)).toBe(false);
});

test('a continuous point holds its data as of its last run, another as of when it was made', () => {
  const { points } = made(1);
  const row = points.add(0);
  points.createdAts[row] = 100;
  points.flags[row] = LIVE | CONTINUOUS;
  expect(points.asOf(row)).toBe(100);
  points.renew(row, 200);
  expect(points.asOf(row)).toBe(200);
  points.flags[row] = LIVE;
  expect(points.asOf(row)).toBe(100);
  points.flags[row] = LIVE | CONTINUOUS;
  points.remove(row);
  expect(points.add(0)).toBe(row);
  points.flags[row] = LIVE | CONTINUOUS;
  expect(points.asOf(row)).toBe(100);
});
