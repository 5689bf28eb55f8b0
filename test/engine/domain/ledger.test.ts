// The ledger: kinds of entries, and changes on their way into the log.
import type { StatefulResource } from '@holdfast/model';
import { POINT_PARTIAL, SETTING_CHANGED } from '../../../engine/src/domain/event-codes';
import { Ledger } from '../../../engine/src/domain/ledger';
import { DISASSOCIATED, MEMBER_GONE } from '../../../engine/src/domain/reasons';
import { HELD } from '../../../engine/src/domain/recovery-points';
import type { WorldState } from '../../../engine/src/domain/world-state';
import { DAY, NEVER } from '../../../engine/src/kernel/instant';
import { createLogicallyAirGappedBackupVault } from '../../../engine/src/operations/backup/create-logically-air-gapped-backup-vault';
import { startBackupJob } from '../../../engine/src/operations/backup/start-backup-job';
import { ENV, plan, resource, ROLE, rule, until, vault, world } from '../scenarios/stage';

const ledger = (stepLimit = 100) => new Ledger({ start: 0, seed: 1, keepEvents: 10, stepLimit });
const declare = (to: Ledger, what: string) => to.declare(SETTING_CHANGED, 'subject', 0, what, 0, NEVER);
const digestOf = (...whats: string[]) => {
  const made = ledger();
  whats.forEach((what) => declare(made, what));
  made.settle();
  return made.log.digest();
};

test('entries of a noun come to it alone, and a kind that nobody asked for to nobody', () => {
  const made = ledger();
  const heard: string[] = [];
  const one = made.turn('one', (subject) => heard.push(`one ${subject}`));
  const two = made.turn('two', (subject) => heard.push(`two ${subject}`));
  made.takeTurn(two, 7);
  made.takeTurn(one, 8);
  expect(heard).toEqual(['two 7', 'one 8']);
  expect(() => made.takeTurn(two + 1, 9)).toThrow(`no kind ${two + 1} of entry`);
});

test('kinds go to nouns until those that run rules would be taken', () => {
  const made = ledger();
  const kinds = Array.from({ length: 27 }, (_, n) => made.turn(`noun ${n}`, () => undefined));
  expect(() => made.turn('one more', () => undefined)).toThrow("no kind is left for entries 'one more'");
  expect(new Set(kinds).size).toBe(kinds.length);
  // The last number of all is that of rules that are due, which come after everything else at their instant.
  expect([kinds[0], kinds.at(-1)]).toEqual([4, 30]);
});

test('a World that runs away says what would have come next, in words', () => {
  const made = ledger(3);
  const kind = made.turn('spinning', () => undefined);
  made.agenda.push(5, kind, 1);
  made.agenda.push(6, 0, 2);
  const spin = () => {
    while (made.agenda.next(10)) {
      made.agenda.push(5, kind, 1);
    }
  };
  expect(spin).toThrow(/more than 3 steps at .* without the clock moving; next:.*job ends/s);
});

test('changes by callers wait for the clock, what happens while it moves does not', () => {
  const made = ledger();
  made.note(SETTING_CHANGED, 'a', 0, 'before');
  expect([made.unsettled, made.log.count]).toEqual([1, 0]);
  made.running = true;
  made.note(SETTING_CHANGED, 'a', 0, 'meanwhile');
  expect([made.unsettled, made.log.count]).toEqual([1, 1]);
  made.settle();
  expect([made.unsettled, made.log.count]).toEqual([0, 2]);
});

test('the digest does not tell in which order changes of one instant were made, but which', () => {
  expect(digestOf('a', 'b', 'c')).toBe(digestOf('c', 'b', 'a'));
  expect(digestOf('b', 'a', 'c')).toBe(digestOf('a', 'b', 'c'));
  expect(digestOf('a', 'b')).not.toBe(digestOf('a', 'c'));
});

test('what passes quietly happens and does not enter the log, what was declared before it does', () => {
  const made = ledger();
  declare(made, 'a');
  const before = made.policyVersion;
  made.quietly(() => declare(made, 'b'));
  expect([made.unsettled, made.policyVersion]).toEqual([1, before + 1]);
  made.settle();
  expect(made.log.digest()).toBe(digestOf('a'));
});

test('what AWS makes in the background takes its time, unless a World settles it at once', () => {
  const made = (settlesAtOnce?: boolean) => {
    const state = world('2027-01-01', {});
    state.ledger.settlesAtOnce = settlesAtOnce ?? state.ledger.settlesAtOnce;
    return createLogicallyAirGappedBackupVault(state, ENV, {
      ...{ BackupVaultName: 'gap', MinRetentionDays: 7, MaxRetentionDays: 60 },
    }).VaultState;
  };
  expect([made(), made(true)]).toEqual(['CREATING', 'AVAILABLE']);
});

/** Rows of the live points of a resource. */
function rowsOf(state: WorldState, { arn }: StatefulResource): number[] {
  const { resources, points } = state.ledger;
  return (resources.tryFind(arn)?.series ?? []).flatMap((series) => points.rowsOf(series));
}

