// The order in which the points of a vault are listed.
import { startBackupJob } from '../../../engine/src/operations/backup/start-backup-job';
import { ENV, plan, resource, ROLE, rule, until, vault, world } from '../scenarios/stage';

const FILES = ['fs-1', 'fs-2', 'fs-3'].map((name) => resource('efs', name));

function staged() {
  const plans = [plan('p', [rule('daily', { scheduleExpression: 'cron(0 5 * * ? *)' })])];
  const state = world('2027-01-01', { vaults: [vault('main'), vault('other')], resources: FILES, plans });
  until(state, '2027-01-03');
  const { ledger } = state;
  const standing = ledger.vaults.tryFind(ENV, 'main')!;
  return { state, ledger, standing };
}

test('points are listed the newest first, those of one instant by number', () => {
  const { ledger, standing } = staged();
  const order = ledger.newestFirst.inVault(standing);
  expect(order).toHaveLength(6);
  const instants = order.map((row) => ledger.points.createdAts[row] ?? 0);
  expect(instants).toEqual([...instants].sort((a, b) => b - a));
  expect(order.slice(0, 3)).toEqual([...order.slice(0, 3)].sort((a, b) => a - b));
  expect(order.slice(3)).toEqual([...order.slice(3)].sort((a, b) => a - b));
  expect(ledger.newestFirst.inVault(standing)).toBe(order);
  expect(ledger.newestFirst.inVault(ledger.vaults.tryFind(ENV, 'other')!)).toEqual([]);
});

test('the order is made anew when a point came or went', () => {
  const { state, ledger, standing } = staged();
  const order = ledger.newestFirst.inVault(standing);
  startBackupJob(state, ENV, { BackupVaultName: 'main', ResourceArn: FILES[0]?.arn, IamRoleArn: ROLE });
  until(state, '2027-01-03T01:00:00Z');
  const made = ledger.newestFirst.inVault(standing);
  expect(made).toHaveLength(7);
  expect(made.slice(1)).toEqual(order);
  ledger.removePoint(made[3] ?? -1, 0);
  expect(ledger.newestFirst.inVault(standing)).toEqual(made.filter((_, n) => n !== 3));
});

test('a page begins behind the last point of the one before, whether that is there or not', () => {
  const { ledger, standing } = staged();
  const { newestFirst, points } = ledger;
  const order = newestFirst.inVault(standing);
  const at = (row: number) => points.createdAts[row] ?? 0;
  order.forEach((row, n) => {
    expect(newestFirst.after(order, at(row), row)).toBe(n + 1);
    expect(
      newestFirst.after(
        order.filter((one) => one !== row),
        at(row),
        row,
      ),
    ).toBe(n);
  });
  const [first = -1] = order;
  expect(newestFirst.after(order, at(first) + 1, 0)).toBe(0);
  expect(newestFirst.after(order, at(order.at(-1) ?? -1) - 1, 0)).toBe(6);
  expect(newestFirst.after([], 0, 0)).toBe(0);
});

test('one point that goes and one that comes make the order anew, too', () => {
  const { state, ledger, standing } = staged();
  const order = ledger.newestFirst.inVault(standing);
  ledger.removePoint(order[5] ?? -1, 0);
  startBackupJob(state, ENV, { BackupVaultName: 'main', ResourceArn: FILES[0]?.arn, IamRoleArn: ROLE });
  until(state, '2027-01-03T01:00:00Z');
  const after = ledger.newestFirst.inVault(standing);
  expect([after.length, ledger.points.createdAts[after[0] ?? 0]]).toEqual([6, Date.UTC(2027, 0, 3)]);
});

test('points of one instant are listed by number, though rows of points that went are used again', () => {
  const { state, ledger, standing } = staged();
  // The first to be backed up takes the last row that came free.
  [...ledger.newestFirst.inVault(standing)]
    .sort((a, b) => a - b)
    .slice(0, 3)
    .forEach((row) => ledger.removePoint(row, 0));
  until(state, '2027-01-04');
  const { points, series } = ledger;
  const crowd = series.inVault(standing).map((one) => points.rowsOf(one).at(-1) ?? -1);
  expect(crowd).not.toEqual([...crowd].sort((a, b) => a - b));
  expect(ledger.newestFirst.inVault(standing).slice(0, 3)).toEqual([...crowd].sort((a, b) => a - b));
});
