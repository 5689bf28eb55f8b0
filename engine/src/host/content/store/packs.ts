/**
 * The files in which chunks stand, many in each; they grow at their end only.
 *
 * Owns     the folder `packs`.
 * Units    sizes and offsets are bytes.
 *
 * What is appended has its place at once, and is in its file after `flush`, on the disk after `sync`.
 */
import * as fs from 'node:fs';
import * as path from 'node:path';
import { promisify } from 'node:util';
import { Disk } from './disk';
import { Found, scanPack } from './pack-scan';

/** A pack that has so much takes no more. */
export const PACK_BYTES = 64 * 1024 * 1024;
const NAME = /^(\d{8})\.pack$/;
/** So much is handed to the system at a time. */
const BATCH_BYTES = 2 * 1024 * 1024;
/** Whoever appends waits while more than this is not in its file yet. */
const MOST_WAITING_BYTES = 32 * 1024 * 1024;
const MOST_OPEN = 64;

const write = promisify(fs.write);

export interface Place {
  readonly pack: number;
  readonly offset: number;
}

/** The pack that grows. */
interface Growing {
  readonly pack: number;
  readonly file: number;
  /** Where the next record goes. */
  end: number;
}

export class Packs {
  private readonly sizes = new Map<number, number>();
  private readonly reading = new Map<number, number>();
  private growing: Growing | undefined;
  private next = 1;
  private batch: Buffer[] = [];
  private batchBytes = 0;
  private waitingBytes = 0;
  /** Everything that was handed to the system, one after the other. */
  private written: Promise<void> = Promise.resolve();
  private fault: Error | undefined;
  private readonly unsynced = new Set<number>();
  private newNames = false;

  private constructor(
    private readonly folder: string,
    private readonly disk: Disk,
    private readonly packBytes: number,
  ) {}

  static open(folder: string, disk: Disk, packBytes: number): Packs {
    fs.mkdirSync(folder, { recursive: true, mode: 0o700 });
    const packs = new Packs(folder, disk, packBytes);
    for (const name of fs.readdirSync(folder)) {
      const pack = Number(NAME.exec(name)?.[1] ?? 0);
      if (pack > 0) {
        packs.sizes.set(pack, fs.statSync(packs.fileOf(pack)).size);
        packs.next = Math.max(packs.next, pack + 1);
      }
    }
    return packs;
  }

  /** Numbers of all packs, oldest first. */
  list(): number[] {
    return [...this.sizes.keys()].sort((a, b) => a - b);
  }

  sizeOf(pack: number): number {
    return this.sizes.get(pack) ?? 0;
  }

  nameOf(pack: number): string {
    return `packs/${String(pack).padStart(8, '0')}.pack`;
  }

  scan(pack: number): Generator<Found> {
    return scanPack(this.reader(pack));
  }

  /** Bytes of a pack; fewer than asked for where it ends. */
  read(pack: number, offset: number, length: number): Buffer {
    const bytes = Buffer.allocUnsafe(length);
    return bytes.subarray(0, fs.readSync(this.reader(pack), bytes, 0, length, offset));
  }

  /** Gives a record its place; `room` says when the next may come. */
  append(parts: readonly Buffer[]): Place {
    const growing = (this.growing ??= this.begin());
    const place = { pack: growing.pack, offset: growing.end };
    for (const part of parts) {
      growing.end += part.length;
      this.batchBytes += part.length;
      this.batch.push(part);
    }
    this.sizes.set(growing.pack, growing.end);
    if (this.batchBytes >= BATCH_BYTES) {
      this.handOver();
    }
    if (growing.end >= this.packBytes) {
      this.seal();
    }
    return place;
  }

  /** Waits until there is room for more. @throws what the system said of what was appended */
  async room(): Promise<void> {
    if (this.waitingBytes + this.batchBytes > MOST_WAITING_BYTES) {
      await this.flush();
    }
  }

  async flush(): Promise<void> {
    this.handOver();
    await this.written;
    if (this.fault !== undefined) {
      const { fault, growing } = this;
      this.fault = undefined;
      if (growing !== undefined) {
        this.sizes.set(growing.pack, fs.fstatSync(growing.file).size);
        this.growing = undefined;
      }
      throw fault;
    }
  }

