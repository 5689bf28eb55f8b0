/**
 * The folder of a World's store: the user's, or one of this process that goes with it.
 *
 * Owns     folders under the machine's folder for what is temporary, until the process ends.
 */
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import type { ContentStore } from './content-store';
import { ChunkStore } from './store/chunk-store';

export type OpenStore = () => Promise<ContentStore>;

const TEMPORARY = new Set<string>();

/** Opens the store of a World when it is first needed. */
export function storeIn(folder: string | undefined): OpenStore {
  return () =>
    // What goes with the process need not outlive the machine's power.
    folder === undefined ? ChunkStore.open(temporaryFolder(), { durable: false }) : ChunkStore.open(folder);
}

/** A folder that is there until the process ends. */
export function temporaryFolder(): string {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'holdfast-content-'));
  if (TEMPORARY.size === 0) {
    process.once('exit', () => {
      for (const one of TEMPORARY) {
        fs.rmSync(one, { recursive: true, force: true });
      }
    });
  }
  TEMPORARY.add(folder);
  return folder;
}
