// What backups of S3 cost by the object: small objects, requests, events, tiers, indexes, searches.
import type { StatefulResource } from '@holdfast/model';
import type { Cost } from '../../../engine/src/cost/cost';
import { costOf } from '../../../engine/src/cost/cost';
import { DEFAULT_PRICES } from '../../../engine/src/cost/default-prices';
import { Prices } from '../../../engine/src/cost/price-book';
import { Body } from '../../../engine/src/domain/bodies';
import type { WorldState } from '../../../engine/src/domain/world-state';
import { createTieringConfiguration } from '../../../engine/src/operations/backup/create-tiering-configuration';
import { startSearchJob } from '../../../engine/src/operations/backupsearch/start-search-job';
import { begun, costAt, daily, EAST, east, january, runsOnce, vaultIn } from './stage';

const KIB = 1024;
/** Of 31 GiB, so that each has some 32.5 KiB. */
const MILLION = 1_000_000;

function bucket(sizeGiB: number, more: Partial<StatefulResource> = {}): StatefulResource {
  return east('s3', 'pictures', sizeGiB, more);
}

/** Microdollars and pieces of a kind of usage. */
function of({ lines }: Cost, kind: string): [pieces: number, usdMicros: number] {
  const found = lines.filter((line) => line.kind === kind);
  return [
    found.reduce((sum, { quantity }) => sum + quantity.reduce((one, other) => one + other, 0), 0),
    found.reduce((sum, { totalUsdMicros }) => sum + totalUsdMicros, 0),
  ];
}

function unpriced({ unpriced: all }: Cost): [item: string, quantity: number][] {
  return all.map(({ item, quantity }) => [item, quantity]);
}

test('a million objects of 32.5 KiB are billed as 128 KiB each: 122.07 GiB rather than 31 (B16.2/15)', () => {
  // The day that has begun counts whole: 31 of 31 days. 1,000,000 x 128 KiB = 122.0703125 GiB, at 0.05.
  const cost = january([bucket(31, { objectCount: MILLION })], [runsOnce()]);
  expect(of(cost, 'storage')).toEqual([122.070313, 6_103_516]);
  expect(of(january([bucket(31)], [runsOnce()]), 'storage')).toEqual([31, 1_550_000]);
});

// prettier-ignore
test.each([
  [8192, 1],                               // 128 KiB each: as they are.
  [8193, 8193 / 8192],                     // One more: each is a little under 128 KiB.
])('1 GiB in %i objects is billed as %f GiB (B16.2/15)', (objectCount, gib) => {
  const cost = january([bucket(1, { objectCount })], [runsOnce()]);
  expect(of(cost, 'storage')).toEqual([Number(gib.toFixed(6)), Math.round(50_000 * gib)]);
});

test('what changed of small objects is billed as 128 KiB each, too, and goes in full (B16.2/15)', () => {
  // 10 % a day, each backup kept for a day and some hours: on each day but the first, all and what the newest changed.
  const one = bucket(31, { objectCount: MILLION, dailyChangePercent: 10 });
  const state = begun([one], [daily(1)]);
  const early = costAt(state, '2027-01-02T00:00:00Z');
  expect(of(early, 'storage')[0]).toBeCloseTo(122.0703125 / 31, 5);
  const padded = costAt(begun([one], [daily(10)]), '2027-02-01T00:00:00Z');
  const plain = costAt(begun([bucket(31, { dailyChangePercent: 10 })], [daily(10)]), '2027-02-01T00:00:00Z');
  expect(of(padded, 'storage')[0] / of(plain, 'storage')[0]).toBeCloseTo(122.0703125 / 31, 4);
});

test('each object that changed is read once and tells one event, each backup lists all (B16.2/15)', () => {
  // Three backups: 1,000,000 objects at first, a tenth of them on the second and on the third day.
  const one = bucket(31, { objectCount: MILLION, dailyChangePercent: 10 });
  const cost = costAt(begun([one], [daily(35)]), '2027-01-04T00:00:00Z');
  expect(of(cost, 'object-get')).toEqual([1_200_000, 480_000]);
  expect(of(cost, 'object-list')).toEqual([3000, 15_000]);
  expect(of(cost, 'object-event')).toEqual([200_000, 200_000]);
  expect(cost.byBilledService['Amazon EventBridge']).toBe(200_000);
  // All of it is the rule's.
  expect(cost.byRule.map(({ rule }) => rule)).toEqual(['daily']);
});

test('a continuous backup lists once, and reads what its runs find changed (B16.2/15)', () => {
  const one = bucket(31, { objectCount: MILLION, dailyChangePercent: 10 });
  const cost = costAt(begun([one], [daily(35, { enableContinuousBackup: true })]), '2027-01-04T00:00:00Z');
  expect(of(cost, 'object-list')[0]).toBe(1000);
  expect(of(cost, 'object-get')[0]).toBe(1_200_000);
  expect(of(cost, 'object-event')[0]).toBe(200_000);
});

test('copies ask nothing of the bucket', () => {
  const copyActions = [{ destinationBackupVaultArn: `arn:aws:backup:us-east-1:${EAST.account}:backup-vault:far` }];
  const one = bucket(31, { objectCount: MILLION });
  const alone = january([one], [runsOnce()]);
  const copied = january([one], [runsOnce({ copyActions })], { vaults: [vaultIn('far')] });
  expect(of(copied, 'object-get')).toEqual(of(alone, 'object-get'));
  expect(of(copied, 'storage')[1]).toBeGreaterThan(of(alone, 'storage')[1]);
});

