/**
 * Captures as chunks in packs, in a folder of its own.
 *
 * Owns     the folder, while it has the lock. What it refuses it leaves as it was.
 * Units    sizes are bytes.
 * Spec     ../content-store.md
 */
import { randomBytes } from 'node:crypto';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { FolderLock } from '../../folder-lock';
import { StoreFault } from '../../store-fault';
import type { CapturedEntry, ContentEntry, Json } from '../content';
import { ContentStore, Damage, Scope, StoredContentFault, StoreFigures, Stored, StoreOrder } from '../content-store';
import { CaptureWriter, EntryToStore } from './capture-writer';
import { Capture, Catalog, ScopeOfStore } from './catalog';
import { Chunker } from './chunker';
import { ID_BYTES } from './chunk-record';
import { ChunkDamage, Chunks } from './chunks';
import { Disk } from './disk';
import { Keyring } from './keyring';
import { ManifestCutter, originOf, Row, rowsOf } from './manifest';
import { Packs } from './packs';
import { Sealer } from './sealer';
import { bytesBelow, empty, KEYS, PACKS, refuseForeign, removeLeftovers } from './store-folder';
import { SHAPE, StoreShape } from './store-shape';
import { verify } from './verify';

const DATA_KEY_BYTES = 32;

export class ChunkStore implements ContentStore {
  private readonly sealers = new Map<number, Sealer>();
  /** Scopes whose key was not there, and was not destroyed. */
  private readonly missing = new Set<number>();
  private readonly chunker: Chunker;
  /** What changes the store comes one after the other. */
  private turn: Promise<unknown> = Promise.resolve();
  /** What was found at the start, and put right. */
  private readonly mended: Damage[] = [];
  private closed = false;
  /** Labels that were asked for since the store was opened. */
  private readonly asked = new Set<string>();
  private readonly keyring: Keyring;
  private readonly catalog: Catalog;
  private readonly chunks: Chunks;

  private constructor(
    private readonly folder: string,
    private readonly lock: FolderLock,
    private readonly shape: StoreShape,
  ) {
    this.chunker = new Chunker(shape.chunks);
    const disk = new Disk(shape.durable);
    this.catalog = Catalog.open(folder, disk, (where) => this.mended.push(frameDamage(where)));
    this.keyring = new Keyring(path.join(folder, KEYS), disk);
    this.keyring.keepOnly(this.catalog.presentKeys());
    const packs = Packs.open(path.join(folder, PACKS), disk, shape.packBytes);
    this.chunks = new Chunks(packs, (scope) => this.trySealer(scope));
  }

  /**
   * Takes a folder, which is made when it is not there.
   *
   * @param shape what is to be otherwise than suits most
   * @throws StoreFault naming the folder and what was found; the folder is as it was then
   */
  static async open(folder: string, shape: Partial<StoreShape> = {}): Promise<ChunkStore> {
    refuseForeign(folder);
    fs.mkdirSync(folder, { recursive: true, mode: 0o700 });
    const lock = await FolderLock.take(folder);
    if (lock === undefined) {
      throw new StoreFault(`${folder} is in use by another process`);
    }
    try {
      // Another may have had it since.
      refuseForeign(folder);
      removeLeftovers(folder);
      if (shape.anew === true) {
        empty(folder);
      }
      const store = new ChunkStore(folder, lock, { ...SHAPE, ...shape });
      // Counts what is needed, and takes away what a run before left behind.
      store.countAnew();
      await store.sweep();
      return store;
    } catch (fault) {
      await lock.release();
      throw fault;
    }
  }

  write(entries: AsyncIterable<ContentEntry>, order: StoreOrder): Promise<Stored> {
    return this.inTurn(() => this.store(entries, order));
  }

  copy(id: string, order: StoreOrder): Promise<Stored> {
    return this.inTurn(() => this.store(this.entriesToCopy(id), order));
  }

  async *read(id: string): AsyncGenerator<CapturedEntry> {
    for (const row of this.rows(id)) {
      yield this.entryOf(id, row);
    }
  }

  tryFind(label: string): Promise<Stored | undefined> {
    return this.inTurn(async () => this.known(label));
  }

  release(ids: readonly string[]): Promise<void> {
    return this.inTurn(async () => {
      const captures = ids.flatMap((id) => this.catalog.find(id) ?? []).filter(({ roots }) => roots !== undefined);
      if (captures.length === 0) {
        return;
      }
      const roots = captures.map((capture) => (this.isReadable(capture) ? (capture.roots as Buffer) : Buffer.alloc(0)));
      this.catalog.release(captures.map(({ id }) => id));
      await this.drop(roots);
    });
  }

