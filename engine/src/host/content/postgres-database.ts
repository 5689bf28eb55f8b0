/**
 * A PostgreSQL database as the content of an instance of RDS or a cluster of Aurora: a real one, which clients connect to.
 *
 * Owns     the database, and the port that it is reached at.
 * Units    sizes are bytes.
 * Spec     postgres-database.md
 */
import * as fs from 'node:fs';
import type { Socket } from 'node:net';
import * as path from 'node:path';
import type { Extensions, PGlite } from '@electric-sql/pglite';
import type { CapturedEntry, Content, ContentEntry, RestoreOrder } from './content';
import {
  DataFile,
  dataFs,
  filesOf,
  freshFiles,
  listFiles,
  placeFiles,
  readFile,
  startPostgres,
} from './postgres-engine';
import { PostgresConnections, PostgresFront } from './postgres-front';
import { errorIn, queryMessage, rowsIn } from './postgres-messages';
import { literal, quoted } from './postgres-quote';

export interface PostgresOptions {
  /** Folder of its files, made where there is none; they are in memory unless given. */
  readonly folder?: string;
  /** The one database; `postgres` unless given. */
  readonly database?: string;
  /** Who owns it and may do everything in it; `postgres` unless given. */
  readonly user?: string;
  /** What clients of the port say; `postgres` unless given. */
  readonly password?: string;
  /** What a new database begins with. */
  readonly sql?: string;
  /** What CREATE EXTENSION finds beside those that RDS has and PGlite brings, of PGlite's kind. */
  readonly extensions?: Extensions;
}

/** The database's name and owner are no part of its files; a restore has to know them. */
const NAMES = 'PG_VERSION';

/** A file that changed this little before a capture may change again without a later time. */
const TIME_GRAIN_MS = 2000;

export class PostgresDatabase implements Content {
  readonly kind = 'postgresql';
  private front: PostgresFront | undefined;
  private readonly connections: PostgresConnections;
  /** Whether it has, or had, a port, and of which address. */
  private listensAt: string | undefined;
  private uncertain = 0;
  /** The log's end before the last checkpoint of a capture, and after: nothing else happened in between. */
  private checkpoint = { before: '', after: '' };

  private constructor(
    /** In this process: query it as PGlite's documentation says. */
    readonly db: PGlite,
    readonly database: string,
    readonly user: string,
    private readonly options: PostgresOptions,
  ) {
    this.connections = new PostgresConnections(db, { database, owner: user });
  }

  /** A new database; or that of the folder, when it holds one. @throws RangeError when it holds something else */
  static async create(options: PostgresOptions = {}): Promise<PostgresDatabase> {
    const { folder, database = 'postgres', user = 'postgres', password = 'postgres', extensions, sql = '' } = options;
    if (folder !== undefined && fs.existsSync(path.join(folder, NAMES))) {
      return PostgresDatabase.start(database, user, options);
    }
    if (folder !== undefined && fs.existsSync(folder) && fs.readdirSync(folder).length > 0) {
      throw new RangeError(`folder must be empty or hold a database of PostgreSQL, got '${folder}'`);
    }
    // Whole or not there: a process that ends meanwhile leaves none that lacks its owner.
    const making = folder && emptied(`${folder}.holdfast-new`);
    const first = await placeFiles(await freshFiles(), making);
    const db = await startPostgres({ folder: making, database: 'postgres', extensions }, first);
    const role = user === 'postgres' ? 'ALTER ROLE' : 'CREATE ROLE';
    await db.exec(`${role} ${quoted(user)} LOGIN SUPERUSER PASSWORD ${literal(password)}`);
    if (database !== 'postgres') {
      await db.exec(`CREATE DATABASE ${quoted(database)} OWNER ${quoted(user)}`);
    }
    // One that runs serves the database that it began with.
    const files = folder === undefined ? filesOf(db) : undefined;
    await db.close();
    if (folder !== undefined && making !== undefined) {
      fs.renameSync(making, folder);
    }
    const made = await PostgresDatabase.start(database, user, options, files);
    await made.db.exec(sql);
    return made;
  }

  private static async start(
    database: string,
    user: string,
    options: PostgresOptions,
    files?: readonly DataFile[],
  ): Promise<PostgresDatabase> {
    const db = await startPostgres({ folder: options.folder, database, extensions: options.extensions }, files);
    await db.exec(`SET ROLE ${quoted(user)}`);
    return new PostgresDatabase(db, database, user, options);
  }

  /**
   * Lets clients of PostgreSQL in at a port of this machine.
   *
   * @param port a free one unless given
   * @returns the port
   */
  async listen(port = 0, host = '127.0.0.1'): Promise<number> {
    this.front ??= await PostgresFront.open(this.connections, { port, host });
    this.listensAt = this.front.host;
    return this.front.port;
  }

  /** Where clients reach it; undefined before `listen`. */
  get place(): { readonly address: string; readonly port: number } | undefined {
    return this.front && { address: this.front.host, port: this.front.port };
  }