describe('a point that goes', () => {
  const BUCKET = resource('s3', 'bucket');
  const daily = { scheduleExpression: 'cron(0 5 * * ? *)', lifecycle: { deleteAfterDays: 30 } };

  test('leaves the continuous backup of its resource alone, unless it is that', () => {
    const rules = [rule('c', { ...daily, enableContinuousBackup: true })];
    const state = world('2027-01-01', { vaults: [vault('main')], resources: [BUCKET], plans: [plan('p', rules)] });
    until(state, '2027-01-02');
    startBackupJob(state, ENV, { BackupVaultName: 'main', ResourceArn: BUCKET.arn, IamRoleArn: ROLE });
    until(state, '2027-01-02T04:00:00Z');
    const [continuous = -1, snapshot = -1] = rowsOf(state, BUCKET);
    const resourceOf = () => state.ledger.resources.tryFind(BUCKET.arn);
    state.ledger.removePoint(snapshot, MEMBER_GONE);
    expect([resourceOf()?.continuousPoint, resourceOf()?.continuousLives.at(-1)?.endedAt]).toEqual([continuous, NEVER]);
    state.ledger.removePoint(continuous, MEMBER_GONE);
    expect([resourceOf()?.continuousPoint, resourceOf()?.continuousLives.at(-1)?.endedAt]).toEqual([-1, state.now]);
  });

  test('ends the automated backups of a database, unless it stays with RDS (B5.3/6, B5.3/8)', () => {
    const orders = resource('rds', 'orders', { preferredMaintenanceWindow: 'mon:05:00-mon:05:30' });
    // Once they are off, they are turned on again in the next maintenance window alone.
    const onAgain = (reason: number) => {
      const rules = [rule('c', { ...daily, enableContinuousBackup: true })];
      const state = world('2027-01-01', { vaults: [vault('main')], resources: [orders], plans: [plan('p', rules)] });
      until(state, '2027-01-02');
      const [row = -1] = rowsOf(state, orders);
      state.ledger.removePoint(row, reason);
      return state.ledger.resources.tryFind(orders.arn)?.automatedBackups.turnOn(orders, state.now + 10 * DAY);
    };
    expect([onAgain(DISASSOCIATED), onAgain(MEMBER_GONE)]).toEqual([true, false]);
  });
});

describe('a member of a stack that goes (B4.5/2, B4.5/4)', () => {
  const TABLE = resource('dynamodb-advanced', 'orders');
  const FILES = resource('efs', 'files');
  const SHOP = resource('cloudformation', 'shop', { members: { Orders: TABLE.arn, Files: FILES.arn }, sizeGiB: 0.01 });

  function staged(): { state: WorldState; parent: number; members: number[]; told: string[] } {
    const selections = [{ selectionName: 'one', iamRoleArn: ROLE, resources: [SHOP.arn] }];
    const once = rule('once', { scheduleExpression: 'cron(0 5 1 1 ? 2027)' });
    const state = world('2027-01-01', {
      vaults: [vault('main')],
      resources: [SHOP, TABLE, FILES],
      plans: [plan('p', [once], { selections })],
    });
    until(state, '2027-01-02');
    const rows = [SHOP, TABLE, FILES].flatMap((one) => rowsOf(state, one));
    const parent = rows.find((row) => state.ledger.composites.isParent(row)) ?? -1;
    const told: string[] = [];
    state.ledger.observers.add((change) => {
      if (change.kind === 'recovery-point') {
        told.push(`${change.row === parent ? 'parent' : 'member'} ${change.status}`);
      }
    });
    return { state, parent, members: rows.filter((row) => row !== parent), told };
  }

  test('leaves a parent that is PARTIAL, which is told once, and lives as long as the rest', () => {
    const { state, parent, members, told } = staged();
    const { points, log } = state.ledger;
    members.forEach((row, n) => (points.deleteAts[row] = 1e12 + n));
    const [first = -1, second = -1, third = -1] = members;
    state.ledger.removePoint(third, MEMBER_GONE);
    expect([points.sources[parent], points.deleteAts[parent]]).toEqual([-1, 1e12 + 1]);
    expect(log.event(log.keptCount - 1)).toMatchObject({
      code: POINT_PARTIAL,
      reason: MEMBER_GONE,
      amount: points.sizes[parent],
      until: points.createdAts[parent],
    });
    state.ledger.removePoint(second, MEMBER_GONE);
    expect(points.deleteAts[parent]).toBe(1e12);
    expect(told).toEqual(['member DELETED', 'parent PARTIAL', 'member DELETED']);
    state.ledger.removePoint(first, MEMBER_GONE);
    expect(told.slice(3)).toEqual(['member DELETED', 'parent DELETED']);
    expect([SHOP, TABLE, FILES].flatMap((one) => rowsOf(state, one))).toEqual([]);
  });

  test('leaves a parent that a hold keeps, whose time is over with the last of them (B5.4/4)', () => {
    const { state, parent, members } = staged();
    const { points } = state.ledger;
    points.flags[parent] = (points.flags[parent] ?? 0) | HELD;
    members.forEach((row) => state.ledger.removePoint(row, MEMBER_GONE));
    expect(rowsOf(state, SHOP)).toEqual([parent]);
    expect(points.deleteAts[parent]).toBe(state.now);
  });
});