  forgetUnasked(): Promise<void> {
    return this.inTurn(async () => {
      const unasked = [...this.catalog.labels()].filter(([label]) => !this.asked.has(label));
      if (unasked.length > 0) {
        this.catalog.forget(unasked.map(([, { id }]) => id));
        this.countAnew();
        await this.sweep();
      }
    });
  }

  destroyKey(name: string): Promise<void> {
    return this.inTurn(async () => {
      const key = this.catalog.keyOf(name) ?? this.catalog.addKey(name);
      if (this.catalog.isDestroyed(key)) {
        return;
      }
      const harmed = [...this.catalog.live()].filter(({ scope }) => this.catalog.scope(scope)?.key === key);
      this.catalog.destroyKey(key);
      this.keyring.destroy(key);
      // Their manifests cannot be read any more: what is left is counted anew.
      for (const [scope, sealer] of this.sealers) {
        if (this.catalog.scope(scope)?.key === key) {
          sealer.forget();
          this.sealers.delete(scope);
        }
      }
      if (harmed.length > 0) {
        this.countAnew();
        await this.sweep();
      }
    });
  }

  verify(): Promise<Damage[]> {
    return this.inTurn(async () => {
      const { catalog, chunks, keyring } = this;
      const found = this.mended.splice(0);
      catalog.wrong().forEach((where) => found.push(frameDamage(where)));
      return [...found, ...(await verify(catalog, chunks, keyring))];
    });
  }

  figures(): Promise<StoreFigures> {
    return this.inTurn(async () => {
      const captures = [...this.catalog.live()];
      let uniqueBytes = 0;
      for (const row of this.chunks.index.rows()) {
        uniqueBytes += this.chunks.index.plainBytes[row] as number;
      }
      return {
        captures: captures.length,
        chunks: this.chunks.index.count,
        sizeBytes: captures.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
        uniqueBytes,
        storedBytes: bytesBelow(this.folder),
      };
    });
  }

  close(): Promise<void> {
    return this.inTurn(async () => {
      this.closed = true;
      await this.chunks.packs.close();
      this.sealers.forEach((sealer) => sealer.forget());
      this.sealers.clear();
      await this.lock.release();
    });
  }

