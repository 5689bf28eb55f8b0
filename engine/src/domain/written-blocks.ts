/**
 * Snapshots that somebody writes block by block.
 *
 * Owns     the blocks of each, and how far it is.
 * Units    `…At` are Instants, sizes bytes; checksums are SHA-256 in Base64.
 * Source   EBS API reference (StartSnapshot, PutSnapshotBlock, CompleteSnapshot).
 * Spec     written-blocks.md
 */
import { createHash } from 'node:crypto';
import { type Instant, MINUTE } from '../kernel/instant';
import { type CapturedBlocks, SNAPSHOT_BLOCK_BYTES } from './content-orders';

export type WrittenState = 'pending' | 'completed' | 'error';

interface Block {
  readonly bytes: Uint8Array;
  readonly checksum: string;
}

export class WrittenBlocks implements CapturedBlocks {
  /** Those that were written into this snapshot, by number. */
  private readonly own = new Map<number, Block>();
  private sealed: 'completed' | 'error' | undefined;
  private lastAt: Instant;

  constructor(
    /** Id of the first snapshot of those that follow each other; snapshots of others have nothing to do with it. */
    readonly lineage: string,
    readonly sizeBytes: number,
    startedAt: Instant,
    /** How long it waits for the next block, or to be completed. */
    private readonly timeoutMinutes: number,
    /** The one that it begins with, and that may go. */
    private readonly parent: WrittenBlocks | undefined,
  ) {
    this.lastAt = startedAt;
  }

  stateAt(now: Instant): WrittenState {
    return this.sealed ?? (now >= this.lastAt + this.timeoutMinutes * MINUTE ? 'error' : 'pending');
  }

  /** How many blocks were written into this snapshot. */
  get count(): number {
    return this.own.size;
  }

  /** What was written there before is gone. */
  write(number: number, bytes: Uint8Array, checksum: string, at: Instant): void {
    this.own.set(number, { bytes, checksum });
    this.lastAt = at;
  }

  /** The checksum of all checksums, in the order of their blocks. */
  checksum(): string {
    const sum = createHash('sha256');
    for (const [, block] of [...this.own].sort(([a], [b]) => a - b)) {
      sum.update(Buffer.from(block.checksum, 'base64'));
    }
    return sum.digest('base64');
  }

  /** Nothing is written any more. */
  seal(as: 'completed' | 'error'): void {
    this.sealed = as;
  }

  numbers(): number[] {
    return [...new Set([...(this.parent?.numbers() ?? []), ...this.own.keys()])].sort((a, b) => a - b);
  }

  extent(number: number): Promise<Uint8Array> {
    return Promise.resolve(this.find(number) ?? new Uint8Array(0));
  }

  /** Whether a block is within the volume. */
  has(number: number): boolean {
    return Number.isInteger(number) && number >= 0 && number * SNAPSHOT_BLOCK_BYTES < this.sizeBytes;
  }

  private find(number: number): Uint8Array | undefined {
    return this.own.get(number)?.bytes ?? this.parent?.find(number);
  }
}
