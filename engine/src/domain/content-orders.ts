/**
 * What the domain has host do with the bytes of resources that hold some, and what comes of it.
 *
 * Pure: types.
 * Units    sizes are bytes.
 * Spec     ../host/content/content.md
 */
import type { PointItem } from './point-items';
import type { Resource } from './protected-resources';
import type { RestoreJob } from './restore-runs';

/** What a capture is encrypted with, and beside which others its chunks are stored once. */
export interface Scope {
  /** The key's material: ARN of the key of KMS (that of the primary, for a replica), or a name for what AWS owns. */
  readonly key: string;
  /** Captures of one key and place share chunks; e.g. the ARN of the vault. */
  readonly place: string;
}

/** What became of a capture or copy. */
export interface Stored {
  /** How the store calls it from now on. */
  readonly id: string;
  /** All of it. */
  readonly sizeBytes: number;
  /** What the base did not hold: all of it when there was none. */
  readonly changedBytes: number;
  /** A shadow copy was asked for, and failed: this is a regular backup. */
  readonly shadowless?: boolean;
}

/** Where a capture or copy is written, and on what it builds. */
export interface Destination {
  readonly scope: Scope;
  /** Name of what asks, unique in a World, e.g. the id of a job. */
  readonly label: string;
  /** The capture before, in the same scope. */
  readonly base: string | undefined;
}

/** What was restored, and no resource holds yet. */
export interface Ready {
  /** A resource holds it from now on. */
  arrive(resource: Resource): void;
  /** Nobody needs it after all. */
  leave(): void;
}

export interface CaptureOrder {
  readonly kind: 'capture';
  readonly resource: Resource;
  /** As AWS names them. */
  readonly options: Readonly<Record<string, string>>;
  readonly to: Destination;
  /** Whether it is asked for because the content is another than that of the last one, rather than by a job. */
  readonly revises?: boolean;
  settle(stored: Stored | undefined): void;
}

export interface CopyOrder {
  readonly kind: 'copy';
  readonly resource: Resource;
  readonly from: string;
  readonly to: Destination;
  settle(stored: Stored | undefined): void;
}

export interface RestoreOrder {
  readonly kind: 'restore';
  readonly from: string;
  readonly job: RestoreJob;
  settle(ready: Ready | undefined): void;
}

/** What a capture holds is listed, for a search. */
export interface ListOrder {
  readonly kind: 'list';
  readonly resource: Resource;
  readonly from: string;
  settle(items: readonly PointItem[] | undefined): void;
}

/** What an index has: as many items, where it is known how they are counted. */
export interface Indexed {
  readonly items: number | undefined;
}

/** What a point holds is read for its index. */
export interface IndexOrder {
  readonly kind: 'index';
  readonly resource: Resource;
  readonly from: string;
  settle(indexed: Indexed | undefined): void;
}

/** `settle` is called with nothing where it could not be done. */
export type ContentOrder = CaptureOrder | CopyOrder | RestoreOrder | IndexOrder | ListOrder;

/** Of EBS's snapshots, and of the parts in which disks are captured. Source: EBS user guide, "Blocks". */
export const SNAPSHOT_BLOCK_BYTES = 512 * 1024;

/** A disk as a capture holds it, in blocks of SNAPSHOT_BLOCK_BYTES. */
export interface CapturedBlocks {
  readonly sizeBytes: number;
  /** Numbers of the blocks that hold anything, in ascending order. */
  numbers(): number[];
  /** The bytes of a block: fewer where the disk ends, none where it holds nothing. */
  extent(number: number): Promise<Uint8Array>;
}

/** What the domain asks of host at once. */
export interface ContentHost {
  /** What a capture of a disk holds; undefined for one of something else. */
  blocks(capture: string): Promise<CapturedBlocks | undefined>;
  /** Whether a resource holds anything that a backup would capture. */
  holds(resource: Resource): boolean;
  /** Whether what it holds says how large it is, though its declaration names a size. */
  measures(resource: Resource): boolean;
  /** A resource is gone, with what it held. */
  gone(resource: Resource): void;
  /** The material of a key is to be destroyed. */
  destroyKey(key: string): void;
  /** Whether it is moving bytes, or the clock. */
  readonly moving: boolean;
  /** Carries out what is due, unless it is at it. Undefined for what it has called, which cannot wait for itself. */
  carryOut(): Promise<void> | undefined;
}
