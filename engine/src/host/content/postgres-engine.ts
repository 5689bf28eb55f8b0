/**
 * PostgreSQL in this process: PGlite, which is PostgreSQL compiled to WebAssembly, over a data folder in memory or on disk.
 *
 * Owns     what all databases of a process share: the compiled programs, and a data folder as initdb makes it. Nothing is
 *          loaded before the first database starts.
 * Source   PGlite 0.4.6: PostgreSQL 17 in single-user mode, which serves one database.
 */
import * as fs from 'node:fs';
import * as path from 'node:path';
import * as vm from 'node:vm';
import type { Extensions, PGlite, PGliteOptions } from '@electric-sql/pglite';
import { extensionsOfRds } from './postgres-extensions';

/** A file of a data folder; a folder when it has no bytes. */
export interface DataFile {
  /** Below the data folder, with `/`. */
  readonly name: string;
  readonly bytes?: AsyncIterable<Uint8Array> | Iterable<Uint8Array>;
}

export interface EngineOptions {
  /** Where the data folder is; in memory unless given. */
  readonly folder?: string | undefined;
  readonly database: string;
  readonly extensions?: Extensions | undefined;
}

/** The part of Emscripten's file system that is used here; PGlite's types leave it out. */
export interface DataFs {
  readdir(folder: string): string[];
  lstat(file: string): { readonly mode: number; readonly size: number; readonly mtime: Date; readonly ctime: Date };
  isDir(mode: number): boolean;
  isLink(mode: number): boolean;
  mkdirTree(folder: string): void;
  open(file: string, flags: string): object;
  read(stream: object, into: Uint8Array, offset: number, length: number): number;
  write(stream: object, bytes: Uint8Array, offset: number, length: number): number;
  close(stream: object): void;
  quit(): void;
}

/** Where PGlite finds its data folder. */
export const DATA = '/pglite/data';

/**
 * Beside PGlite's own. Segments of the log that are not needed go, and a megabyte each is enough for databases of tests:
 * a backup holds them.
 */
const SETTINGS = ['wal_recycle=off', 'min_wal_size=2MB', 'max_wal_size=64MB', 'shared_buffers=16MB'];
const INITDB = ['--wal-segsize=1'];

/**
 * Node itself, wherever this runs: test runners that give modules a world of their own, such as Jest, refuse the imports by
 * which PGlite finds what it needs of Node, and their WebAssembly is another.
 */
const NODE = vm.runInThisContext('globalThis') as {
  readonly process: { readonly getBuiltinModule?: (name: 'module') => typeof import('node:module') };
  readonly WebAssembly: { compile(bytes: Uint8Array): Promise<Programs['pgliteWasmModule']> };
};

type Loaded = typeof import('@electric-sql/pglite');
type Programs = Required<Pick<PGliteOptions, 'pgliteWasmModule' | 'initdbWasmModule' | 'fsBundle'>>;

interface Shared {
  programs?: Promise<Programs>;
  template?: Promise<readonly DataFile[]>;
  extensions?: Extensions;
}

/** Where it is kept: at PGlite's class, which test files of one process share, while each has modules of its own. */
const SHARED = Symbol.for('holdfast.postgres');

/** A new data folder, as initdb makes it. */
export function freshFiles(): Promise<readonly DataFile[]> {
  return (shared().template ??= makeTemplate());
}

/** Puts files where a database is to find them. @returns those that are to be in memory; undefined once a folder has them */
export async function placeFiles(
  files: FilesGiven,
  folder: string | undefined,
): Promise<readonly DataFile[] | undefined> {
  if (folder !== undefined) {
    await writeFolder(folder, files);
    return undefined;
  }
  const kept: DataFile[] = [];
  for await (const { name, bytes } of files) {
    kept.push(bytes === undefined ? { name } : { name, bytes: await piecesOf(bytes) });
  }
  return kept;
}

/** Starts PostgreSQL over the files of its folder, or those that are to be in memory. */
export async function startPostgres(options: EngineOptions, files: readonly DataFile[] = []): Promise<PGlite> {
  const { folder, database, extensions } = options;
  const settings = await settingsOf(database, extensions);
  return folder === undefined
    ? start({ ...settings, fs: new MemoryFiles(files) })
    : start({ ...settings, dataDir: folder });
}

/** All files of a database that runs, in memory. */
export function filesOf(db: PGlite): readonly DataFile[] {
  const files = dataFs(db);
  return listFiles(files).map(({ name, isFolder, size }) =>
    isFolder ? { name } : { name, bytes: [...readFile(files, name, size)] },
  );
}

type FilesGiven = AsyncIterable<DataFile> | Iterable<DataFile>;

/** The file system of a database that runs. */
export function dataFs(db: PGlite): DataFs {
  return db.Module.FS as unknown as DataFs;
}

/** PGlite as Node itself loads it. */
function pglite(): Loaded {
  return load('@electric-sql/pglite') as Loaded;
}

function load(module: string): unknown {
  // Absent before Node 20.16.
  return (NODE.process.getBuiltinModule?.('module').createRequire(__filename) ?? require)(module);
}

function shared(): Shared {
  const holder = pglite().PGlite as unknown as { [SHARED]?: Shared };
  return (holder[SHARED] ??= {});
}

async function start(options: PGliteOptions): Promise<PGlite> {
  return pglite().PGlite.create(options);
}

async function settingsOf(database: string, extensions: Extensions | undefined): Promise<PGliteOptions> {
  const programs = await (shared().programs ??= loadPrograms());
  const startParams = [...pglite().PGlite.defaultStartParams, ...SETTINGS.flatMap((setting) => ['-c', setting])];
  const ofRds = (shared().extensions ??= extensionsOfRds(load));
  return { ...programs, startParams, database, extensions: { ...ofRds, ...extensions } };
}

