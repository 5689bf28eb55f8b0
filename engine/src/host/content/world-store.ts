/**
 * Where the store of a World is: in the user's folder, or in one of this process.
 *
 * Owns     folders under the machine's folder for what is temporary, until their World or the process ends.
 */
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import type { ContentStore } from './content-store';
import { ChunkStore } from './store/chunk-store';

/** Place of a store. */
export interface StorePlace {
  /** Opens the store, when it is first needed. */
  open(): Promise<ContentStore>;
  /** The store is closed: what goes with the process goes now. */
  leave(): void;
}

/** @param folder undefined for one of this process */
export function storeIn(folder: string | undefined): StorePlace {
  return folder === undefined ? new TemporaryPlace() : { open: () => ChunkStore.open(folder), leave: () => undefined };
}

/** What goes with the process need not outlive the machine's power. */
class TemporaryPlace implements StorePlace {
  private static readonly folders = new Set<string>();
  private static swept = false;
  private folder: string | undefined;

  open(): Promise<ContentStore> {
    this.folder = fs.mkdtempSync(path.join(os.tmpdir(), 'holdfast-content-'));
    TemporaryPlace.folders.add(this.folder);
    if (!TemporaryPlace.swept) {
      TemporaryPlace.swept = true;
      process.once('exit', () => TemporaryPlace.folders.forEach(remove));
    }
    return ChunkStore.open(this.folder, { durable: false });
  }

  leave(): void {
    if (this.folder !== undefined) {
      remove(this.folder);
      TemporaryPlace.folders.delete(this.folder);
    }
  }
}

function remove(folder: string): void {
  fs.rmSync(folder, { recursive: true, force: true });
}
