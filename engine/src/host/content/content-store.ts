/**
 * Where captures are kept: chunks, each once, encrypted under a key of the World, gone with the last capture that needs them.
 *
 * Units    sizes are bytes before compression and encryption, unless they say otherwise.
 * Spec     content-store.md
 */
import type { CapturedEntry, ContentEntry } from './content';

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
}

export interface StoreOrder {
  readonly scope: Scope;
  /**
   * Name of what asks, unique in a World, e.g. the ARN of a job. Where a capture of it is stored already, that is the
   * answer, and nothing is read: what was asked before a crash is not captured twice.
   */
  readonly label: string;
  /** The capture before, in the same scope: what did not change since is not read again. */
  readonly base?: string | undefined;
}

/** A chunk that is not what was stored, and whom that harms. */
export interface Damage {
  /** What of the store is damaged, e.g. the name of its file and the offset. */
  readonly where: string;
  readonly reason: string;
  /** Ids of the captures that can no longer be restored whole. */
  readonly harmed: readonly string[];
}

export interface StoreFigures {
  readonly captures: number;
  readonly chunks: number;
  /** Of all captures, as if each stood alone. */
  readonly sizeBytes: number;
  /** Of all chunks, each once, before compression and encryption. */
  readonly uniqueBytes: number;
  /** What the store takes on disk, everything included. */
  readonly storedBytes: number;
}

/** A capture, or a byte of it, that cannot be read. */
export class StoredContentFault extends Error {}

export interface ContentStore {
  /**
   * Stores a capture; durable when it returns. One that fails midway leaves nothing behind.
   *
   * @throws StoredContentFault when the key's material is gone
   */
  write(entries: AsyncIterable<ContentEntry>, order: StoreOrder): Promise<Stored>;
  /**
   * Stores what another capture holds in a scope of its own.
   *
   * @throws StoredContentFault when it cannot be read whole
   */
  copy(id: string, order: StoreOrder): Promise<Stored>;
  /**
   * The entries of a capture, in ascending order of their names; each byte is checked before it is handed out.
   *
   * @throws StoredContentFault at the first that is not what was stored
   */
  read(id: string): AsyncIterable<CapturedEntry>;
  /** The capture is needed no more. Chunks that no other needs are gone when it returns. */
  release(ids: readonly string[]): Promise<void>;
  /** The material of a key is gone for good: no capture of its scopes can be read by anybody. */
  destroyKey(key: string): Promise<void>;
  /** Reads everything. */
  verify(): Promise<Damage[]>;
  figures(): Promise<StoreFigures>;
  close(): Promise<void>;
}
