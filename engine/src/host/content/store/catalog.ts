/**
 * Which keys, scopes and captures a store has, and what was answered to each label.
 *
 * Owns     the two files of the catalog. What it says is on the disk when a call returns.
 * Units    sizes are bytes.
 */
import { StoreFault } from '../../store-fault';
import type { Scope, Stored } from '../content-store';
import { Disk } from './disk';
import { appendTwins, CATALOG_FILES, mendTwins, readTwins, Twins, writeTwins } from './catalog-file';

export interface ScopeOfStore {
  readonly number: number;
  readonly key: number;
  readonly place: string;
  readonly wrapped: Buffer;
}

export interface Capture extends Stored {
  /** What was asked for; undefined where nobody was answered. */
  label: string | undefined;
  readonly scope: number;
  /** Ids of the chunks of its manifest, one after the other; undefined once it is released. */
  roots: Buffer | undefined;
}

interface Key {
  readonly name: string;
  destroyed: boolean;
}

/** A record as it stands in the files. */
type CatalogRecord =
  | { readonly generation: number }
  | { readonly key: number; readonly name: string }
  | { readonly scope: number; readonly of: number; readonly place: string; readonly wrapped: string }
  | {
      readonly id: string;
      readonly label?: string;
      readonly in: number;
      readonly size: number;
      readonly changed: number;
      readonly roots?: string;
    }
  | { readonly released: readonly string[] }
  | { readonly forgotten: readonly string[] }
  | { readonly destroyed: number };

/** The files are written anew when so much of them, and more than half, says nothing any more. */
const LEAST_DEAD_BYTES = 64 * 1024;

export class Catalog {
  private readonly keys = new Map<number, Key>();
  private readonly scopes = new Map<number, ScopeOfStore>();
  private readonly captures = new Map<string, Capture>();
  private readonly unreleased = new Map<string, Capture>();
  private readonly captureOf = new Map<string, Capture>();
  private generation = 0;
  private end = 0;
  private deadBytes = 0;

  private constructor(
    private readonly folder: string,
    private readonly disk: Disk,
  ) {}

  /**
   * @param onWrong told of places of one file that the other one had to stand in for
   * @throws StoreFault when it cannot be read
   */
  static open(folder: string, disk: Disk, onWrong: (where: string) => void): Catalog {
    const catalog = new Catalog(folder, disk);
    const twins = readTwins(folder);
    if (twins === undefined) {
      catalog.writeAnew();
      return catalog;
    }
    twins.wrong.forEach(onWrong);
    twins.records.forEach((text) => catalog.apply(JSON.parse(text) as CatalogRecord));
    mendTwins(folder, disk, twins.bytes);
    catalog.end = twins.bytes.length;
    return catalog;
  }

  /** Places where a file is not what was written; they are put right. */
  wrong(): readonly string[] {
    const twins = tryReadTwins(this.folder);
    if (twins?.bytes.length !== this.end) {
      this.writeAnew();
      return CATALOG_FILES;
    }
    if (twins.wrong.length > 0) {
      mendTwins(this.folder, this.disk, twins.bytes);
    }
    return twins.wrong;
  }

  labelled(label: string): Capture | undefined {
    return this.captureOf.get(label);
  }

  find(id: string): Capture | undefined {
    return this.captures.get(id);
  }

  /** Captures that nobody released, oldest first. */
  *live(): Generator<Capture & { readonly roots: Buffer }> {
    yield* this.unreleased.values() as Iterable<Capture & { readonly roots: Buffer }>;
  }

  tryFindScope(scope: Scope): ScopeOfStore | undefined {
    return [...this.scopes.values()].find(
      ({ key, place }) => place === scope.place && this.keys.get(key)?.name === scope.key,
    );
  }

  scope(number: number): ScopeOfStore | undefined {
    return this.scopes.get(number);
  }

  /** Number of a key, by what it is called. */
  keyOf(name: string): number | undefined {
    return [...this.keys].find(([, key]) => key.name === name)?.[0];
  }

  nameOfKey(key: number): string {
    return this.keys.get(key)?.name ?? '';
  }

  isDestroyed(key: number): boolean {
    return this.keys.get(key)?.destroyed === true;
  }

  /** Numbers of all keys whose material is to be there. */
  presentKeys(): Set<number> {
    return new Set([...this.keys].filter(([, { destroyed }]) => !destroyed).map(([key]) => key));
  }

  get nextKey(): number {
    return this.keys.size + 1;
  }

  addKey(name: string): number {
    const key = this.nextKey;
    this.add({ key, name });
    return key;
  }

