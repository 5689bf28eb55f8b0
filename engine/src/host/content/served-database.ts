/**
 * The database of an instance or a cluster that a server made: PostgreSQL starts when somebody first needs it.
 *
 * Owns     the database, and its folder where the server has one.
 * Spec     postgres-database.md
 */
import * as fs from 'node:fs';
import type { Socket } from 'node:net';
import * as path from 'node:path';
import type { CapturedEntry, Content, ContentEntry, RestoreOrder } from './content';
import { errorMessage } from './postgres-messages';
import { PostgresDatabase, PostgresOptions } from './postgres-database';

/** What RDS knows of it. */
export type DatabaseNames = Required<Pick<PostgresOptions, 'database' | 'user' | 'password'>>;

/** What all databases of a World have in common. */
export interface DatabaseRoom {
  /** Where their folders are; they are in memory unless given. */
  readonly folder: string | undefined;
  /** Whether what was done before is being done again: then nothing is read or written. */
  readonly repeating: boolean;
  /** What is not used yet, and the same when all is done again. */
  nextName(): string;
  /** A restore made one, which nobody has asked for yet. */
  restored(database: ServedDatabase): void;
  /** An instance or a cluster that a restore made has one of these. */
  arrived(arn: string): void;
}

export class ServedDatabase implements Content {
  readonly kind = 'postgresql';
  /** What RDS says of it now; its password may change. */
  names: () => DatabaseNames = () => ({ database: 'postgres', user: 'postgres', password: 'postgres' });
  /** Whether RDS has stopped it: then it lets nobody in. */
  isStopped: () => boolean = () => false;
  private started: Promise<PostgresDatabase> | undefined;
  private password: string | undefined;
  private repeats = 0;
  private closed = false;

  constructor(
    private readonly room: DatabaseRoom,
    readonly folder: string | undefined = room.folder && path.join(room.folder, room.nextName()),
    restored?: PostgresDatabase,
  ) {
    this.started = restored && Promise.resolve(restored);
  }

  /** Whether what it holds was captured and restored before, and is not now. */
  get isRepeated(): boolean {
    return this.room.repeating;
  }

  /** Whether nobody holds it any more. */
  get isClosed(): boolean {
    return this.closed;
  }

  /** Whom it belongs to from now on. */
  arrive(arn: string): void {
    this.room.arrived(arn);
  }

  /** A client at its port; one that is stopped hangs up, as nothing listens there then. */
  async accept(socket: Socket): Promise<void> {
    if (this.isStopped()) {
      socket.destroy();
      return;
    }
    try {
      (await this.start()).accept(socket);
    } catch (fault) {
      socket.end(errorMessage('FATAL', 'XX000', (fault as Error).message));
    }
  }

  /** Clients that are in it when it is stopped are out. */
  async letNobodyIn(): Promise<void> {
    (await this.started?.catch(() => undefined))?.dropClients();
  }

  async sizeBytes(): Promise<number> {
    return (await this.start()).sizeBytes();
  }

  async version(): Promise<string> {
    if (this.room.repeating) {
      // Whether it had changed then is known to the store alone, which has what was captured.
      return `repeated ${++this.repeats}`;
    }
    return this.started === undefined && !this.hasFiles ? 'new' : (await this.start()).version();
  }

  async *capture(): AsyncGenerator<ContentEntry> {
    if (this.room.repeating) {
      throw new Error('nothing was captured then');
    }
    yield* (await this.start()).capture();
  }

  async restore(entries: AsyncIterable<CapturedEntry>, order: RestoreOrder): Promise<ServedDatabase> {
    const restored = await this.restoredDatabase(entries, order);
    this.room.restored(restored);
    return restored;
  }

  private async restoredDatabase(entries: AsyncIterable<CapturedEntry>, order: RestoreOrder): Promise<ServedDatabase> {
    const { room } = this;
    const folder = room.folder && path.join(room.folder, order.restoreJobId);
    if (folder !== undefined && (room.repeating || fs.existsSync(folder))) {
      // Its files are there, or went with it later.
      return new ServedDatabase(room, folder);
    }
    // Whole or not there: a restore that was cut off begins again.
    const made = folder && `${folder}.part`;
    if (made !== undefined) {
      fs.rmSync(made, { recursive: true, force: true });
    }
    const restored = await PostgresDatabase.restored(entries, { ...(made !== undefined && { folder: made }) });
    if (folder === undefined) {
      return new ServedDatabase(room, undefined, restored);
    }
    await restored.close();
    fs.renameSync(made!, folder);
    return new ServedDatabase(room, folder);
  }

  async close(): Promise<void> {
    this.closed = true;
    const { started } = this;
    this.started = undefined;
    await (await started?.catch(() => undefined))?.close();
  }

  /** It is not needed any more. */
  async remove(): Promise<void> {
    await this.close();
    if (this.folder !== undefined) {
      await fs.promises.rm(this.folder, { recursive: true, force: true });
    }
  }

  private get hasFiles(): boolean {
    return this.folder !== undefined && fs.existsSync(this.folder);
  }

  private async start(): Promise<PostgresDatabase> {
    if (this.closed) {
      throw new Error('the database is gone');
    }
    const names = this.names();
    const { folder } = this;
    this.started ??= PostgresDatabase.create({ ...names, ...(folder !== undefined && { folder }) }).catch((fault) => {
      // Whoever comes next tries again.
      this.started = undefined;
      throw fault;
    });
    const database = await this.started;
    if (this.password !== names.password) {
      this.password = names.password;
      await database.setPassword(names.password);
    }
    return database;
  }
}
