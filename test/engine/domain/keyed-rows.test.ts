// Rows by their keys: in which order they are, which segment has them, and what a view shares.
import { BUCKETS, hashOf, KeyedRows, type Row, segmentOf } from '../../../engine/src/domain/keyed-rows';

/** Two texts that have one hash. */
const [FIRST, SECOND] = ['k261234', 'k32728'];
const HASHES = 2 ** 32;

const row = (hashKey: string, sortKey = '', sizeBytes = 1): Row => ({ hashKey, sortKey, tie: '', item: {}, sizeBytes });
const keysOf = (rows: Iterable<Row>) => [...rows].map(({ hashKey, sortKey }) => `${hashKey}${sortKey}`);

function filled(...all: Row[]): KeyedRows {
  const rows = KeyedRows.empty();
  all.forEach((one) => rows.put(one));
  return rows;
}

test('hashes stay as they are: stored tables depend on them', () => {
  expect(['', 'a', 'ab', 'customer-1', 'ä'].map(hashOf)).toEqual([
    ...[2872998923, 444641715, 2563531789, 3902211816, 2618739704],
  ]);
  expect(hashOf(FIRST)).toBe(hashOf(SECOND));
});

test('a row that is put again takes the place of the former, in number and size', () => {
  const rows = filled(row('a', '1', 5), row('a', '2', 7));
  expect(rows.put(row('a', '1', 6))).toEqual(row('a', '1', 5));
  expect([rows.length, rows.sizeBytes]).toEqual([2, 13]);
  expect(rows.delete(row('a', '1'))).toEqual(row('a', '1', 6));
  expect([rows.delete(row('a', '1')), rows.length, rows.sizeBytes]).toEqual([undefined, 1, 7]);
});

test('keys of one hash stand beside each other, and a list goes on behind each of them', () => {
  for (const order of [
    [FIRST, SECOND],
    [SECOND, FIRST],
  ]) {
    const rows = filled(...order.flatMap((key) => [row(key, '1'), row(key, '2')]), row('other'));
    const all = [...rows.rows()];
    expect(keysOf(all).filter((key) => !key.startsWith('other'))).toEqual([
      ...[`${FIRST}1`, `${FIRST}2`, `${SECOND}1`, `${SECOND}2`],
    ]);
    all.forEach((one, at) => expect(keysOf(rows.rows(one))).toEqual(keysOf(all.slice(at + 1))));
    expect([FIRST, SECOND].map((key) => rows.partition(key).length)).toEqual([2, 2]);
    rows.delete(row(FIRST, '1'));
    rows.delete(row(FIRST, '2'));
    expect([FIRST, SECOND].map((key) => rows.partition(key).length)).toEqual([0, 2]);
  }
});

test('each row is in one segment alone, and a list of a segment goes on behind its rows', () => {
  const keys = Array.from({ length: 200 }, (_, number) => `key-${number}`);
  const rows = filled(...keys.map((key) => row(key)));
  const all = keysOf(rows.rows());
  expect(all).toEqual([...keys].sort((a, b) => hashOf(a) - hashOf(b)));
  for (const total of [2, 3, BUCKETS + 1, 100_000, 1_000_000]) {
    for (const key of keys.slice(0, 40)) {
      const number = segmentOf(key, total);
      const own = (one: string) => segmentOf(one, total) === number;
      expect(keysOf(rows.rows(undefined, { number, total }))).toEqual(all.filter(own));
      const behind = all.slice(all.indexOf(key) + 1);
      expect(keysOf(rows.rows(row(key), { number, total }))).toEqual(behind.filter(own));
      const next = { number: number + 1, total };
      if (next.number < total) {
        const ofNext = all.filter((one) => segmentOf(one, total) === next.number);
        expect(keysOf(rows.rows(row(key), next))).toEqual(ofNext);
      }
    }
  }
});

test('segments end where the next begins, in a bucket too', () => {
  // The widest part of all hashes that holds one key and not the other of the same bucket.
  const keys = Array.from({ length: 40_000 }, (_, number) => `n${number}`);
  const byBucket = new Map<number, string>();
  const pair = keys.find((key) => {
    const bucket = hashOf(key) >>> 20;
    return byBucket.has(bucket) || (byBucket.set(bucket, key), false);
  });
  const other = byBucket.get(hashOf(pair ?? '') >>> 20);
  const both = [pair, other].map((key) => key ?? '').sort((a, b) => hashOf(a) - hashOf(b));
  const rows = filled(...both.map((key) => row(key)));
  const total = Math.ceil(HASHES / (hashOf(both[1] ?? '') - hashOf(both[0] ?? '')));
  for (const key of both) {
    expect(keysOf(rows.rows(undefined, { number: segmentOf(key, total), total }))).toEqual([key]);
  }
});

test('a bucket is told of while it has rows, and has another version after each change', () => {
  const rows = filled(row('a'));
  const tell = () => [...rows.rowBuckets()].map(({ number, version, rows: of }) => [number, version, keysOf(of())]);
  const [first] = tell();
  expect(first).toEqual([hashOf('a') >>> 20, expect.any(Number), ['a']]);
  rows.put(row('a', '', 2));
  const [second] = tell();
  expect(second?.[1]).not.toBe(first?.[1]);
  rows.delete(row('a', '', 2));
  expect(tell()).toEqual([]);
  rows.put(row('a'));
  expect([first?.[1], second?.[1]]).not.toContain(tell()[0]?.[1]);
});

test('a view and its source each keep what they have, whichever of them writes', () => {
  const rows = filled(row('a', '1'), row('a', '2'));
  const view = rows.view();
  rows.put(row('a', '3'));
  view.delete(row('a', '1'));
  expect([keysOf(rows.rows()), keysOf(view.rows())]).toEqual([['a1', 'a2', 'a3'], ['a2']]);
  expect([rows.length, view.length, rows.sizeBytes, view.sizeBytes]).toEqual([3, 1, 3, 1]);
});
