/**
 * The files of this machine, as readers of artifacts see them.
 *
 * Owns     nothing but a cache of pipes, which can be read once.
 * Source   design.md section 2: bad input names file and place, exit 2.
 */
import * as fs from 'node:fs';
import * as path from 'node:path';
import { FileSource, IngestRefusal } from '../ingest/artifact';
import { MAX_FILE_BYTES } from '../ingest/document';

const CHUNK_BYTES = 64 * 1024;

/** What the operating system's codes say, in words. */
const CAUSES: Readonly<Record<string, string>> = {
  EACCES: 'cannot be read: permission denied',
  EPERM: 'cannot be read: permission denied',
  ENOENT: 'does not exist',
  ENOTDIR: 'is a file, not a directory',
  EISDIR: 'is a directory, not a file',
  ELOOP: 'cannot be read: its symbolic links form a cycle',
  ENAMETOOLONG: 'cannot be read: the name is too long',
  ERR_STRING_TOO_LONG: 'cannot be read: it is too large',
  ERR_FS_FILE_TOO_LARGE: 'cannot be read: it is too large',
};

/** Writes a file with the folders above it: whoever reads it meanwhile has the old one whole, or the new one. */
export function writeWhole(file: string, text: string): void {
  fs.mkdirSync(path.dirname(file), { recursive: true });
  if (fs.statSync(file, { throwIfNoEntry: false })?.isFile() === false) {
    // A pipe or a device has nothing to be replaced.
    fs.writeFileSync(file, text);
    return;
  }
  const beside = `${file}.new`;
  fs.writeFileSync(beside, text);
  fs.renameSync(beside, file);
}

/** So that the name of a file is on the disk, too. Windows has no such thing. */
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

/** Reads from disk; each refusal names the file as the user gave it. */
export class DiskFiles implements FileSource {
  /** A pipe (`<(terraform show -json)`, `/dev/stdin`) gives its bytes once. */
  private readonly pipes = new Map<string, Buffer>();

  kindOf(file: string): 'file' | 'directory' | undefined {
    const stats = this.ask(file, () => statOf(file));
    if (stats === undefined) {
      return undefined;
    }
    if (stats.isDirectory()) {
      return 'directory';
    }
    return stats.isFile() || stats.isFIFO() ? 'file' : undefined;
  }

  list(directory: string): string[] {
    return this.ask(directory, () => fs.readdirSync(directory)).sort();
  }

  sizeBytes(file: string): number {
    return this.ask(file, () => {
      const stats = fs.statSync(file);
      return stats.isFIFO() ? this.pipe(file).length : stats.size;
    });
  }

  read(file: string): string {
    const bytes = this.ask(file, () => (fs.statSync(file).isFIFO() ? this.pipe(file) : fs.readFileSync(file)));
    return textOf(file, bytes);
  }

  private pipe(file: string): Buffer {
    const known = this.pipes.get(file);
    if (known !== undefined) {
      return known;
    }
    const bytes = readPipe(file);
    this.pipes.set(file, bytes);
    return bytes;
  }

  private ask<T>(file: string, question: () => T): T {
    try {
      return question();
    } catch (fault) {
      const code = (fault as NodeJS.ErrnoException).code ?? '';
      throw new IngestRefusal(file, '', CAUSES[code] ?? `cannot be read: ${(fault as Error).message}`);
    }
  }
}

/** What stands at a path, undefined when nothing does, be it that a part of the path is a file. */
function statOf(file: string): fs.Stats | undefined {
  try {
    return fs.statSync(file, { throwIfNoEntry: false });
  } catch (fault) {
    if ((fault as NodeJS.ErrnoException).code === 'ENOTDIR') {
      return undefined;
    }
    throw fault;
  }
}

/** The bytes of a pipe, as far as readers take any: a pipe may have no end. */
function readPipe(file: string): Buffer {
  const pipe = fs.openSync(file, 'r');
  try {
    const chunks: Buffer[] = [];
    let total = 0;
    for (let got = -1; got !== 0 && total <= MAX_FILE_BYTES; total += got) {
      const chunk = Buffer.alloc(CHUNK_BYTES);
      got = fs.readSync(pipe, chunk);
      chunks.push(chunk.subarray(0, got));
    }
    return Buffer.concat(chunks);
  } finally {
    fs.closeSync(pipe);
  }
}

/** The text of a file: UTF-8, or UTF-16 with a mark, as PowerShell redirects it. */
function textOf(file: string, bytes: Buffer): string {
  const encoding = bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : 'utf-8';
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    throw new IngestRefusal(file, '', 'is not text in UTF-8');
  }
}

/** Files that exist in memory only, e.g. the template object of a test. */
export class MemoryFiles implements FileSource {
  constructor(private readonly texts: ReadonlyMap<string, string>) {}

  kindOf(file: string): 'file' | 'directory' | undefined {
    if (this.texts.has(file)) {
      return 'file';
    }
    return this.list(file).length > 0 ? 'directory' : undefined;
  }

  list(directory: string): string[] {
    const under = `${directory.replace(/\/+$/, '')}/`;
    const names = [...this.texts.keys()]
      .filter((file) => file.startsWith(under))
      .map((file) => path.posix.relative(under, file).split('/')[0] as string);
    return [...new Set(names)].sort();
  }

  sizeBytes(file: string): number {
    return Buffer.byteLength(this.read(file));
  }

  read(file: string): string {
    const text = this.texts.get(file);
    if (text === undefined) {
      throw new IngestRefusal(file, '', 'does not exist');
    }
    return text;
  }
}
