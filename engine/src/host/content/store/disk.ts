/**
 * Files that are on the disk when a call returns, or only with the system, where what is kept goes with the process anyway.
 *
 * Owns     nothing.
 */
import * as fs from 'node:fs';
import { promisify } from 'node:util';
import { syncFolder } from '../../files';

const fdatasync = promisify(fs.fdatasync);

export class Disk {
  /** @param durable whether what was written outlives the machine's power, not just the process */
  constructor(private readonly durable: boolean) {}

  sync(file: number): void {
    if (this.durable) {
      fs.fsyncSync(file);
    }
  }

  async syncLater(file: number): Promise<void> {
    if (this.durable) {
      await fdatasync(file);
    }
  }

  /** So that the names of files are on the disk, too. */
  syncFolder(folder: string): void {
    if (this.durable) {
      syncFolder(folder);
    }
  }

  /** Writes a file of which whoever finds it has all; the folder's names are for the caller to sync. */
  write(file: string, bytes: Buffer): void {
    const beside = `${file}.new`;
    // What is in it may be secret.
    const opened = fs.openSync(beside, 'w', 0o600);
    try {
      fs.writeFileSync(opened, bytes);
      this.sync(opened);
    } finally {
      fs.closeSync(opened);
    }
    fs.renameSync(beside, file);
  }
}