test('each 1,000 objects that move to the low-cost warm tier cost 0.01 (B16.2/6)', () => {
  const lifecycle = { deleteAfterDays: 400 };
  const state = begun([bucket(200, { objectCount: MILLION })], [runsOnce({ lifecycle })]);
  createTieringConfiguration(state, EAST, {
    TieringConfiguration: {
      TieringConfigurationName: 'tiers',
      BackupVaultName: 'main',
      ResourceSelection: [{ ResourceType: 'S3', Resources: ['*'], TieringDownSettingsInDays: 60 }],
    },
  });
  expect(of(costAt(state, '2027-03-02T00:00:00Z'), 'object-move')).toEqual([0, 0]);
  expect(of(costAt(state, '2027-04-01T00:00:00Z'), 'object-move')).toEqual([MILLION, 10_000_000]);
});

test('objects of a copy that move are billed where the copy is, those that are read where the bucket is (B16.2/6)', () => {
  const west = { ...EAST, region: 'us-west-2' };
  const copyActions = [{ destinationBackupVaultArn: `arn:aws:backup:us-west-2:${EAST.account}:backup-vault:far` }];
  const once = runsOnce({ lifecycle: { deleteAfterDays: 400 }, copyActions });
  const state = begun([bucket(200, { objectCount: MILLION })], [once], { vaults: [vaultIn('far', west)] });
  createTieringConfiguration(state, west, {
    TieringConfiguration: {
      TieringConfigurationName: 'tiers',
      BackupVaultName: 'far',
      ResourceSelection: [{ ResourceType: 'S3', Resources: ['*'], TieringDownSettingsInDays: 60 }],
    },
  });
  state.runUntil(Date.UTC(2027, 3, 1));
  const places = (kind: string) =>
    state.ledger.meter?.lines.all.filter((line) => line.kind === kind).map(({ env }) => env.region);
  expect([places('object-move'), places('object-get')]).toEqual([['us-west-2'], ['us-east-1']]);
});

test('buckets whose objects nobody counted are told of, and nothing is counted by the object', () => {
  const cost = january([bucket(31), east('s3', 'other', 1), east('efs', 'fs-1', 31)], [runsOnce()]);
  expect(cost.notCounted.join('\n')).toContain('of 2 buckets whose objects nobody counted (objectCount)');
  expect(cost.byKind).toEqual({ storage: 1_600_000 + 1_550_000 });
  const known = january([bucket(31, { objectCount: 5 })], [runsOnce()]);
  expect(known.notCounted.join('\n')).not.toContain('S3');
});

test('objects that a bucket holds are counted as they are, delete markers among them (B16.2/15)', () => {
  const state = begun([], [runsOnce()]);
  fill(state, [KIB, 129 * KIB, 128 * KIB]);
  const cost = costAt(state, '2027-02-01T00:00:00Z');
  // 1, 129, 128 KiB and a marker: 513 KiB are billed for 258.
  expect(of(cost, 'object-get')[0]).toBe(4);
  expect(of(cost, 'object-list')[0]).toBe(1);
  expect(of(cost, 'storage')[0]).toBeCloseTo((513 * KIB) / 2 ** 30, 6);
});

test('an index is counted by its items where they are known, else as an index; no price is known (B16.2/13)', () => {
  const indexed = (one: StatefulResource, type: string) =>
    unpriced(january([one], [runsOnce({ indexActions: [type] })]));
  expect(indexed(bucket(1, { objectCount: 5000 }), 'S3')).toEqual([['index/item/s3', 5000]]);
  expect(indexed(bucket(1), 'S3')).toEqual([['index/of-unknown-size/s3', 1]]);
  expect(indexed(east('ebs', 'vol-1', 1), 'EBS')).toEqual([['index/of-unknown-size/ebs', 1]]);
});

const SEARCH = { SearchScope: { BackupResourceTypes: ['S3' as const] } };

test('searches are counted, and their price is told to be missing (B16.2/13)', () => {
  const state = begun([], []);
  startSearchJob(state, EAST, SEARCH);
  startSearchJob(state, EAST, SEARCH);
  const cost = costAt(state, '2027-02-01T00:00:00Z');
  expect(unpriced(cost)).toEqual([['search/search', 2]]);
  expect(cost.totalUsdMicros).toBe(0);
  const own = { item: 'search/search', region: 'us-east-1', usd: '0.25', unit: 'piece' as const };
  const known = { ...own, date: '2027-01-01', source: 'here', confidence: 'high' as const };
  const priced = costOf(state, new Prices({ ...DEFAULT_PRICES, prices: [...DEFAULT_PRICES.prices, known] }));
  expect([priced.unpriced, priced.totalUsdMicros]).toEqual([[], 500_000]);
});

function fill(state: WorldState, sizes: readonly number[]): void {
  const made = state.buckets.create(EAST, 'pictures', {});
  state.buckets.set(made, 'versioning', { Status: 'Enabled' });
  for (const [index, sizeBytes] of sizes.entries()) {
    const about = {
      key: `k${index}`,
      sizeBytes,
      etag: '',
      body: Body.inMemory(new Uint8Array(sizeBytes)),
      deleteMarker: false,
    };
    const more = { headers: {}, metadata: {}, checksum: undefined, partSizes: undefined, tags: {} };
    state.buckets.put(made, { ...about, ...more });
  }
  state.buckets.deleteObject(made, 'k0');
}
