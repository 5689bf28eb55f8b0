/**
 * Bodies that are too large for memory, each a file that never changes.
 *
 * Owns     the files of its folder; which of them are needed, the Worlds say.
 * Units    sizes and offsets are bytes.
 * Source   decision 0042.
 */
import { randomUUID } from 'node:crypto';
import * as fs from 'node:fs';
import * as path from 'node:path';
import type { BodyKeeper, HeldBytes } from '../../domain/bodies';
import { digestFor } from '../../kernel/digests';
import { syncFolder } from '../files';
import { isBodyId } from '../own-names';
import { StoreFault } from '../store-fault';
import { leaveTemporary, makeTemporary } from '../temporary-folder';

/** What is no larger stays in memory, and in the journal of a data folder. */
export const MOST_IN_MEMORY_BYTES = 1024 * 1024;
const PIECE_BYTES = 256 * 1024;

/** A body as a journal has it. */
export type HeldJson = Pick<HeldBytes, 'sizeBytes' | 'digests'> & { readonly id: string };

export class BodyStore implements BodyKeeper {
  private folder: string | undefined;

  /** @param durable folder whose files outlive the process; without one they go with it */
  constructor(readonly durable?: string) {}

  async take(bytes: AsyncIterable<Uint8Array>): Promise<HeldBytes> {
    const writer = this.writer(['MD5']);
    try {
      for await (const piece of bytes) {
        await writer.write(piece);
      }
      return await writer.end();
    } catch (fault) {
      await writer.abandon();
      throw fault;
    }
  }

  /**
   * @param algorithms what is to be known of the bytes
   * @param mostInMemory bytes; what is no larger stays in memory
   */
  writer(algorithms: readonly string[], mostInMemory = MOST_IN_MEMORY_BYTES): BodyWriter {
    return new BodyWriter(this, algorithms, mostInMemory);
  }

  /** One that was written before. */
  held(json: HeldJson): HeldBytes {
    return { ...json, read: (from, to) => this.read(json.id, from, to) };
  }

  /** Whether all of it is there. */
  has({ id, sizeBytes }: HeldJson): boolean {
    return fs.statSync(this.fileOf(id), { throwIfNoEntry: false })?.size === sizeBytes;
  }

  async remove(ids: Iterable<string>): Promise<void> {
    for (const id of ids) {
      await fs.promises.rm(this.fileOf(id), { force: true });
    }
  }

  /** What nobody needs was left by a process that was killed; what somebody else put there stays. */
  async keepOnly(ids: ReadonlySet<string>): Promise<void> {
    const folder = this.durable;
    if (folder !== undefined && fs.existsSync(folder)) {
      await this.remove(fs.readdirSync(folder).filter((id) => isBodyId(id) && !ids.has(id)));
    }
  }

  /** What goes with the process goes now. */
  leave(): void {
    if (this.durable === undefined && this.folder !== undefined) {
      leaveTemporary(this.folder);
      this.folder = undefined;
    }
  }

  create(id: string): Promise<fs.promises.FileHandle> {
    return fs.promises.open(this.fileOf(id), 'wx', 0o600);
  }

  /** What was written outlives the machine's power, where the folder outlives the process. */
  async settle(file: fs.promises.FileHandle): Promise<void> {
    if (this.durable !== undefined) {
      await file.sync();
      syncFolder(this.durable);
    }
  }

  /** @throws StoreFault when the id is none that a body here has */
  private fileOf(id: string): string {
    if (!isBodyId(id)) {
      throw new StoreFault(`no body has the id ${JSON.stringify(id)}`);
    }
    return path.join((this.folder ??= this.open()), id);
  }

  private open(): string {
    if (this.durable !== undefined) {
      if (fs.mkdirSync(this.durable, { recursive: true, mode: 0o700 }) !== undefined) {
        syncFolder(path.dirname(this.durable));
      }
      return this.durable;
    }
    return makeTemporary('holdfast-bodies-');
  }

  private *read(id: string, from: number, to: number): Generator<Uint8Array> {
    const file = fs.openSync(this.fileOf(id), 'r');
    try {
      for (let at = from; at < to;) {
        const piece = Buffer.allocUnsafe(Math.min(PIECE_BYTES, to - at));
        const got = fs.readSync(file, piece, 0, piece.length, at);
        if (got === 0) {
          throw new Error(`${this.fileOf(id)} is cut off at byte ${at}`);
        }
        yield piece.subarray(0, got);
        at += got;
      }
    } finally {
      fs.closeSync(file);
    }
  }
}

/** A body that comes. It goes to a file once it is too large for memory. */
export class BodyWriter {
  sizeBytes = 0;
  private readonly id = randomUUID();
  private readonly digests;
  private pending: Uint8Array[] = [];
  private file: fs.promises.FileHandle | undefined;
  private pendingBytes = 0;

  constructor(
    private readonly store: BodyStore,
    algorithms: readonly string[],
    private readonly mostInMemory: number,
  ) {
    this.digests = algorithms.flatMap((name) => {
      const digest = digestFor(name);
      return digest === undefined ? [] : [{ name, digest }];
    });
  }

  /** Whether all of it is in memory yet. */
  get isSmall(): boolean {
    return this.file === undefined;
  }

  async write(piece: Uint8Array): Promise<void> {
    this.digests.forEach(({ digest }) => digest.update(piece));
    this.sizeBytes += piece.length;
    // Whoever gave it may use its memory again.
    this.pending.push(Buffer.from(piece));
    this.pendingBytes += piece.length;
    if (this.pendingBytes > this.mostInMemory) {
      await this.flush();
    }
  }

  /** Durable where its store is. */
  async end(): Promise<HeldBytes> {
    const { sizeBytes, id } = this;
    const digests = Object.fromEntries(this.digests.map(({ name, digest }) => [name, digest.value()]));
    if (this.file === undefined) {
      const all = Buffer.concat(this.pending);
      return { id: undefined, sizeBytes, digests, read: (from, to) => [all.subarray(from, to)] };
    }
    await this.flush();
    await this.store.settle(this.file);
    await this.file.close();
    return this.store.held({ id, sizeBytes, digests });
  }

  /** Nothing is left of it. */
  async abandon(): Promise<void> {
    const opened = this.file !== undefined;
    await this.file?.close().catch(() => undefined);
    if (opened) {
      await this.store.remove([this.id]);
    }
  }

  private async flush(): Promise<void> {
    this.file ??= await this.store.create(this.id);
    const [pieces, expected] = [this.pending, this.pendingBytes];
    [this.pending, this.pendingBytes] = [[], 0];
    const { bytesWritten } = pieces.length === 0 ? { bytesWritten: 0 } : await this.file.writev(pieces);
    if (bytesWritten !== expected) {
      throw new Error(`the disk took ${bytesWritten} bytes of ${expected}`);
    }
  }
}
