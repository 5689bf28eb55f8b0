// Pages of lists while what they list comes and goes.
import { deleteBackupVault } from '../../../engine/src/operations/backup/delete-backup-vault';
import { deleteRecoveryPoint } from '../../../engine/src/operations/backup/delete-recovery-point';
import { listBackupJobs } from '../../../engine/src/operations/backup/list-backup-jobs';
import { listBackupVaults } from '../../../engine/src/operations/backup/list-backup-vaults';
import { listCopyJobs } from '../../../engine/src/operations/backup/list-copy-jobs';
import { listRecoveryPointsByBackupVault } from '../../../engine/src/operations/backup/list-recovery-points-by-backup-vault';
import { pageFrom, pageOf, placeIn } from '../../../engine/src/operations/page';
import { ENV, plan, resource, rule, until, vault, vaultArn, world } from '../scenarios/stage';

const ONES = ['a', 'b', 'c'].map((name) => resource('efs', `fs-${name}`));
const copies = { copyActions: [{ destinationBackupVaultArn: vaultArn('away'), lifecycle: { deleteAfterDays: 35 } }] };

/** Four days of three resources, each point copied. */
function ran() {
  const declared = { vaults: [vault('main'), vault('away')], resources: ONES, plans: [plan('p', [rule('r', copies)])] };
  return until(world('2027-01-01', declared), '2027-01-04T12:00Z');
}

const LIST = { service: 'backup', operation: 'ListBackupJobs' };

type State = ReturnType<typeof ran>;

const points = (state: State, NextToken?: string, MaxResults?: number) =>
  listRecoveryPointsByBackupVault(state, ENV, { BackupVaultName: 'main', NextToken, MaxResults });
const arns = (page: ReturnType<typeof points>) => page.RecoveryPoints?.map((point) => point.RecoveryPointArn) ?? [];

test('pages of any size come to the whole list, newest first', () => {
  const state = ran();
  const whole = arns(points(state));
  expect(whole).toHaveLength(12);
  for (const size of [1, 2, 3, 5, 11, 12, 13]) {
    const found: (string | undefined)[] = [];
    let token: string | undefined;
    do {
      const page = points(state, token, size);
      found.push(...arns(page));
      token = page.NextToken;
    } while (token !== undefined);
    expect(found).toEqual(whole);
  }
});

test('a page goes on behind the last point of the one before, though that point and others are gone by then', () => {
  const state = ran();
  const whole = arns(points(state));
  const first = points(state, undefined, 5);
  for (const RecoveryPointArn of [whole[0], whole[4], whole[7]]) {
    deleteRecoveryPoint(state, ENV, { BackupVaultName: 'main', RecoveryPointArn });
  }
  expect(arns(points(state, first.NextToken, 5))).toEqual([5, 6, 8, 9, 10].map((index) => whole[index]));
  expect(arns(points(state))).toEqual(whole.filter((_, index) => ![0, 4, 7].includes(index)));
});

test('points and jobs that come meanwhile are on no later page', () => {
  const state = ran();
  const [whole, first] = [arns(points(state)), points(state, undefined, 5)];
  const jobs = listBackupJobs(state, ENV, {}).BackupJobs?.map((job) => job.BackupJobId) ?? [];
  const copied = listCopyJobs(state, ENV, {}).CopyJobs?.map((job) => job.CopyJobId) ?? [];
  const [job, copy] = [listBackupJobs(state, ENV, { MaxResults: 5 }), listCopyJobs(state, ENV, { MaxResults: 5 })];
  until(state, '2027-01-06T12:00Z');
  expect(arns(points(state))).toHaveLength(18);
  expect(arns(points(state, first.NextToken))).toEqual(whole.slice(5));
  const later = listBackupJobs(state, ENV, { NextToken: job.NextToken }).BackupJobs;
  expect(later?.map((one) => one.BackupJobId)).toEqual(jobs.slice(5));
  const afterwards = listCopyJobs(state, ENV, { NextToken: copy.NextToken }).CopyJobs;
  expect(afterwards?.map((one) => one.CopyJobId)).toEqual(copied.slice(5));
  expect([jobs.length, copied.length]).toEqual([12, 12]);
});

test('filters are held against each page', () => {
  const state = ran();
  const ByCreatedBefore = new Date('2027-01-03T00:00Z');
  const asked = { BackupVaultName: 'main', ByCreatedBefore, ByResourceArn: ONES[1]!.arn, MaxResults: 1 };
  const first = listRecoveryPointsByBackupVault(state, ENV, asked);
  const second = listRecoveryPointsByBackupVault(state, ENV, { ...asked, NextToken: first.NextToken });
  const dates = [first, second].map((page) => page.RecoveryPoints?.map((point) => point.CreationDate?.toISOString()));
  expect(dates).toEqual([['2027-01-02T05:00:00.000Z'], ['2027-01-01T05:00:00.000Z']]);
  expect(second.NextToken).toBeUndefined();
});

