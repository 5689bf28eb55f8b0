/**
 * Names of entries for paths, which are bytes: those that are UTF-8 stand as they are, whatever their normal form.
 *
 * Pure. A name begins with `/`, and that of a folder ends with it: the order of names is then that of a walk, in which a
 * folder comes right before what is in it. Bytes that are no UTF-8, and `%`, are written `%FF`.
 * Spec     drivers.md
 */
import { isUtf8 } from 'node:buffer';

const SLASH = 0x2f;
const PERCENT = 0x25;

/** The name of the folder that holds all the others. */
export const ROOT_NAME = '/';

/** One part of a path as names have it. */
export function partName(part: Buffer): string {
  if (isUtf8(part) && !part.includes(PERCENT)) {
    return part.toString('utf8');
  }
  let name = '';
  for (let from = 0; from < part.length;) {
    const length = part[from] === PERCENT ? undefined : lengthOfCharacter(part, from);
    name +=
      length === undefined
        ? `%${(part[from] as number).toString(16).toUpperCase().padStart(2, '0')}`
        : part.toString('utf8', from, from + length);
    from += length ?? 1;
  }
  return name;
}

/**
 * The path of an entry below a folder.
 *
 * @throws Error when the name is none that a walk gives: it might lead out of the folder, or be another's
 */
export function pathOf(folder: Buffer, name: string): Buffer {
  const parts = name.split('/');
  const isFolder = parts.at(-1) === '';
  const named = parts.slice(1, isFolder ? -1 : undefined);
  if (parts[0] !== '' || (named.length === 0 && name !== ROOT_NAME)) {
    throw refused(name);
  }
  return Buffer.concat([folder, ...named.flatMap((part) => [Buffer.from([SLASH]), bytesOf(part, name)])]);
}

/** The name of the folder that an entry is in. */
export function folderOf(name: string): string {
  return name.slice(0, name.lastIndexOf('/', name.length - 2) + 1);
}

export function isFolderName(name: string): boolean {
  return name.endsWith('/');
}

function bytesOf(part: string, name: string): Buffer {
  const pieces = part.split(/(%[0-9A-F]{2})/);
  const bytes = Buffer.concat(
    pieces.map((piece, index) => (index % 2 === 1 ? Buffer.from(piece.slice(1), 'hex') : Buffer.from(piece, 'utf8'))),
  );
  const leadsAway = ['', '.', '..'].includes(part) || bytes.includes(SLASH) || bytes.includes(0);
  if (leadsAway || partName(bytes) !== part) {
    throw refused(name);
  }
  return bytes;
}

function refused(name: string): Error {
  return new Error(`${JSON.stringify(name)} is no name of a file in a tree`);
}

/** How many bytes the character that begins here takes; undefined where none does. */
function lengthOfCharacter(bytes: Buffer, from: number): number | undefined {
  return [1, 2, 3, 4].find((length) => from + length <= bytes.length && isUtf8(bytes.subarray(from, from + length)));
}
