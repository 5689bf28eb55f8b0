/**
 * Where the store of a World is: in the user's folder, or in one of this process.
 *
 * Owns     folders under the machine's folder for what is temporary, until their World or the process ends.
 */
import * as fs from 'node:fs';
import { leaveTemporary, makeTemporary } from '../temporary-folder';
import type { ContentStore } from './content-store';
import { ChunkStore } from './store/chunk-store';

/** Place of a store. */
export interface StorePlace {
  /** Opens the store, when it is first needed. */
  open(): Promise<ContentStore>;
  /** Whether a process before this one has left something there. */
  readonly outlived: boolean;
  /** Whether the next process does again, by what is there, what this one has done. */
  readonly repeated: boolean;
  /** The store is closed: what goes with the process goes now. */
  leave(): void;
}

/** For a World that begins here: what is in its folder from one before it goes. @param folder undefined for one of this process */
export function storeIn(folder: string | undefined): StorePlace {
  return folder === undefined ? new TemporaryPlace() : new GivenPlace(folder);
}

/** For a World that is made again from its commands. */
export function lastingStoreIn(folder: string): StorePlace {
  return new LastingPlace(folder);
}

class GivenPlace implements StorePlace {
  readonly outlived = false;
  readonly repeated = false;

  constructor(private readonly folder: string) {}

  open(): Promise<ContentStore> {
    return ChunkStore.open(this.folder, { anew: true });
  }

  leave(): void {
    // It is the user's.
  }
}

class LastingPlace implements StorePlace {
  readonly repeated = true;

  constructor(private readonly folder: string) {}

  get outlived(): boolean {
    return fs.existsSync(this.folder);
  }

  open(): Promise<ContentStore> {
    return ChunkStore.open(this.folder);
  }

  leave(): void {
    // It is of the data folder.
  }
}

/** What goes with the process need not outlive the machine's power. */
class TemporaryPlace implements StorePlace {
  readonly outlived = false;
  readonly repeated = false;
  private folder: string | undefined;

  open(): Promise<ContentStore> {
    this.folder = makeTemporary('holdfast-content-');
    return ChunkStore.open(this.folder, { durable: false });
  }

  leave(): void {
    if (this.folder !== undefined) {
      leaveTemporary(this.folder);
    }
  }
}