  addScope(key: number, place: string, wrapped: Buffer): ScopeOfStore {
    const scope = Math.max(0, ...this.scopes.keys()) + 1;
    this.add({ scope, of: key, place, wrapped: wrapped.toString('base64') });
    return this.scopes.get(scope) as ScopeOfStore;
  }

  addCapture(label: string, scope: number, sizes: Omit<Stored, 'id'>, roots: Buffer): Capture {
    const id = `c${this.captures.size + 1}`;
    const { sizeBytes: size, changedBytes: changed } = sizes;
    this.add({ id, label, in: scope, size, changed, roots: roots.toString('base64') });
    return this.captures.get(id) as Capture;
  }

  release(ids: readonly string[]): void {
    this.add({ released: ids });
    this.renewWhenMostlyDead();
  }

  /** They are released, and their labels stand for nothing any more. */
  forget(ids: readonly string[]): void {
    this.add({ forgotten: ids });
  }

  /** What each label stands for. */
  labels(): Iterable<readonly [label: string, capture: Capture]> {
    return this.captureOf;
  }

  /** From now on the key's captures are nobody's. */
  destroyKey(key: number): void {
    this.add({ destroyed: key });
  }

  private add(record: CatalogRecord): void {
    this.end = appendTwins(this.folder, this.disk, this.end, JSON.stringify(record));
    this.apply(record);
  }

  private apply(record: CatalogRecord): void {
    if ('generation' in record) {
      this.generation = record.generation;
    } else if ('key' in record) {
      this.keys.set(record.key, { name: record.name, destroyed: false });
    } else if ('scope' in record) {
      const { scope: number, of: key, place } = record;
      this.scopes.set(number, { number, key, place, wrapped: Buffer.from(record.wrapped, 'base64') });
    } else if ('id' in record) {
      const { id, label, in: scope, size: sizeBytes, changed: changedBytes } = record;
      const roots = record.roots === undefined ? undefined : Buffer.from(record.roots, 'base64');
      const capture: Capture = { id, label, scope, sizeBytes, changedBytes, roots };
      this.captures.set(id, capture);
      if (roots !== undefined) {
        this.unreleased.set(id, capture);
      }
      if (label !== undefined) {
        this.captureOf.set(label, capture);
      }
    } else if ('released' in record) {
      record.released.forEach((id) => this.applyRelease(id));
    } else if ('forgotten' in record) {
      record.forgotten.forEach((id) => this.applyForget(id));
    } else {
      const key = this.keys.get(record.destroyed);
      if (key !== undefined) {
        key.destroyed = true;
      }
    }
  }

  private applyRelease(id: string): void {
    const capture = this.captures.get(id);
    if (capture?.roots !== undefined) {
      this.deadBytes += Math.ceil((capture.roots.length * 4) / 3);
      capture.roots = undefined;
      this.unreleased.delete(id);
    }
  }

  private applyForget(id: string): void {
    this.applyRelease(id);
    const capture = this.captures.get(id);
    if (capture?.label !== undefined) {
      this.captureOf.delete(capture.label);
      capture.label = undefined;
    }
  }

  private renewWhenMostlyDead(): void {
    if (this.deadBytes > LEAST_DEAD_BYTES && this.deadBytes * 2 > this.end) {
      this.writeAnew();
    }
  }

  private writeAnew(): void {
    this.generation++;
    const records: CatalogRecord[] = [{ generation: this.generation }];
    this.keys.forEach(({ name }, key) => records.push({ key, name }));
    this.scopes.forEach(({ number, key, place, wrapped }) =>
      records.push({ scope: number, of: key, place, wrapped: wrapped.toString('base64') }),
    );
    this.captures.forEach(({ id, label, scope, sizeBytes, changedBytes, roots }) =>
      records.push({
        ...{ id, in: scope, size: sizeBytes, changed: changedBytes },
        ...(label !== undefined && { label }),
        ...(roots === undefined ? {} : { roots: roots.toString('base64') }),
      }),
    );
    this.keys.forEach(({ destroyed }, key) => destroyed && records.push({ destroyed: key }));
    this.end = writeTwins(
      this.folder,
      this.disk,
      records.map((record) => JSON.stringify(record)),
    );
    this.deadBytes = 0;
  }
}

function tryReadTwins(folder: string): Twins | undefined {
  try {
    return readTwins(folder);
  } catch (fault) {
    if (fault instanceof StoreFault) {
      return undefined;
    }
    throw fault;
  }
}
