/**
 * A folder for what is made, which is gone again where that fails.
 *
 * Owns     the folder, until it is handed over.
 */
import * as fs from 'node:fs';
import * as path from 'node:path';

/** @param prefix what its name begins with */
export async function inOwnFolder<T>(within: string, prefix: string, make: (folder: string) => Promise<T>): Promise<T> {
  const folder = fs.mkdtempSync(path.join(within, prefix));
  try {
    return await make(folder);
  } catch (fault) {
    fs.rmSync(folder, { recursive: true, force: true });
    throw fault;
  }
}
