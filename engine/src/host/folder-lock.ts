/**
 * The lock of a data folder: one server at a time, until its process ends, however that comes.
 *
 * Owns     two small files in the folder.
 *
 * Node has no lock of files. LMDB has one for its own purposes, on every system: whoever has an environment open holds a
 * lock of the operating system, and stands in a table of readers that the first to come makes anew. Nothing else is kept
 * in it, as it has no checksums (decision 0031).
 */
import * as fs from 'node:fs';
import * as path from 'node:path';
import type { RootDatabase } from 'lmdb';

const FILE = 'lock.mdb';
/** Names of the files that a lock consists of. */
export const LOCK_FILES: readonly string[] = [FILE, `${FILE}-lock`];

/** Folders of this process, which is no other reader to itself. */
const OWN = new Set<string>();

export class FolderLock {
  private constructor(
    private readonly folder: string,
    private readonly environment: RootDatabase,
  ) {}

  /** Undefined when somebody else has it. */
  static async take(folder: string): Promise<FolderLock | undefined> {
    const real = fs.realpathSync(folder);
    if (OWN.has(real)) {
      return undefined;
    }
    OWN.add(real);
    // Loading it takes longer than all else of a start.
    const { open } = await import('lmdb');
    const environment = open({ path: path.join(real, FILE), noSubdir: true, mapSize: 1024 * 1024 });
    // Enters the table; of two that come at once, each sees the other.
    environment.useReadTransaction();
    environment.get('');
    environment.readerCheck();
    const lock = new FolderLock(real, environment);
    // A heading, and a line for each.
    if (environment.readerList().trim().split('\n').length > 2) {
      await lock.release();
      return undefined;
    }
    return lock;
  }

  async release(): Promise<void> {
    await this.environment.close();
    OWN.delete(this.folder);
  }
}