  async sync(): Promise<void> {
    await this.flush();
    for (const file of [...this.unsynced]) {
      await this.disk.syncLater(file);
      if (this.growing?.file !== file) {
        this.unsynced.delete(file);
        fs.closeSync(file);
      }
    }
    if (this.newNames) {
      this.disk.syncFolder(this.folder);
      this.newNames = false;
    }
  }

  /** Ends the pack that grows: the next record begins another. */
  seal(): void {
    this.handOver();
    this.growing = undefined;
  }

  /** Lets the last pack grow on; nothing may be appended since the folder was opened. */
  resume(): void {
    const pack = this.list().at(-1);
    const end = pack === undefined ? this.packBytes : this.sizeOf(pack);
    if (pack !== undefined && end < this.packBytes) {
      this.growing = { pack, file: fs.openSync(this.fileOf(pack), 'r+'), end };
      this.unsynced.add(this.growing.file);
    }
  }

  /** Takes a pack away; it must not be the one that grows. */
  remove(pack: number): void {
    this.forgetReader(pack);
    fs.rmSync(this.fileOf(pack), { force: true });
    this.sizes.delete(pack);
  }

  /** Takes the end of a pack away; everything must be in its file. */
  truncate(pack: number, end: number): void {
    fs.truncateSync(this.fileOf(pack), end);
    this.sizes.set(pack, end);
    if (this.growing?.pack === pack) {
      this.growing.end = end;
    }
  }

  isGrowing(pack: number): boolean {
    return this.growing?.pack === pack;
  }

  async close(): Promise<void> {
    this.handOver();
    await this.written;
    this.seal();
    for (const file of this.unsynced) {
      fs.closeSync(file);
    }
    this.unsynced.clear();
    [...this.reading.keys()].forEach((pack) => this.forgetReader(pack));
  }

  private begin(): Growing {
    const pack = this.next++;
    // Made at once, so that whoever asks for its size or its bytes finds it.
    const file = fs.openSync(this.fileOf(pack), 'wx', 0o600);
    this.sizes.set(pack, 0);
    this.unsynced.add(file);
    this.newNames = true;
    return { pack, file, end: 0 };
  }

  private fileOf(pack: number): string {
    return path.join(this.folder, path.basename(this.nameOf(pack)));
  }

  /** Gives what was appended to the system, behind what it has already. */
  private handOver(): void {
    const { growing, batch, batchBytes } = this;
    if (growing === undefined || batchBytes === 0) {
      return;
    }
    // Many small records wait as one: each by itself takes more than its bytes.
    const bytes = batch.length === 1 ? (batch[0] as Buffer) : Buffer.concat(batch);
    this.batch = [];
    this.batchBytes = 0;
    this.waitingBytes += batchBytes;
    const at = growing.end - batchBytes;
    this.written = this.written.then(async () => {
      try {
        if (this.fault === undefined) {
          await writeAll(growing.file, bytes, at);
        }
      } catch (fault) {
        this.fault = fault as Error;
      } finally {
        this.waitingBytes -= batchBytes;
      }
    });
  }

  private reader(pack: number): number {
    const known = this.reading.get(pack);
    if (known !== undefined) {
      return known;
    }
    const oldest = this.reading.size >= MOST_OPEN ? this.reading.keys().next().value : undefined;
    if (oldest !== undefined) {
      this.forgetReader(oldest);
    }
    const file = fs.openSync(this.fileOf(pack), 'r');
    this.reading.set(pack, file);
    return file;
  }

  private forgetReader(pack: number): void {
    const file = this.reading.get(pack);
    if (file !== undefined) {
      fs.closeSync(file);
      this.reading.delete(pack);
    }
  }
}

async function writeAll(file: number, bytes: Buffer, at: number): Promise<void> {
  for (let done = 0; done < bytes.length;) {
    const { bytesWritten } = await write(file, bytes, done, bytes.length - done, at + done);
    done += bytesWritten;
  }
}
