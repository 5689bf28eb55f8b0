/**
 * The chunks of a store: put, read, counted, and taken away when nothing needs them.
 *
 * Owns     the index and the packs.
 * Units    sizes are bytes.
 *
 * A chunk of data is needed by chunks of manifests that name it; a chunk of a manifest by captures. A pack of which more than
 * DEAD_SHARE is of chunks that nothing needs is written anew, so that packs are never larger than 1 / (1 - DEAD_SHARE) of
 * what stands in them.
 */
import { ChunkIndex, LOST, PENDING } from './chunk-index';
import {
  BROTLI,
  ChunkTitle,
  DATA,
  finishHead,
  HEAD_BYTES,
  ID_BYTES,
  isHead,
  MANIFEST,
  nonceOf,
  PLAIN,
  tagOf,
  TITLE_BYTES,
  writeTitle,
} from './chunk-record';
import { idsOf } from './manifest';
import { Packs } from './packs';
import { pack, Packed, Sealer } from './sealer';

/** Bytes of chunks on their way into packs; whoever puts more waits. */
const MOST_UNDER_WAY_BYTES = 32 * 1024 * 1024;
export const DEAD_SHARE = 0.2;

/** A chunk is not what was stored. */
export class ChunkDamage extends Error {
  constructor(
    where: string,
    readonly reason: string,
  ) {
    super(`${where}: ${reason}`);
  }
}

/** Who can open the chunks of a scope; undefined when its key is gone. */
export type SealerOf = (scope: number) => Sealer | undefined;

export class Chunks {
  readonly index = new ChunkIndex();
  private readonly underWay = new Set<Promise<void>>();
  private underWayBytes = 0;
  private fault: unknown;
  private uncounted = false;

  constructor(
    readonly packs: Packs,
    private readonly sealerOf: SealerOf,
  ) {
    for (const number of packs.list()) {
      for (const { title, offset } of packs.scan(number)) {
        // Of two the later one: it was written because the earlier one was damaged, or to take its place.
        const row = this.index.find(title.id);
        this.index.place(row === -1 ? this.index.add(title, number) : row, title, number, offset);
      }
    }
    packs.resume();
  }

  /** Stores a chunk, unless it is there already; its row. `room` has to be waited for before the next. */
  put(sealer: Sealer, kind: number, bytes: Buffer): number {
    const id = sealer.idOf(kind, bytes);
    const known = this.index.find(id);
    if (this.index.isGood(known)) {
      return known;
    }
    const title = { kind, packing: PLAIN, scope: sealer.scope, plainBytes: bytes.length, storedBytes: 0, id };
    const row = known === -1 ? this.index.add(title, PENDING) : known;
    this.index.place(row, title, PENDING, 0);
    this.index.damaged[row] = 0;
    const packed = pack(bytes);
    if ('then' in packed) {
      this.follow(
        packed.then((done) => this.append(row, sealer, title, done)),
        bytes.length,
      );
    } else {
      this.append(row, sealer, title, packed);
    }
    return row;
  }

  /** Waits until more can be put. @throws what became of what was put before */
  async room(): Promise<void> {
    while (this.underWayBytes > MOST_UNDER_WAY_BYTES) {
      await Promise.race(this.underWay);
    }
    this.throwFault();
    await this.packs.room();
  }

  /** Waits until everything that was put is in its file. */
  async settle(): Promise<void> {
    await Promise.all(this.underWay);
    this.throwFault();
    await this.packs.flush();
  }

  /** Ends what is under way, after a fault: what did not come into its file is lost. */
  async abandon(): Promise<void> {
    await Promise.all(this.underWay);
    this.fault = undefined;
    await this.packs.flush().catch(() => undefined);
    for (const row of this.index.rows()) {
      if (this.index.pack[row] === PENDING) {
        this.index.pack[row] = LOST;
        this.index.damaged[row] = 1;
      }
    }
  }

