/**
 * The folder of a store: whether it is one, and what it takes.
 *
 * Owns     nothing.
 */
import * as fs from 'node:fs';
import * as path from 'node:path';
import { LOCK_FILES } from '../../folder-lock';
import { StoreFault } from '../../store-fault';
import { CATALOG_FILES, readTwins } from './catalog-file';

export const PACKS = 'packs';
export const KEYS = 'keys';
const BESIDE = CATALOG_FILES.map((name) => `${name}.new`);
const OURS: ReadonlySet<string> = new Set([PACKS, KEYS, ...CATALOG_FILES, ...BESIDE, ...LOCK_FILES]);

/** @throws StoreFault when the folder is somebody else's, or of a newer version */
export function refuseForeign(folder: string): void {
  const stats = fs.statSync(folder, { throwIfNoEntry: false });
  if (stats === undefined) {
    return;
  }
  if (!stats.isDirectory()) {
    throw new StoreFault(`${folder} is no folder`);
  }
  const names = fs.readdirSync(folder);
  const isStore = CATALOG_FILES.some((name) => names.includes(name));
  // Before there is a catalog, there is nothing but what begins one.
  const foreign = names.filter((name) => !OURS.has(name) || (!isStore && (name === PACKS || name === KEYS))).sort();
  if (foreign.length > 0) {
    const more = foreign.length > 1 ? ` and ${foreign.length - 1} more` : '';
    throw new StoreFault(`${folder} holds ${foreign[0]}${more}, and is no store of Holdfast's`);
  }
  readTwins(folder);
}

/** Takes away what was being written when a process ended. */
export function removeLeftovers(folder: string): void {
  BESIDE.forEach((name) => fs.rmSync(path.join(folder, name), { force: true }));
}

/** What makes it a store goes last, so that it is one until it is empty. */
export function empty(folder: string): void {
  [KEYS, PACKS, ...CATALOG_FILES].forEach((name) =>
    fs.rmSync(path.join(folder, name), { recursive: true, force: true }),
  );
}

export function bytesBelow(folder: string): number {
  return fs
    .readdirSync(folder, { withFileTypes: true })
    .map((entry) => {
      const at = path.join(folder, entry.name);
      return entry.isDirectory() ? bytesBelow(at) : fs.statSync(at).size;
    })
    .reduce((sum, bytes) => sum + bytes, 0);
}
