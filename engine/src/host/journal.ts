/**
 * A journal that grows: what is appended is on the disk before anybody is told that it is.
 *
 * Owns     the file, from its end on. What comes while one write is under way is written together after it.
 * Units    positions and lengths are bytes.
 */
import * as fs from 'node:fs';
import { promisify } from 'node:util';
import { Chain, Extent, writeRecord } from './journal-file';

/** The file grows by this much at a time, so that few writes change its length. */
const STEP_BYTES = 1024 * 1024;

const write = promisify(fs.write);
const sync = promisify(fs.fdatasync);
const truncate = promisify(fs.ftruncate);

export class Journal {
  private end: number;
  private chain: Chain;
  private size: number;
  private pending: Buffer[] = [];
  /** The write that is under way, and the one after it. */
  private writing: Promise<void> = Promise.resolve();
  private next: Promise<void> | undefined;
  private failed = false;

  /**
   * @param file open for writing
   * @param onFault told once when the disk takes no more; nothing is kept from then on
   */
  constructor(
    private readonly file: number,
    extent: Pick<Extent, 'end' | 'chain'>,
    private readonly onFault: (fault: Error) => void,
  ) {
    this.end = extent.end;
    this.chain = extent.chain;
    this.size = fs.fstatSync(file).size;
  }

  /** Comes when the record can no more be lost. Records are kept in the order of the calls. */
  append(text: Buffer): Promise<void> {
    const { bytes, chain } = writeRecord(text, this.chain);
    this.chain = chain;
    this.pending.push(bytes);
    this.next ??= this.writing.then(() => this.flush());
    return this.next;
  }

  /** Comes when nothing that was appended can be lost any more. */
  settled(): Promise<void> {
    return this.next ?? this.writing;
  }

  async close(): Promise<void> {
    await this.settled().catch(() => undefined);
    fs.closeSync(this.file);
  }

  private flush(): Promise<void> {
    const bytes = Buffer.concat(this.pending);
    this.pending = [];
    this.next = undefined;
    this.writing = this.store(bytes);
    return this.writing;
  }

  private async store(bytes: Buffer): Promise<void> {
    if (this.failed) {
      throw new Error('the journal takes no more, as a write before failed');
    }
    try {
      // At least one zero stays behind the last record.
      if (this.end + bytes.length >= this.size) {
        this.size = Math.ceil((this.end + bytes.length + 1) / STEP_BYTES) * STEP_BYTES;
        await truncate(this.file, this.size);
      }
      for (let done = 0; done < bytes.length;) {
        const { bytesWritten } = await write(this.file, bytes, done, bytes.length - done, this.end + done);
        done += bytesWritten;
      }
      await sync(this.file);
      this.end += bytes.length;
    } catch (fault) {
      this.failed = true;
      this.onFault(fault as Error);
      throw fault;
    }
  }
}
