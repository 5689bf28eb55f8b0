/**
 * The code of a function as a folder of this machine.
 *
 * Owns     the folders that it makes for inline code and archives, until they are given back.
 */
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { inflateRawSync } from 'node:zlib';
import type { FunctionCode } from '../domain/functions';
import { zipEntries } from '../kernel/zip';
import { MOST_CODE_BYTES } from '../operations/bucket-code';

export interface CodeFolder {
  readonly folder: string;
  /** Removes what was made. */
  readonly giveBack: () => void;
}

/**
 * The folder that a function runs in: its asset where it lies, anything else in a folder of its own.
 *
 * @param local whether a path of this machine may be meant
 * @throws Error when there is no code, with the reason
 */
export function codeFolderOf(code: FunctionCode, local: boolean): CodeFolder {
  if (code.inline !== undefined) {
    return made((folder) => fs.writeFileSync(path.join(folder, 'index.js'), code.inline ?? ''));
  }
  const { zip } = code;
  if (zip !== undefined) {
    return made((folder) => unpack(zip, folder));
  }
  if (code.path === undefined || !local) {
    throw new Error('its code is in no artifact');
  }
  const stats = fs.statSync(code.path, { throwIfNoEntry: false });
  if (stats === undefined) {
    throw new Error(`its code ${code.path} does not exist`);
  }
  const file = path.resolve(code.path);
  return stats.isDirectory()
    ? { folder: file, giveBack: () => undefined }
    : made((folder) => unpack(fs.readFileSync(file), folder));
}

function made(fill: (folder: string) => void): CodeFolder {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'holdfast-function-'));
  const giveBack = () => fs.rmSync(folder, { recursive: true, force: true });
  try {
    fill(folder);
  } catch (error) {
    giveBack();
    throw error;
  }
  return { folder, giveBack };
}

/** Writes the files of an archive below a folder, and nowhere else. */
function unpack(archive: Uint8Array, folder: string): void {
  const entries = zipEntries(archive);
  if (entries === undefined) {
    throw new Error('its code is no .zip file');
  }
  let total = 0;
  for (const { name, method, packed } of entries) {
    const file = path.join(folder, name);
    if (!file.startsWith(folder + path.sep)) {
      throw new Error(`its code holds ${name}, which leads out of its folder`);
    }
    if (name.endsWith('/')) {
      fs.mkdirSync(file, { recursive: true });
    } else {
      const most = MOST_CODE_BYTES - total;
      // An archive may hold more than it says.
      const text = method === 0 ? packed : inflateRawSync(packed, { maxOutputLength: most });
      total += text.length;
      fs.mkdirSync(path.dirname(file), { recursive: true });
      fs.writeFileSync(file, text);
    }
  }
}
