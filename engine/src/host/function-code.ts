/**
 * The code of a function as a folder of this machine.
 *
 * Owns     the folders that it makes for inline code and archives, until they are given back.
 * Source   the format of .zip files, PKWARE APPNOTE 6.3.10, sections 4.3.7, 4.3.12 and 4.3.16.
 */
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { inflateRawSync } from 'node:zlib';
import type { FunctionCode } from '../domain/functions';

export interface CodeFolder {
  readonly folder: string;
  /** Removes what was made. */
  readonly giveBack: () => void;
}

const MOST_BYTES = 250 * 1024 * 1024;

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
    return made((folder) => unpack(Buffer.from(zip), folder));
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
function unpack(archive: Buffer, folder: string): void {
  const end = archive.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'));
  if (end < 0) {
    throw new Error('its code is no .zip file');
  }
  let at = archive.readUInt32LE(end + 16);
  let total = 0;
  for (let left = archive.readUInt16LE(end + 10); left > 0; left--) {
    const [method, packed] = [archive.readUInt16LE(at + 10), archive.readUInt32LE(at + 20)];
    const [nameLength, extra, comment] = [28, 30, 32].map((offset) => archive.readUInt16LE(at + offset));
    const name = archive.toString('utf8', at + 46, at + 46 + (nameLength ?? 0));
    const local = archive.readUInt32LE(at + 42);
    const start = local + 30 + archive.readUInt16LE(local + 26) + archive.readUInt16LE(local + 28);
    const bytes = archive.subarray(start, start + packed);
    const file = path.join(folder, name);
    if (!file.startsWith(folder + path.sep)) {
      throw new Error(`its code holds ${name}, which leads out of its folder`);
    }
    if (name.endsWith('/')) {
      fs.mkdirSync(file, { recursive: true });
    } else {
      const text = method === 0 ? bytes : inflateRawSync(bytes, { maxOutputLength: MOST_BYTES - total });
      total += text.length;
      fs.mkdirSync(path.dirname(file), { recursive: true });
      fs.writeFileSync(file, text);
    }
    at += 46 + (nameLength ?? 0) + (extra ?? 0) + (comment ?? 0);
  }
}
