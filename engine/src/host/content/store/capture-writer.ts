/**
 * Writes one capture: entry by entry, beside the rows of the capture before.
 *
 * Owns     what it has put of the capture so far.
 * Units    sizes are bytes.
 */
import type { ContentEntry } from '../content';
import { Chunker } from './chunker';
import { DATA, ID_BYTES, MANIFEST } from './chunk-record';
import type { Chunks } from './chunks';
import { ManifestCutter, ManifestPart, MOST_INLINE_BYTES, NO_IDS, Row } from './manifest';
import type { Sealer } from './sealer';

/** An entry to be stored. */
export interface EntryToStore extends ContentEntry {
  /** For a copy: what it is copied from. */
  readonly origin?: Buffer | undefined;
}

export interface Written {
  readonly roots: Buffer;
  readonly sizeBytes: number;
  readonly changedBytes: number;
}

/** Rows in order of names, of which each is asked for once. */
class Base {
  private next: Row | undefined;

  constructor(private readonly rows: Generator<Row>) {
    this.step();
  }

  /** The row of a name that is not before those asked for so far. */
  find(name: Buffer): Row | undefined {
    while (this.next !== undefined && Buffer.compare(this.next.name, name) < 0) {
      this.step();
    }
    return this.next?.name.equals(name) === true ? this.next : undefined;
  }

  private step(): void {
    const { done, value } = this.rows.next();
    this.next = done === true ? undefined : value;
  }
}

export class CaptureWriter {
  private readonly base: Base;
  private readonly roots: Buffer[] = [];
  private lastName: Buffer | undefined;
  private sizeBytes = 0;
  private changedBytes = 0;

  constructor(
    private readonly chunks: Chunks,
    private readonly sealer: Sealer,
    base: Generator<Row>,
    private readonly chunker: Chunker,
    private readonly cutter: ManifestCutter,
  ) {
    this.base = new Base(base);
  }

  /** @throws Error when the entry is not in order, or not as long as it says */
  async add(entry: EntryToStore): Promise<void> {
    const name = Buffer.from(entry.name, 'utf8');
    if (this.lastName !== undefined && Buffer.compare(this.lastName, name) >= 0) {
      throw new Error(`entry ${entry.name} comes after ${this.lastName.toString('utf8')}, which is not in order`);
    }
    this.lastName = name;
    const before = this.base.find(name);
    const same = before !== undefined && this.isSame(before, entry) ? before : undefined;
    const { inline, ids } = same ?? (await this.store(entry, before));
    const { version, origin, sizeBytes } = entry;
    const row = { name, about: JSON.stringify(entry.about), version, origin, sizeBytes, inline, ids };
    this.sizeBytes += sizeBytes;
    for (const part of this.cutter.add(row)) {
      await this.keep(part);
    }
  }

  /** The whole capture; all of it is in its files then. */
  async end(): Promise<Written> {
    for (const part of this.cutter.end()) {
      await this.keep(part);
    }
    await this.chunks.settle();
    return { roots: Buffer.concat(this.roots), sizeBytes: this.sizeBytes, changedBytes: this.changedBytes };
  }

  /** Gives up what was written so far; the chunks go with the next sweep. */
  async abandon(): Promise<void> {
    await this.chunks.abandon();
    this.chunks.drop(Buffer.concat(this.roots));
  }

  /** Whether an entry is what it was, all of which can be read as far as is known. */
  private isSame(before: Row, { version, origin, sizeBytes }: EntryToStore): boolean {
    const same =
      origin === undefined
        ? version !== undefined && version === before.version
        : before.origin !== undefined && origin.equals(before.origin);
    if (!same || sizeBytes !== before.sizeBytes) {
      return false;
    }
    const { index } = this.chunks;
    for (let at = 0; at < before.ids.length; at += ID_BYTES) {
      if (!index.isGood(index.find(before.ids, at))) {
        return false;
      }
    }
    return true;
  }

  private async store(entry: EntryToStore, before: Row | undefined): Promise<Pick<Row, 'inline' | 'ids'>> {
    const { name, sizeBytes } = entry;
    if (sizeBytes <= MOST_INLINE_BYTES) {
      const inline = await smallOf(entry);
      this.changedBytes += before?.inline?.equals(inline) === true ? 0 : sizeBytes;
      return { inline, ids: NO_IDS };
    }
    const known = new Set(before === undefined ? [] : textsOf(before.ids));
    const ids: Buffer[] = [];
    let seen = 0;
    for await (const chunk of this.chunker.chunks(entry.bytes(), sizeBytes)) {
      seen += chunk.length;
      refuseLength(name, sizeBytes, seen, false);
      const id = this.chunks.index.idOf(this.chunks.put(this.sealer, DATA, chunk));
      ids.push(id);
      this.changedBytes += known.has(id.toString('latin1')) ? 0 : chunk.length;
      await this.chunks.room();
    }
    refuseLength(name, sizeBytes, seen, true);
    return { inline: undefined, ids: Buffer.concat(ids) };
  }

  private async keep({ bytes, ids }: ManifestPart): Promise<void> {
    const row = this.chunks.put(this.sealer, MANIFEST, bytes);
    this.chunks.needNew(row, ids);
    this.roots.push(this.chunks.index.idOf(row));
    await this.chunks.room();
  }
}

function textsOf(ids: Buffer): string[] {
  const texts: string[] = [];
  for (let at = 0; at < ids.length; at += ID_BYTES) {
    texts.push(ids.toString('latin1', at, at + ID_BYTES));
  }
  return texts;
}

async function smallOf({ name, sizeBytes, bytes }: EntryToStore): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  let seen = 0;
  for await (const piece of bytes()) {
    seen += piece.length;
    refuseLength(name, sizeBytes, seen, false);
    pieces.push(Uint8Array.from(piece));
  }
  refuseLength(name, sizeBytes, seen, true);
  return Buffer.concat(pieces);
}

function refuseLength(name: string, sizeBytes: number, seen: number, whole: boolean): void {
  if (seen > sizeBytes || (whole && seen < sizeBytes)) {
    throw new Error(`entry ${name} has ${sizeBytes} bytes by its size, got ${seen}${whole ? '' : ' or more'}`);
  }
}
