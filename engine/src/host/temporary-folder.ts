/**
 * Folders that go with this process, under the machine's folder for what is temporary.
 *
 * Owns     the folders, until they are left or the process ends.
 */
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';

const folders = new Set<string>();
let swept = false;

/** @param prefix what its name begins with */
export function makeTemporary(prefix: string): string {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), prefix));
  folders.add(folder);
  if (!swept) {
    swept = true;
    process.once('exit', () => folders.forEach(leaveTemporary));
  }
  return folder;
}

export function leaveTemporary(folder: string): void {
  fs.rmSync(folder, { recursive: true, force: true });
  folders.delete(folder);
}