test('no more is looked for than a page and what follows it', () => {
  const seen: number[] = [];
  const found = function* () {
    for (let index = 10; index > 0; index--) {
      seen.push(index);
      yield index;
    }
  };
  const { items, nextToken } = pageFrom(found(), 3, (index) => [index, 7], LIST);
  expect([items, seen]).toEqual([
    [10, 9, 8],
    [10, 9, 8, 7],
  ]);
  expect(placeIn(nextToken, 2, LIST)).toEqual([8, 7]);
});

test('fails on sizes out of 1 to 1000, and on tokens of other operations (B1.2)', () => {
  for (const size of [0, 1001, 1.5]) {
    expect(() => pageOf([1], size, undefined, { ...LIST, keyOf: String })).toThrow(
      `MaxResults must be 1 to 1000, got ${size}`,
    );
    expect(() => pageFrom([1], size, () => [0], LIST)).toThrow(`MaxResults must be 1 to 1000, got ${size}`);
  }
  for (const size of [1, 1000]) {
    expect(pageOf([1], size, undefined, { ...LIST, keyOf: String }).items).toEqual([1]);
  }
  const other = 'NextToken is not one that this operation gave';
  const state = ran();
  const { NextToken } = listBackupJobs(state, ENV, { MaxResults: 5 });
  for (const token of [NextToken, 'LTE=', 'eA==']) {
    expect(() => points(state, token)).toThrow(other);
  }
  expect(() => listBackupJobs(state, ENV, { NextToken: points(state, undefined, 5).NextToken })).toThrow(other);
  expect(() => listCopyJobs(state, ENV, { NextToken })).toThrow(other);
});

/** Every page of a list of names that changes meanwhile, two names at a time. */
function pagesWhile(change: (names: string[], page: readonly string[]) => void): string[][] {
  const names = [...'abcdefghij'];
  const paged = { service: 'iam', operation: 'ListRoles', keyOf: (name: string) => name };
  const found: string[][] = [];
  let token: string | undefined;
  do {
    const page = pageOf(names, 2, token, paged);
    found.push(page.items);
    change(names, page.items);
    token = page.nextToken;
  } while (token !== undefined);
  return found;
}

const take = (names: string[], gone: string) => names.includes(gone) && names.splice(names.indexOf(gone), 1);

test('a page begins where the one before ended, whatever is deleted or comes meanwhile', () => {
  const whole = [...'abcdefghij'];
  expect(pagesWhile(() => undefined).flat()).toEqual(whole);
  expect(pagesWhile((names, page) => page.forEach((name) => take(names, name))).flat()).toEqual(whole);
  expect(pagesWhile((names) => names.unshift('new')).flat()).toEqual(whole);
  expect(pagesWhile((names) => take(names, 'c')).flat()).toEqual(whole.filter((name) => name !== 'c'));
  // All that followed is gone: nothing comes twice.
  expect(pagesWhile((names) => names.splice(2, Infinity)).flat()).toEqual(['a', 'b']);
});

test('the token of a list is none of another', () => {
  const roles = { service: 'iam', operation: 'ListRoles', keyOf: String };
  const { nextToken } = pageOf([1, 2, 3], 1, undefined, roles);
  expect(pageOf([1, 2, 3], 1, nextToken, roles).items).toEqual([2]);
  const refused = (name: string, message: string) => expect.objectContaining({ name, message });
  for (const [service, error] of [
    ['iam', refused('ValidationError', 'Marker is not one that this operation gave')],
    ['cloudformation', refused('ValidationError', 'NextToken is not one that this operation gave')],
    ['backup', refused('InvalidParameterValueException', 'NextToken is not one that this operation gave')],
  ] as const) {
    for (const token of [nextToken, 'MQ==', 'eA==', Buffer.from('1').toString('base64')]) {
      expect(() => pageOf([1, 2, 3], 1, token, { ...roles, service, operation: 'ListUsers' })).toThrow(error as Error);
    }
  }
  const below = { ...roles, parent: 'one' };
  const { nextToken: ofOne } = pageOf([1, 2, 3], 1, undefined, below);
  expect(pageOf([1, 2, 3], 1, ofOne, below).items).toEqual([2]);
  for (const list of [roles, { ...below, parent: 'other' }]) {
    expect(() => pageOf([1, 2, 3], 1, ofOne, list)).toThrow('Marker is not one that this operation gave');
  }
});

test('vaults that are deleted page by page are all come to', () => {
  const all = ['v-1', 'v-2', 'v-3', 'v-4', 'v-5'];
  const state = world('2027-01-01', { vaults: all.map((name) => vault(name)) });
  const names: (string | undefined)[] = [];
  let NextToken: string | undefined;
  do {
    const page = listBackupVaults(state, ENV, { MaxResults: 2, NextToken });
    for (const { BackupVaultName } of page.BackupVaultList ?? []) {
      names.push(BackupVaultName);
      deleteBackupVault(state, ENV, { BackupVaultName });
    }
    NextToken = page.NextToken;
  } while (NextToken !== undefined);
  expect(names).toEqual(all);
  expect(listBackupVaults(state, ENV, {}).BackupVaultList).toEqual([]);
});
