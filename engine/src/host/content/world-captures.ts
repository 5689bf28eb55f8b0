/**
 * Captures of one World: read, released when no point needs them, and gone with their keys.
 *
 * Where the World is made again from its commands, what restores and searches have read is read again. By then its points
 * may be gone, and their keys: it stays until the World begins anew, and what a key that is destroyed encrypts is written
 * under one of the store's own first.
 *
 * Owns     the store, which is opened when it is first needed.
 * Spec     content-store.md
 */
import type { Scope } from '../../domain/content-orders';
import type { CapturedEntry } from './content';
import type { ContentStore } from './content-store';
import { CapturedDisk } from './disk/captured-disk';
import type { StorePlace } from './world-store';

/** What nothing needs any more. */
export interface LeftOver {
  /** Ids of captures. */
  readonly captures: readonly string[];
  /** Keys whose material is to be destroyed. */
  readonly keys: readonly string[];
}

const OWN: Scope = { key: 'what restores and searches have read', place: 'this World' };

export class WorldCaptures {
  private opened: Promise<ContentStore> | undefined;
  /** Ids of captures that are read again when the World is made again. */
  private readonly needed = new Set<string>();
  /** The disk that was asked for last: whoever reads blocks reads many of one. */
  private lastDisk: { readonly capture: string; readonly disk: Promise<CapturedDisk | undefined> } | undefined;

  constructor(private readonly place: StorePlace) {}

  /** Whether what is done with them is done again by the next process. */
  get repeated(): boolean {
    return this.place.repeated;
  }

  store(): Promise<ContentStore> {
    this.opened ??= this.place.open();
    return this.opened;
  }

  /** What a capture holds, for one that changes the World by it. */
  async read(id: string): Promise<AsyncIterable<CapturedEntry>> {
    const store = await this.store();
    if (!this.repeated) {
      return store.read(id);
    }
    this.needed.add(id);
    return store.read((await store.tryFind(labelOf(id)))?.id ?? id);
  }

  async blocks(capture: string): Promise<CapturedDisk | undefined> {
    if (this.lastDisk?.capture !== capture) {
      const entries = (await this.store()).read(capture);
      this.lastDisk = { capture, disk: CapturedDisk.tryOpen(entries) };
    }
    return this.lastDisk.disk;
  }

  /** Nothing needs it any more, and that is durable. */
  async drop({ captures, keys }: LeftOver): Promise<void> {
    await this.destroyKeys(keys);
    const ids = captures.filter((id) => !this.needed.has(id));
    if (ids.length > 0) {
      await (await this.store()).release(ids);
    }
  }

  async destroyKeys(keys: readonly string[]): Promise<void> {
    if (keys.length === 0) {
      return;
    }
    const store = await this.store();
    for (const id of this.needed) {
      // What cannot be read already stays as it is.
      await store.copy(id, { scope: OWN, label: labelOf(id) }).catch(() => undefined);
    }
    for (const key of keys) {
      await store.destroyKey(key);
    }
  }

  /** All that was asked before is asked again: what a crash cut off nobody has had. */
  async resume(left: () => LeftOver): Promise<void> {
    if (this.place.outlived) {
      await (await this.store()).forgetUnasked();
      await this.drop(left());
    }
  }

  async close(): Promise<void> {
    await (await this.opened)?.close();
    this.place.leave();
  }
}

function labelOf(id: string): string {
  return `read ${id}`;
}
