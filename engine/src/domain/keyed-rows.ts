/**
 * Rows by hash key and sort key, as a table of DynamoDB and each index of it has them.
 *
 * Owns     rows, in buckets by the hash of the hash key: a view shares buckets with its source, and whichever of the two
 *          writes first copies the bucket that it writes.
 * Units    sizes are bytes.
 * Spec     table-items.md
 */
import type { Item } from './attribute-values';

/** Where a row stands. */
export interface RowKey {
  /** The value of the hash key, as `sortable` writes it. */
  readonly hashKey: string;
  /** The value of the sort key; empty where there is none. */
  readonly sortKey: string;
  /** Tells rows of an index apart that have one key: the key of the item. */
  readonly tie: string;
}

export interface Row extends RowKey {
  readonly item: Item;
  readonly sizeBytes: number;
}

/** All rows of one hash key, in ascending order. */
interface Partition {
  readonly hash: number;
  readonly key: string;
  readonly rows: Row[];
}

interface Bucket {
  /** Grows with each change. */
  version: number;
  /** A view has it, too: it is copied before it changes. */
  shared: boolean;
  partitions: Partition[];
}

/** The rows of one bucket, with a number that is another one after they changed. */
export interface RowBucket {
  readonly number: number;
  readonly version: number;
  rows(): Iterable<Row>;
}

/** A share of all hash keys: one of `total` of the same width. */
export interface Segment {
  readonly number: number;
  readonly total: number;
}

const BUCKET_BITS = 12;
export const BUCKETS = 1 << BUCKET_BITS;
const HASHES = 2 ** 32;

export class KeyedRows {
  private count = 0;
  private total = 0;

  private constructor(private readonly buckets: (Bucket | undefined)[]) {}

  static empty(): KeyedRows {
    return new KeyedRows(new Array<Bucket | undefined>(BUCKETS).fill(undefined));
  }

  get length(): number {
    return this.count;
  }

  /** Of all rows. */
  get sizeBytes(): number {
    return this.total;
  }

  /** The same rows, which stay as they are whatever becomes of these. */
  view(): KeyedRows {
    for (const bucket of this.buckets) {
      if (bucket !== undefined) {
        bucket.shared = true;
      }
    }
    const view = new KeyedRows(this.buckets.slice());
    view.count = this.count;
    view.total = this.total;
    return view;
  }

  tryFind(key: RowKey): Row | undefined {
    const rows = this.partition(key.hashKey);
    const row = rows[rowIndex(rows, key)];
    return row !== undefined && compareRows(row, key) === 0 ? row : undefined;
  }

  /** Puts a row, and answers with the one that it replaces. */
  put(row: Row): Row | undefined {
    const { rows } = this.writable(row.hashKey);
    const index = rowIndex(rows, row);
    const there = rows[index];
    const replaced = there !== undefined && compareRows(there, row) === 0 ? there : undefined;
    rows.splice(index, replaced === undefined ? 0 : 1, row);
    this.count += replaced === undefined ? 1 : 0;
    this.total += row.sizeBytes - (replaced?.sizeBytes ?? 0);
    return replaced;
  }

  /** The row that went. */
  delete(key: RowKey): Row | undefined {
    const gone = this.tryFind(key);
    if (gone === undefined) {
      return undefined;
    }
    const { rows, hash } = this.writable(key.hashKey);
    rows.splice(rowIndex(rows, key), 1);
    if (rows.length === 0) {
      const bucket = this.buckets[bucketOf(hash)];
      bucket?.partitions.splice(partitionIndex(bucket.partitions, hash, key.hashKey), 1);
    }
    this.count--;
    this.total -= gone.sizeBytes;
    return gone;
  }

  /** Rows of one hash key, in ascending order. */
  partition(hashKey: string): readonly Row[] {
    const hash = hashOf(hashKey);
    const partitions = this.buckets[bucketOf(hash)]?.partitions ?? [];
    const found = partitions[partitionIndex(partitions, hash, hashKey)];
    return found?.key === hashKey ? found.rows : [];
  }

  /** All rows in the order of a scan: by the hash of the hash key; those behind a key alone, where one is given. */
  *rows(after?: RowKey, segment: Segment = { number: 0, total: 1 }): Iterable<Row> {
    const from = after === undefined ? 0 : hashOf(after.hashKey);
    const first = Math.max(from, Math.ceil((segment.number * HASHES) / segment.total));
    const last = Math.ceil(((segment.number + 1) * HASHES) / segment.total) - 1;
    for (let number = bucketOf(first); number <= bucketOf(last); number++) {
      for (const { hash, key, rows } of this.buckets[number]?.partitions ?? []) {
        if (hash < first || hash > last) {
          continue;
        }
        if (after === undefined || hash > from || key > after.hashKey) {
          yield* rows;
        } else if (key === after.hashKey) {
          yield* rows.slice(indexAfter(rows, after));
        }
      }
    }
  }

  /** Those that have rows, in ascending order of their numbers. */
  *rowBuckets(): Iterable<RowBucket> {
    for (const [number, bucket] of this.buckets.entries()) {
      if (bucket !== undefined && bucket.partitions.length > 0) {
        const { version, partitions } = bucket;
        yield { number, version, rows: () => partitions.flatMap(({ rows }) => rows) };
      }
    }
  }

  private writable(hashKey: string): Partition {
    const hash = hashOf(hashKey);
    const number = bucketOf(hash);
    let bucket = this.buckets[number];
    if (bucket === undefined) {
      bucket = { version: 0, shared: false, partitions: [] };
      this.buckets[number] = bucket;
    } else if (bucket.shared) {
      const partitions = bucket.partitions.map((one) => ({ ...one, rows: one.rows.slice() }));
      bucket = { version: bucket.version, shared: false, partitions };
      this.buckets[number] = bucket;
    }
    bucket.version++;
    const { partitions } = bucket;
    const index = partitionIndex(partitions, hash, hashKey);
    const found = partitions[index];
    if (found?.key === hashKey) {
      return found;
    }
    const made: Partition = { hash, key: hashKey, rows: [] };
    partitions.splice(index, 0, made);
    return made;
  }
}

/** Where in a partition a key stands, or would. */
export function rowIndex(rows: readonly Row[], key: Omit<RowKey, 'hashKey'>): number {
  return firstIndex(rows, (row) => compareRows(row, key) >= 0);
}

export function indexAfter(rows: readonly Row[], key: Omit<RowKey, 'hashKey'>): number {
  return firstIndex(rows, (row) => compareRows(row, key) > 0);
}

/** The first of sorted things for which something holds that holds for all behind it. */
export function firstIndex<T>(sorted: readonly T[], holds: (one: T) => boolean): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (holds(sorted[middle] as T)) {
      high = middle;
    } else {
      low = middle + 1;
    }
  }
  return low;
}

function compareRows(a: Omit<RowKey, 'hashKey'>, b: Omit<RowKey, 'hashKey'>): number {
  return compareTexts(a.sortKey, b.sortKey) || compareTexts(a.tie, b.tie);
}

function compareTexts(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function partitionIndex(partitions: readonly Partition[], hash: number, key: string): number {
  return firstIndex(partitions, (one) => one.hash > hash || (one.hash === hash && one.key >= key));
}

function bucketOf(hash: number): number {
  return hash >>> (32 - BUCKET_BITS);
}

/** The number of the segment that a hash key is in. */
export function segmentOf(hashKey: string, total: number): number {
  return Math.floor((hashOf(hashKey) * total) / HASHES);
}

/** FNV-1a, stirred so that its first bits tell as much as its last; tables that are stored depend on it. */
export function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