  /** The bytes of a chunk, checked. @throws ChunkDamage */
  read(id: Buffer, at = 0): Buffer {
    const row = this.index.find(id, at);
    if (row === -1 || this.index.pack[row] === LOST) {
      throw new ChunkDamage(`chunk ${id.toString('hex', at, at + ID_BYTES)}`, 'no pack has it');
    }
    return this.readRow(row);
  }

  /** @throws ChunkDamage */
  readRow(row: number): Buffer {
    const { index } = this;
    const title = index.titleOf(row);
    const sealer = this.sealerOf(title.scope);
    if (sealer === undefined) {
      throw new ChunkDamage(this.whereOf(row), 'its key is gone');
    }
    try {
      const record = this.record(row);
      if (!isHead(record) || !record.subarray(0, TITLE_BYTES).equals(titleBytes(title))) {
        throw new Error('its head is damaged');
      }
      return sealer.open(title, record);
    } catch (fault) {
      index.damaged[row] = 1;
      throw new ChunkDamage(this.whereOf(row), (fault as Error).message);
    }
  }

  /** Whether the key of a chunk is there. */
  isReadable(row: number): boolean {
    return this.sealerOf(this.index.scope[row] as number) !== undefined;
  }

  /** Where a chunk stands, in words. */
  whereOf(row: number): string {
    const { index, packs } = this;
    const number = index.pack[row] as number;
    return number === LOST
      ? `chunk ${index.idOf(row).toString('hex')}`
      : `${packs.nameOf(number)}, offset ${index.offset[row]}`;
  }

  /** Says that a capture needs a chunk of a manifest, whose own needs count from then on. */
  need(root: Buffer, sealer: Sealer, at = 0): void {
    const { index } = this;
    let row = index.find(root, at);
    if (row === -1) {
      row = this.lost(root.subarray(at, at + ID_BYTES), sealer.scope, MANIFEST);
    }
    index.references[row] = (index.references[row] as number) + 1;
    if (index.counted[row] === 0 && index.isGood(row)) {
      try {
        this.count(row, idsOf(this.readRow(row)), 1);
      } catch (fault) {
        if (!(fault instanceof ChunkDamage)) {
          throw fault;
        }
      }
    }
  }

  /** The same for a chunk that was put just now, with the ids that it names. */
  needNew(row: number, ids: Iterable<Buffer>): void {
    const { index } = this;
    index.references[row] = (index.references[row] as number) + 1;
    if (index.counted[row] === 0) {
      this.count(row, ids, 1);
    }
  }

  /** A capture needs these chunks of a manifest no more; `sweep` takes away what nothing needs then. */
  drop(roots: Buffer): void {
    const { index } = this;
    for (let at = 0; at < roots.length; at += ID_BYTES) {
      const row = index.find(roots, at);
      if (row === -1 || index.references[row] === 0) {
        this.uncounted = true;
        continue;
      }
      index.references[row] = (index.references[row] as number) - 1;
      if (index.references[row] === 0 && index.counted[row] === 1) {
        try {
          this.count(row, idsOf(this.readRow(row)), -1);
        } catch (fault) {
          if (!(fault instanceof ChunkDamage)) {
            throw fault;
          }
          // What it named cannot be told from it any more.
          this.uncounted = true;
        }
      }
    }
  }

  /** Whether references have to be counted anew, by `countAnew`, before the next sweep. */
  get hasToCount(): boolean {
    return this.uncounted;
  }

  /** Counts all references from those of captures on. */
  countAnew(captures: Iterable<{ readonly roots: Buffer; readonly sealer: Sealer }>): void {
    this.index.references.fill(0);
    this.index.counted.fill(0);
    this.uncounted = false;
    for (const { roots, sealer } of captures) {
      for (let at = 0; at < roots.length; at += ID_BYTES) {
        this.need(roots, sealer, at);
      }
    }
  }