  /** A client that came through another port. */
  accept(socket: Socket): void {
    this.connections.accept(socket);
  }

  /** Every client loses its connection. */
  dropClients(): void {
    this.connections.close();
  }

  /** What the owner says from now on. */
  async setPassword(password: string): Promise<void> {
    await this.db.exec(`ALTER ROLE ${quoted(this.user)} PASSWORD ${literal(password)}`);
  }

  /** What clients connect by. @throws Error before `listen` */
  get connectionString(): string {
    if (this.front === undefined) {
      throw new Error('the database has no port yet: await listen() first');
    }
    const parts = [this.user, this.options.password ?? 'postgres', this.database].map(encodeURIComponent);
    return `postgresql://${parts[0]}:${parts[1]}@${this.front.host}:${this.front.port}/${parts[2]}`;
  }

  async sizeBytes(): Promise<number> {
    return this.exclusively(async () => listFiles(dataFs(this.db)).reduce((sum, { size }) => sum + size, 0));
  }

  /** How far its log is: everything that is committed is in it. */
  async version(): Promise<string> {
    return this.exclusively(() => this.logEnd());
  }

  /**
   * Clients wait while it is read. What a client has not committed is in no backup, though its transaction goes on.
   */
  async *capture(): AsyncGenerator<ContentEntry> {
    const release = await this.hold();
    try {
      const before = await this.logEnd();
      // Where the open transaction has failed it is refused: then the log has all, and a restore reads it.
      await this.ask('CHECKPOINT');
      this.checkpoint = { before, after: await this.logEnd() };
      const capturedAt = Date.now();
      for (const { name, isFolder, size, changedAt } of listFiles(dataFs(this.db))) {
        const version = changedAt < capturedAt - TIME_GRAIN_MS ? { version: `${changedAt} ${size}` } : {};
        yield {
          name,
          about: name === NAMES ? { database: this.database, user: this.user } : {},
          sizeBytes: size,
          ...version,
          bytes: () => pieces(isFolder ? [] : readFile(dataFs(this.db), name, size)),
        };
      }
    } finally {
      release();
    }
  }

  /**
   * A database of its own; where this one has a folder, in one beside it that is called as the restore job is. It has a port
   * where this one has.
   */
  async restore(entries: AsyncIterable<CapturedEntry>, order: RestoreOrder): Promise<PostgresDatabase> {
    const { folder, ...options } = this.options;
    const beside = folder === undefined ? {} : { folder: emptied(path.join(path.dirname(folder), order.restoreJobId)) };
    const restored = await PostgresDatabase.restored(entries, { ...options, ...beside });
    if (this.listensAt !== undefined) {
      await restored.listen(0, this.listensAt);
    }
    return restored;
  }

  /** The database that was captured, with the names that it had. */
  static async restored(
    entries: AsyncIterable<CapturedEntry>,
    options: Omit<PostgresOptions, 'database' | 'user' | 'sql'>,
  ): Promise<PostgresDatabase> {
    let [database, user] = ['postgres', 'postgres'];
    async function* files(): AsyncGenerator<DataFile> {
      for await (const { name, about, bytes } of entries) {
        if (name === NAMES) {
          [database, user] = [about['database'] as string, about['user'] as string];
        }
        yield name.endsWith('/') ? { name } : { name, bytes: bytes() };
      }
    }
    const placed = await placeFiles(files(), options.folder);
    return PostgresDatabase.start(database, user, options, placed);
  }

  async close(): Promise<void> {
    this.front?.close();
    this.front = undefined;
    this.connections.close();
    await this.db.close();
  }

  /** Where the log ends; another each time where the open transaction has failed, so that nobody can ask. */
  private async logEnd(): Promise<string> {
    const end = (await this.ask('SELECT pg_current_wal_insert_lsn()'))[0]?.[0] ?? `unknown ${++this.uncertain}`;
    return end === this.checkpoint.after ? this.checkpoint.before : end;
  }

  /** Asks in whatever session is under way, which has to be held. */
  private async ask(sql: string): Promise<(string | null)[][]> {
    const answered = await this.db.execProtocolRaw(queryMessage(sql));
    return errorIn(answered) === undefined ? rowsIn(answered) : [];
  }

  private async exclusively<T>(work: () => Promise<T>): Promise<T> {
    const release = await this.hold();
    try {
      return await work();
    } finally {
      release();
    }
  }

  /** Nobody's query runs until it is released. */
  private hold(): Promise<() => void> {
    return new Promise((resolve, reject) => {
      this.db.runExclusive(() => new Promise<void>((release) => resolve(release))).catch(reject);
    });
  }
}

async function* pieces(bytes: Iterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield* bytes;
}

/** A folder of that name is of a run before: what it left there would be of the new database. */
function emptied(folder: string): string {
  fs.rmSync(folder, { recursive: true, force: true });
  return folder;
}
