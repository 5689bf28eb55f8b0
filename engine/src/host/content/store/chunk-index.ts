/**
 * Which chunks there are, where each stands, and how often it is needed.
 *
 * Owns     a row for each chunk, in columns: a million chunks take some 80 MB. It is made anew from the packs at each start.
 * Units    sizes and offsets are bytes.
 */
import { ChunkTitle, HEAD_BYTES, ID_BYTES } from './chunk-record';

/** A chunk whose bytes have no place yet. */
export const PENDING = -1;
/** A chunk that something needs, and no pack has. */
export const LOST = -2;

const FIRST_ROWS = 1024;
const WORDS = ID_BYTES / 4;
const FREE = 0;
const GONE = -1;

export class ChunkIndex {
  /** Numbers of packs, PENDING or LOST. */
  pack = new Int32Array(FIRST_ROWS);
  offset = new Uint32Array(FIRST_ROWS);
  storedBytes = new Uint32Array(FIRST_ROWS);
  plainBytes = new Uint32Array(FIRST_ROWS);
  scope = new Uint32Array(FIRST_ROWS);
  kind = new Uint8Array(FIRST_ROWS);
  packing = new Uint8Array(FIRST_ROWS);
  /** How many manifests name it; for a chunk of a manifest, how many captures. */
  references = new Uint32Array(FIRST_ROWS);
  /** Whether it is known not to be what was stored. */
  damaged = new Uint8Array(FIRST_ROWS);
  /** Whether the chunks that it names have it among their references: of chunks of manifests. */
  counted = new Uint8Array(FIRST_ROWS);
  private live = new Uint8Array(FIRST_ROWS);
  private words = new Uint32Array(FIRST_ROWS * WORDS);
  /** Rows plus one, by the id's first word. */
  private slots = new Int32Array(FIRST_ROWS * 2);
  private gone = 0;
  private readonly freeRows: number[] = [];
  /** Rows at and above it were never used. */
  private top = 0;
  private alive = 0;

  get count(): number {
    return this.alive;
  }

  /** The row of an id, which stands at `at` in these bytes; -1 when there is none. */
  find(id: Buffer, at = 0): number {
    const first = id.readUInt32LE(at);
    const end = this.slots.length - 1;
    for (let slot = first & end; ; slot = (slot + 1) & end) {
      const entry = this.slots[slot] as number;
      if (entry === FREE) {
        return -1;
      }
      if (entry !== GONE && this.is(entry - 1, id, at, first)) {
        return entry - 1;
      }
    }
  }

  /** Makes a row that is in no pack yet, and that nothing needs. */
  add(title: ChunkTitle, pack: number): number {
    if ((this.alive + this.gone + 1) * 2 > this.slots.length) {
      this.hashAnew();
    }
    const row = this.freeRows.pop() ?? this.top++;
    if (row === this.pack.length) {
      this.grow();
    }
    for (let word = 0; word < WORDS; word++) {
      this.words[row * WORDS + word] = title.id.readUInt32LE(word * 4);
    }
    this.live[row] = 1;
    this.references[row] = 0;
    this.damaged[row] = 0;
    this.counted[row] = 0;
    this.alive++;
    this.place(row, title, pack, 0);
    this.hash(row);
    return row;
  }

  /** Says where the chunk of a row stands from now on. */
  place(row: number, title: ChunkTitle, pack: number, offset: number): void {
    this.kind[row] = title.kind;
    this.packing[row] = title.packing;
    this.scope[row] = title.scope;
    this.plainBytes[row] = title.plainBytes;
    this.storedBytes[row] = title.storedBytes;
    this.pack[row] = pack;
    this.offset[row] = offset;
  }

  remove(row: number): void {
    const end = this.slots.length - 1;
    let slot = (this.words[row * WORDS] as number) & end;
    while (this.slots[slot] !== row + 1) {
      slot = (slot + 1) & end;
    }
    this.slots[slot] = GONE;
    this.gone++;
    this.live[row] = 0;
    this.alive--;
    this.freeRows.push(row);
  }

  idOf(row: number): Buffer {
    const id = Buffer.allocUnsafe(ID_BYTES);
    for (let word = 0; word < WORDS; word++) {
      id.writeUInt32LE(this.words[row * WORDS + word] as number, word * 4);
    }
    return id;
  }

  titleOf(row: number): ChunkTitle {
    return {
      kind: this.kind[row] as number,
      packing: this.packing[row] as number,
      scope: this.scope[row] as number,
      plainBytes: this.plainBytes[row] as number,
      storedBytes: this.storedBytes[row] as number,
      id: this.idOf(row),
    };
  }

  /** What the chunk of a row takes in its pack. */
  recordBytes(row: number): number {
    return HEAD_BYTES + (this.storedBytes[row] as number);
  }

  /** Whether it can be relied on, as far as is known. */
  isGood(row: number): boolean {
    return row >= 0 && this.damaged[row] === 0 && this.pack[row] !== LOST;
  }

  *rows(): Generator<number> {
    for (let row = 0; row < this.top; row++) {
      if (this.live[row] === 1) {
        yield row;
      }
    }
  }

  private is(row: number, id: Buffer, at: number, first: number): boolean {
    const from = row * WORDS;
    return (
      this.words[from] === first &&
      this.words[from + 1] === id.readUInt32LE(at + 4) &&
      this.words[from + 2] === id.readUInt32LE(at + 8) &&
      this.words[from + 3] === id.readUInt32LE(at + 12)
    );
  }

  private hash(row: number): void {
    const end = this.slots.length - 1;
    let slot = (this.words[row * WORDS] as number) & end;
    while (this.slots[slot] !== FREE) {
      slot = (slot + 1) & end;
    }
    this.slots[slot] = row + 1;
  }

  private hashAnew(): void {
    const size = this.alive * 4 > this.slots.length ? this.slots.length * 2 : this.slots.length;
    this.slots = new Int32Array(size);
    this.gone = 0;
    for (const row of this.rows()) {
      this.hash(row);
    }
  }

  private grow(): void {
    const rows = this.pack.length * 2;
    this.pack = wider(this.pack, new Int32Array(rows));
    this.offset = wider(this.offset, new Uint32Array(rows));
    this.storedBytes = wider(this.storedBytes, new Uint32Array(rows));
    this.plainBytes = wider(this.plainBytes, new Uint32Array(rows));
    this.scope = wider(this.scope, new Uint32Array(rows));
    this.kind = wider(this.kind, new Uint8Array(rows));
    this.packing = wider(this.packing, new Uint8Array(rows));
    this.references = wider(this.references, new Uint32Array(rows));
    this.damaged = wider(this.damaged, new Uint8Array(rows));
    this.counted = wider(this.counted, new Uint8Array(rows));
    this.live = wider(this.live, new Uint8Array(rows));
    this.words = wider(this.words, new Uint32Array(rows * WORDS));
  }
}

function wider<T extends Int32Array | Uint32Array | Uint8Array>(before: T, after: T): T {
  after.set(before);
  return after;
}
