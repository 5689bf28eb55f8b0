/**
 * The format of a journal: records after one another, each held to be whole by a hash over all before it.
 *
 * Owns     nothing: bytes in, records out.
 * Units    positions and lengths are bytes.
 *
 * The first line names the format. A record is the length of its text (4 bytes, little-endian), 16 bytes of the hash, the
 * text (JSON), and an end of line. Behind the last record the file has zeros, and at least one: a record that was not
 * written to its end ends in zeros, which tells it from one that was damaged or cut off.
 */
import { createHash } from 'node:crypto';
import * as fs from 'node:fs';

export const FORMAT = 1;
export const MAGIC = `holdfast journal ${FORMAT}\n`;
const ANY_MAGIC = /^holdfast journal (\d{1,9})\n/;

const HASH_BYTES = 16;
const HEAD_BYTES = 4 + HASH_BYTES;
const END = 0x0a;
/** No record is larger: a request is held in memory whole. */
const MOST_BYTES = 1024 * 1024 * 1024;
const BLOCK_BYTES = 4 * 1024 * 1024;

/** A hash that goes from record to record. */
export type Chain = Buffer;

export const FIRST: Chain = Buffer.alloc(HASH_BYTES);

/** A record as bytes, and the hash that the next one begins with. */
export function writeRecord(text: Buffer, before: Chain): { readonly bytes: Buffer; readonly chain: Chain } {
  const chain = hashOf(before, text);
  const bytes = Buffer.alloc(HEAD_BYTES + text.length + 1);
  bytes.writeUInt32LE(text.length, 0);
  chain.copy(bytes, 4);
  text.copy(bytes, HEAD_BYTES);
  bytes[bytes.length - 1] = END;
  return { bytes, chain };
}

/** What is wrong with a journal, and where. */
export class JournalDamage extends Error {}

/** How far a journal is good. */
export interface Extent {
  /** Where the next record goes. */
  readonly end: number;
  readonly chain: Chain;
  /** Whether the last record was not written to its end. */
  readonly torn: boolean;
  readonly records: number;
}

export class JournalReader {
  private block = Buffer.alloc(0);
  private blockAt = 0;
  private readonly size: number;

  constructor(private readonly file: number) {
    this.size = fs.fstatSync(file).size;
  }

  /** The number of the file's format; undefined when it is no journal. */
  format(): number | undefined {
    const begin = this.bytes(0, Math.min(64, this.size)).toString('latin1');
    const found = ANY_MAGIC.exec(begin);
    return found === null ? undefined : Number(found[1]);
  }

  /**
   * Hands out every record, first to last, and tells how far they go.
   *
   * @throws JournalDamage
   */
  scan(take: (text: Buffer, number: number) => void): Extent {
    const steps = this.records();
    for (let number = 0; ; number++) {
      const step = steps.next();
      if (step.done === true) {
        return step.value;
      }
      take(step.value, number);
    }
  }

  *records(): Generator<Buffer, Extent> {
    let [at, chain, records] = [MAGIC.length, FIRST, 0];
    for (;;) {
      const text = this.record(at, chain, records);
      if (typeof text === 'boolean') {
        return { end: at, chain, torn: text, records };
      }
      yield text;
      chain = hashOf(chain, text);
      at += HEAD_BYTES + text.length + 1;
      records++;
    }
  }

  /** The record at a position; where there is none, whether one was begun. */
  private record(at: number, before: Chain, number: number): Buffer | boolean {
    const where = `record ${number} at byte ${at}`;
    if (at + HEAD_BYTES >= this.size) {
      if (at < this.size && this.zerosFrom(at)) {
        return false;
      }
      throw new JournalDamage(`it is cut off in ${where}`);
    }
    const length = this.bytes(at, 4).readUInt32LE(0);
    if (length === 0) {
      if (this.zerosFrom(at)) {
        return false;
      }
      throw new JournalDamage(`${where} is damaged`);
    }
    const end = at + HEAD_BYTES + length;
    if (length > MOST_BYTES || end + 1 >= this.size) {
      throw new JournalDamage(`it is cut off in ${where}, or that is damaged`);
    }
    const whole = this.bytes(at, HEAD_BYTES + length + 1);
    const text = whole.subarray(HEAD_BYTES, HEAD_BYTES + length);
    if (hashOf(before, text).equals(whole.subarray(4, HEAD_BYTES)) && whole.at(-1) === END) {
      return text;
    }
    // JSON has no end of line inside: where there is one, the record was written to its end, and its length is damaged.
    if (whole.at(-1) === 0 && !text.includes(END) && this.zerosFrom(end)) {
      return true;
    }
    throw new JournalDamage(`${where} is damaged`);
  }

  private zerosFrom(from: number): boolean {
    for (let at = from; at < this.size; at += BLOCK_BYTES) {
      const block = this.bytes(at, Math.min(BLOCK_BYTES, this.size - at));
      if (block.some((byte) => byte !== 0)) {
        return false;
      }
    }
    return true;
  }

  /** Bytes of the file, which it has. */
  private bytes(at: number, length: number): Buffer {
    if (at < this.blockAt || at + length > this.blockAt + this.block.length) {
      const block = Buffer.alloc(Math.min(this.size - at, Math.max(length, BLOCK_BYTES)));
      for (let got = 0; got < block.length;) {
        const more = fs.readSync(this.file, block, got, block.length - got, at + got);
        if (more === 0) {
          throw new JournalDamage(`it became shorter while it was read, to ${at + got} bytes`);
        }
        got += more;
      }
      [this.block, this.blockAt] = [block, at];
    }
    return this.block.subarray(at - this.blockAt, at - this.blockAt + length);
  }
}

function hashOf(before: Chain, text: Buffer): Chain {
  return createHash('sha256').update(before).update(text).digest().subarray(0, HASH_BYTES);
}