  private inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.turn.then(() => {
      if (this.closed) {
        throw new Error(`the store in ${this.folder} is closed`);
      }
      return work();
    });
    this.turn = turn.catch(() => undefined);
    return turn;
  }

  private countAnew(): void {
    const { catalog } = this;
    const readable = [...catalog.live()].flatMap(({ roots, scope }) => {
      const sealer = this.trySealer(scope);
      return sealer === undefined ? [] : [{ roots, sealer }];
    });
    this.chunks.countAnew(readable);
  }

  private async store(entries: AsyncIterable<EntryToStore>, order: StoreOrder): Promise<Stored> {
    const known = this.known(order.label);
    if (known !== undefined) {
      return known;
    }
    const { number, sealer } = this.scopeFor(order.scope);
    const cutter = new ManifestCutter(this.shape.manifests);
    const writer = new CaptureWriter(this.chunks, sealer, this.baseRows(order, number), this.chunker, cutter);
    try {
      for await (const entry of entries) {
        await writer.add(entry);
      }
      const { roots, ...sizes } = await writer.end();
      await this.chunks.packs.sync();
      return answerOf(this.catalog.addCapture(order.label, number, sizes, roots));
    } catch (fault) {
      await writer.abandon();
      await this.drop([]);
      throw fault;
    }
  }

  private known(label: string): Stored | undefined {
    this.asked.add(label);
    const capture = this.catalog.labelled(label);
    return capture && answerOf(capture);
  }

  /** Takes away what nothing needs once these roots are dropped. */
  private async drop(roots: readonly Buffer[]): Promise<void> {
    roots.forEach((of) => this.chunks.drop(of));
    if (this.chunks.hasToCount) {
      this.countAnew();
    }
    await this.sweep();
  }

  /** What is of a key that cannot be read stays as long as its captures do, unless the key was destroyed. */
  private async sweep(): Promise<void> {
    const unread = [...this.catalog.live()].filter(
      ({ scope }) =>
        this.trySealer(scope) === undefined && !this.catalog.isDestroyed(this.catalog.scope(scope)?.key ?? 0),
    );
    await this.chunks.sweep(new Set(unread.map(({ scope }) => scope)));
  }

  /** Rows of the capture before, as far as they can be read; none when it is gone. */
  private baseRows({ base, scope, label }: StoreOrder, number: number): Generator<Row> {
    const capture = base === undefined ? undefined : this.catalog.find(base);
    if (capture !== undefined && capture.scope !== number) {
      throw new Error(`${label}: its base ${base} is in another scope than ${scope.key} in ${scope.place}`);
    }
    return rowsOf(capture?.roots === undefined ? [] : this.parts(capture.roots, true));
  }

  private *parts(roots: Buffer, lenient: boolean): Generator<Buffer | undefined> {
    for (let at = 0; at < roots.length; at += ID_BYTES) {
      let part: Buffer | undefined;
      try {
        part = this.chunks.read(roots, at);
      } catch (fault) {
        if (!lenient || !(fault instanceof ChunkDamage)) {
          throw fault;
        }
      }
      yield part;
    }
  }

  /** @throws StoredContentFault */
  private *rows(id: string): Generator<Row> {
    const roots = this.rootsOf(id);
    try {
      for (const row of rowsOf(this.parts(roots, false))) {
        this.rootsOf(id);
        yield row;
      }
    } catch (fault) {
      throw this.faultOf(id, fault);
    }
  }

  private entryOf(id: string, { name, about, sizeBytes, inline, ids }: Row): CapturedEntry {
    const read = (at: number) => {
      this.rootsOf(id);
      try {
        return this.chunks.read(ids, at);
      } catch (fault) {
        throw this.faultOf(id, fault);
      }
    };
    async function* bytes(): AsyncGenerator<Uint8Array> {
      if (inline !== undefined && inline.length > 0) {
        yield inline;
      }
      for (let at = 0; at < ids.length; at += ID_BYTES) {
        yield read(at);
      }
    }
    return { name: name.toString('utf8'), about: JSON.parse(about) as Record<string, Json>, sizeBytes, bytes };
  }

  private async *entriesToCopy(id: string): AsyncGenerator<EntryToStore> {
    const scope = this.catalog.find(id)?.scope ?? 0;
    for (const row of this.rows(id)) {
      yield { ...this.entryOf(id, row), origin: originOf(scope, row) };
    }
  }

  private faultOf(id: string, fault: unknown): unknown {
    return fault instanceof ChunkDamage ? new StoredContentFault(`capture ${id}: ${fault.message}`) : fault;
  }

  /** @throws StoredContentFault when there is nothing to read */
  private rootsOf(id: string): Buffer {
    const capture = this.catalog.find(id);
    if (capture?.roots === undefined) {
      throw new StoredContentFault(`capture ${id} ${capture === undefined ? 'was never stored' : 'is released'}`);
    }
    if (!this.isReadable(capture)) {
      const key = this.catalog.scope(capture.scope)?.key ?? 0;
      throw new StoredContentFault(`capture ${id}: the material of key ${this.catalog.nameOfKey(key)} is gone`);
    }
    return capture.roots;
  }

  private isReadable({ scope }: Capture): boolean {
    return this.trySealer(scope) !== undefined;
  }

  /** @throws StoredContentFault when the key's material is gone */
  private scopeFor(scope: Scope): { readonly number: number; readonly sealer: Sealer } {
    const { catalog, keyring } = this;
    let key = catalog.keyOf(scope.key);
    if (key === undefined) {
      // A secret that no record names is taken away at the next start.
      keyring.make(catalog.nextKey);
      key = catalog.addKey(scope.key);
    }
    const known = catalog.tryFindScope(scope) ?? (catalog.isDestroyed(key) ? undefined : this.newScope(key, scope));
    const sealer = known === undefined ? undefined : this.trySealer(known.number);
    if (known === undefined || sealer === undefined) {
      throw new StoredContentFault(`the material of key ${scope.key} is gone`);
    }
    return { number: known.number, sealer };
  }

  private newScope(key: number, { place }: Scope): ScopeOfStore | undefined {
    const dataKey = randomBytes(DATA_KEY_BYTES);
    const wrapped = this.keyring.wrap(key, dataKey);
    dataKey.fill(0);
    return wrapped === undefined ? undefined : this.catalog.addScope(key, place, wrapped);
  }

  private trySealer(number: number): Sealer | undefined {
    const known = this.sealers.get(number);
    const scope = this.catalog.scope(number);
    if (known !== undefined || scope === undefined || this.catalog.isDestroyed(scope.key) || this.missing.has(number)) {
      return known;
    }
    const dataKey = this.keyring.unwrap(scope.key, scope.wrapped);
    if (dataKey === undefined) {
      // Should its key come back, what it has must be counted first: that is for the next start.
      this.missing.add(number);
      return undefined;
    }
    const sealer = new Sealer(number, dataKey);
    this.sealers.set(number, sealer);
    return sealer;
  }
}

function answerOf({ id, sizeBytes, changedBytes }: Capture): Stored {
  return { id, sizeBytes, changedBytes };
}

function frameDamage(where: string): Damage {
  return { where, reason: 'it is not what was written; its twin stood in for it', harmed: [] };
}
