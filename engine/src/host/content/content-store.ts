/**
 * Where captures are kept: chunks, each once, encrypted under a key of the World, gone with the last capture that needs them.
 *
 * Units    sizes are bytes before compression and encryption, unless they say otherwise.
 * Spec     content-store.md
 */
import type { Destination, Scope, Stored } from '../../domain/content-orders';
import type { CapturedEntry, ContentEntry } from './content';

export type { Scope, Stored };

/**
 * Where a capture goes. Where one of its label is stored already, that is the answer, and nothing is read: what was asked
 * before a crash is not captured twice. What did not change since its base is not read again.
 */
export type StoreOrder = Omit<Destination, 'base'> & Partial<Pick<Destination, 'base'>>;

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
  /** What was answered to a label. */
  tryFind(label: string): Promise<Stored | undefined>;
  /** The capture is needed no more. Chunks that no other needs are gone when it returns. */
  release(ids: readonly string[]): Promise<void>;
  /**
   * Captures whose label nobody has asked for since the store was opened are gone, and their labels free. All that was ever
   * answered was asked again by then: what is left is of a call that a crash cut off, and who calls again may have written since.
   */
  forgetUnasked(): Promise<void>;
  /** The material of a key is gone for good: no capture of its scopes can be read by anybody. */
  destroyKey(key: string): Promise<void>;
  /** Reads everything. */
  verify(): Promise<Damage[]>;
  figures(): Promise<StoreFigures>;
  close(): Promise<void>;
}
