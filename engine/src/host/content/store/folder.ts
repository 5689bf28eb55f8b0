/**
 * Files that are on the disk when a call returns.
 *
 * Owns     nothing.
 */
import * as fs from 'node:fs';

/** So that the names of files are on the disk, too. Windows has no such thing. */
export function syncFolder(folder: string): void {
  if (process.platform === 'win32') {
    return;
  }
  const opened = fs.openSync(folder, 'r');
  try {
    fs.fsyncSync(opened);
  } finally {
    fs.closeSync(opened);
  }
}

/** Writes a file of which whoever finds it has all; the folder's names are for the caller to sync. */
export function writeDurably(file: string, bytes: Buffer): void {
  const beside = `${file}.new`;
  // What is in it may be secret.
  const opened = fs.openSync(beside, 'w', 0o600);
  try {
    fs.writeFileSync(opened, bytes);
    fs.fsyncSync(opened);
  } finally {
    fs.closeSync(opened);
  }
  fs.renameSync(beside, file);
}