  /**
   * Takes away every chunk that nothing needs, and gives its space back. Nothing may be under way.
   *
   * @param kept scopes of which nobody can tell what is needed
   */
  async sweep(kept: ReadonlySet<number>): Promise<void> {
    await this.packs.flush();
    const { index, packs } = this;
    const live = new Map<number, { bytes: number; end: number }>();
    for (const row of index.rows()) {
      if (index.references[row] === 0 && !kept.has(index.scope[row] as number)) {
        index.remove(row);
        continue;
      }
      const number = index.pack[row] as number;
      if (number > 0) {
        const part = live.get(number) ?? { bytes: 0, end: 0 };
        part.bytes += index.recordBytes(row);
        part.end = Math.max(part.end, (index.offset[row] as number) + index.recordBytes(row));
        live.set(number, part);
      }
    }
    const mostlyDead = new Set<number>();
    for (const number of packs.list()) {
      const { bytes, end } = live.get(number) ?? { bytes: 0, end: 0 };
      if (end < packs.sizeOf(number)) {
        packs.truncate(number, end);
      }
      if (bytes < end * (1 - DEAD_SHARE) || bytes === 0) {
        mostlyDead.add(number);
      }
    }
    await this.renew(mostlyDead);
  }

  /** Moves what is needed out of packs, and takes these away. */
  private async renew(dead: ReadonlySet<number>): Promise<void> {
    const { index, packs } = this;
    if (dead.size === 0) {
      return;
    }
    if ([...dead].some((number) => packs.isGrowing(number))) {
      packs.seal();
    }
    const moves: { row: number; pack: number; offset: number }[] = [];
    for (const row of index.rows()) {
      if (dead.has(index.pack[row] as number)) {
        const record = this.record(row);
        if (record.length === index.recordBytes(row)) {
          const head = titleBytes(index.titleOf(row), HEAD_BYTES);
          finishHead(head, nonceOf(record), tagOf(record));
          moves.push({ row, ...packs.append([head, record.subarray(HEAD_BYTES)]) });
          await packs.room();
        } else {
          index.damaged[row] = 1;
          moves.push({ row, pack: LOST, offset: 0 });
        }
      }
    }
    await packs.sync();
    moves.forEach(({ row, pack: to, offset }) => index.place(row, index.titleOf(row), to, offset));
    dead.forEach((number) => packs.remove(number));
  }

  private append(row: number, sealer: Sealer, title: ChunkTitle, packed: Packed): void {
    const whole = { ...title, packing: packed.packing, storedBytes: packed.bytes.length };
    const place = this.packs.append(sealer.seal(whole, packed.bytes));
    this.index.place(row, whole, place.pack, place.offset);
  }

  private follow(work: Promise<void>, bytes: number): void {
    this.underWayBytes += bytes;
    const followed: Promise<void> = work
      .catch((fault: unknown) => {
        this.fault ??= fault;
      })
      .finally(() => {
        this.underWayBytes -= bytes;
        this.underWay.delete(followed);
      });
    this.underWay.add(followed);
  }

  private throwFault(): void {
    const { fault } = this;
    if (fault !== undefined) {
      this.fault = undefined;
      throw fault;
    }
  }

  private record(row: number): Buffer {
    const { index } = this;
    return this.packs.read(index.pack[row] as number, index.offset[row] as number, index.recordBytes(row));
  }

  /** Counts what a chunk of a manifest names, or takes it back. */
  private count(row: number, runs: Iterable<Buffer>, step: number): void {
    const { index } = this;
    index.counted[row] = step > 0 ? 1 : 0;
    for (const ids of runs) {
      for (let at = 0; at < ids.length; at += ID_BYTES) {
        let named = index.find(ids, at);
        if (named === -1) {
          named = this.lost(ids.subarray(at, at + ID_BYTES), index.scope[row] as number, DATA);
        }
        index.references[named] = (index.references[named] as number) + step;
      }
    }
  }

  private lost(id: Buffer, scope: number, kind: number): number {
    const row = this.index.add({ kind, packing: BROTLI, scope, plainBytes: 0, storedBytes: 0, id }, LOST);
    this.index.damaged[row] = 1;
    return row;
  }
}

function titleBytes(title: ChunkTitle, length = TITLE_BYTES): Buffer {
  const bytes = Buffer.alloc(length);
  writeTitle(title, bytes);
  return bytes;
}