/** PGlite would compile each anew for every database. */
async function loadPrograms(): Promise<Programs> {
  const folder = path.dirname(require.resolve('@electric-sql/pglite'));
  const read = (name: string) => fs.readFileSync(path.join(folder, name));
  const [pgliteWasmModule, initdbWasmModule] = await Promise.all([
    NODE.WebAssembly.compile(read('pglite.wasm')),
    NODE.WebAssembly.compile(read('initdb.wasm')),
  ]);
  return { pgliteWasmModule, initdbWasmModule, fsBundle: new Blob([read('pglite.data')]) };
}

async function makeTemplate(): Promise<readonly DataFile[]> {
  const db = await start({ ...(await settingsOf('postgres', undefined)), initDbStartParams: INITDB });
  await db.exec('CHECKPOINT');
  const files = filesOf(db);
  await db.close();
  return files;
}

export interface ListedFile {
  readonly name: string;
  readonly isFolder: boolean;
  readonly size: number;
  /** The later of the times at which its bytes and its node changed, in milliseconds. */
  readonly changedAt: number;
}

/** As pg_basebackup leaves them out: each server makes them anew. */
const FOLDERS_EMPTIED = [
  'pg_dynshmem',
  'pg_notify',
  'pg_replslot',
  'pg_serial',
  'pg_snapshots',
  'pg_stat_tmp',
  'pg_subtrans',
];
const LEFT_OUT = /(^|\/)(postmaster\.(pid|opts)|pg_internal\.init(\.\d+)?|pgsql_tmp[^/]*)$/;

/**
 * What of a data folder a restore needs, in ascending order of names; those of folders end in `/`.
 *
 * @throws Error when there are tablespaces, which lie elsewhere
 */
export function listFiles(files: DataFs): ListedFile[] {
  const found: ListedFile[] = [];
  const walk = (folder: string) => {
    for (const each of files.readdir(`${DATA}/${folder}`)) {
      const name = folder === '' ? each : `${folder}/${each}`;
      if (each === '.' || each === '..' || LEFT_OUT.test(name)) {
        continue;
      }
      const { mode, size, mtime, ctime } = files.lstat(`${DATA}/${name}`);
      if (files.isLink(mode)) {
        throw new Error(`${name} is a tablespace: a database with tablespaces has no backup here`);
      }
      const changedAt = Math.max(mtime.getTime(), ctime.getTime());
      const isFolder = files.isDir(mode);
      found.push({ name: isFolder ? `${name}/` : name, isFolder, size: isFolder ? 0 : size, changedAt });
      if (isFolder && !FOLDERS_EMPTIED.includes(name)) {
        walk(name);
      }
    }
  };
  walk('');
  return found.sort((a, b) => (a.name < b.name ? -1 : 1));
}

const PIECE = 1024 * 1024;

/** @throws Error when the file is shorter than it was */
export function* readFile(files: DataFs, name: string, size: number): Generator<Uint8Array> {
  const stream = files.open(`${DATA}/${name}`, 'r');
  try {
    for (let left = size; left > 0;) {
      const piece = new Uint8Array(Math.min(PIECE, left));
      const read = files.read(stream, piece, 0, piece.length);
      if (read <= 0) {
        throw new Error(`${name} ends ${left} bytes early`);
      }
      left -= read;
      yield piece.subarray(0, read);
    }
  } finally {
    files.close(stream);
  }
}

/** A data folder in memory. PGlite asks for what it holds when its program is loaded. */
class MemoryFiles {
  private db: PGlite | undefined;

  constructor(private readonly given: readonly DataFile[]) {}

  async init<T>(db: PGlite, emscriptenOpts: T): Promise<{ emscriptenOpts: T }> {
    this.db = db;
    return { emscriptenOpts };
  }

  async initialSyncFs(): Promise<void> {
    const files = dataFs(this.db!);
    files.mkdirTree(DATA);
    for (const { name, bytes } of this.given) {
      const target = `${DATA}/${name}`;
      if (bytes === undefined) {
        files.mkdirTree(target.replace(/\/$/, ''));
        continue;
      }
      files.mkdirTree(path.posix.dirname(target));
      const stream = files.open(target, 'w');
      for await (const piece of bytes) {
        files.write(stream, piece, 0, piece.length);
      }
      files.close(stream);
    }
  }

  async syncToFs(): Promise<void> {}

  async closeFs(): Promise<void> {
    dataFs(this.db!).quit();
  }

  async dumpTar(): Promise<Blob> {
    throw new Error('a backup says what this database holds: PostgresDatabase.capture');
  }
}

async function writeFolder(folder: string, files: FilesGiven): Promise<void> {
  fs.mkdirSync(folder, { recursive: true, mode: 0o700 });
  for await (const { name, bytes } of files) {
    const target = path.join(folder, ...name.split('/'));
    fs.mkdirSync(bytes === undefined ? target : path.dirname(target), { recursive: true, mode: 0o700 });
    if (bytes === undefined) {
      continue;
    }
    const opened = fs.openSync(target, 'w', 0o600);
    try {
      for await (const piece of bytes) {
        fs.writeSync(opened, piece);
      }
    } finally {
      fs.closeSync(opened);
    }
  }
}

async function piecesOf(bytes: Iterable<Uint8Array> | AsyncIterable<Uint8Array>): Promise<Uint8Array[]> {
  const pieces: Uint8Array[] = [];
  for await (const piece of bytes) {
    pieces.push(piece);
  }
  return pieces;
}
