/**
 * Snapshots that somebody writes block by block.
 *
 * Owns     the blocks of each, and how far it is; that the bytes of its blocks are needed, and what AWS Backup captured
 *          beneath them.
 * Units    `…At` are Instants, sizes bytes; checksums are SHA-256 in Base64.
 * Source   EBS API reference (StartSnapshot, PutSnapshotBlock, CompleteSnapshot).
 * Spec     written-blocks.md
 */
import { createHash } from 'node:crypto';
import { type Instant, MINUTE } from '../kernel/instant';
import type { Bodies, Body } from './bodies';
import { type CapturedBlocks, SNAPSHOT_BLOCK_BYTES } from './content-orders';
import type { LentCapture } from './lent-capture';

export type WrittenState = 'pending' | 'completed' | 'error';

interface Block {
  readonly body: Body;
  readonly checksum: string;
}

/** What a snapshot begins with: one that was written, or what was captured of a disk. */
export type Parent = WrittenBlocks | LentCapture;

const NOTHING = new Uint8Array(0);

export class WrittenBlocks {
  /** By number: those of the parent, until they are overwritten, and its own. */
  private readonly blocks: Map<number, Block>;
  /** Numbers of those that were written into this snapshot. */
  private readonly own = new Set<number>();
  private readonly beneath: LentCapture | undefined;
  private sealed: 'completed' | 'error' | undefined;
  private lastAt: Instant;

  constructor(
    /** What snapshots that follow each other have in common; others have nothing to do with it. */
    readonly lineage: string,
    readonly sizeBytes: number,
    startedAt: Instant,
    /** How long it waits for the next block, or to be completed. */
    private readonly timeoutMinutes: number,
    private readonly bodies: Bodies,
    /** The one that it begins with, and that may go. */
    parent: Parent | undefined,
  ) {
    this.lastAt = startedAt;
    const written = parent instanceof WrittenBlocks ? parent : undefined;
    this.blocks = new Map(written?.blocks);
    this.beneath = parent instanceof WrittenBlocks ? parent.beneath : parent;
    this.blocks.forEach(({ body }) => bodies.hold(body));
    this.beneath?.hold();
  }

  stateAt(now: Instant): WrittenState {
    return this.sealed ?? (now >= this.lastAt + this.timeoutMinutes * MINUTE ? 'error' : 'pending');
  }

  /** How many blocks were written into this snapshot. */
  get count(): number {
    return this.own.size;
  }

  /** What was written there before is gone. */
  write(number: number, body: Body, checksum: string, at: Instant): void {
    const before = this.blocks.get(number);
    this.bodies.hold(body);
    this.blocks.set(number, { body, checksum });
    this.own.add(number);
    if (before !== undefined) {
      this.bodies.drop(before.body);
    }
    this.lastAt = at;
  }

  /** The checksum of all checksums, in the order of their blocks. */
  checksum(): string {
    const sum = createHash('sha256');
    for (const number of [...this.own].sort((a, b) => a - b)) {
      sum.update(Buffer.from(this.blocks.get(number)?.checksum ?? '', 'base64'));
    }
    return sum.digest('base64');
  }

  /** Nothing is written any more. */
  seal(as: 'completed' | 'error'): void {
    this.sealed = as;
  }

  /** The snapshot is deleted: nobody needs its blocks but those that began with it. */
  drop(): void {
    this.blocks.forEach(({ body }) => this.bodies.drop(body));
    this.blocks.clear();
    this.beneath?.release();
  }

  /** All that it holds. */
  async read(): Promise<CapturedBlocks> {
    const { blocks, sizeBytes } = this;
    const beneath = await this.beneath?.blocks();
    return {
      sizeBytes,
      numbers: () => [...new Set([...(beneath?.numbers() ?? []), ...blocks.keys()])].sort((a, b) => a - b),
      extent: async (number) => blocks.get(number)?.body.bytes() ?? beneath?.extent(number) ?? NOTHING,
    };
  }

  /** Whether a block is within the volume. */
  has(number: number): boolean {
    return Number.isInteger(number) && number >= 0 && number * SNAPSHOT_BLOCK_BYTES < this.sizeBytes;
  }
}
