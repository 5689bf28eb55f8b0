/**
 * The PostgreSQL databases of one World: one for each instance and each cluster of an engine that is PostgreSQL.
 *
 * Owns     which database belongs to which of them, and at which port it is.
 * Spec     postgres-database.md
 */
import * as fs from 'node:fs';
import * as path from 'node:path';
import type { DatabaseHost, DatabasePlace } from '../../domain/databases';
import type { WorldState } from '../../domain/world-state';
import type { ContentRunner } from './content-runner';
import { DATABASE_HOST, DatabasePorts } from './database-ports';
import { DatabaseRoom, ServedDatabase } from './served-database';

/** What folders are called: of what was made, of what the restore job of that id restored, and of what is being made. */
const OURS = /^(database-\d+|[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12})(\.part|\.new)?$/i;

const POSTGRES = /^(aurora-)?postgres/;

interface Placed {
  readonly database: ServedDatabase;
  readonly port: number | undefined;
}

export class WorldDatabases implements DatabaseHost, DatabaseRoom {
  repeating = false;
  private readonly placed = new Map<string, Placed>();
  private readonly left: ServedDatabase[] = [];
  /** What restores made and nobody asked for yet, as restore tests do. */
  private readonly unplaced = new Set<ServedDatabase>();
  private count = 0;

  constructor(
    private readonly state: WorldState,
    private readonly contents: ContentRunner,
    private readonly ports: DatabasePorts,
    readonly folder: string | undefined,
  ) {}

  nextName(): string {
    return `database-${++this.count}`;
  }

  restored(database: ServedDatabase): void {
    this.unplaced.add(database);
  }

  /** It has its port from now on, and has it again when all is done again, whoever asks for it first. */
  arrived(arn: string): void {
    this.portOf(arn);
  }

  placeOf(arn: string, engine: string): DatabasePlace | undefined {
    return POSTGRES.test(engine) ? placeAt(this.portOf(arn)) : undefined;
  }

  /** Ends what belonged to instances and clusters that are gone, and sends clients out of those that were stopped. */
  async sweep(): Promise<void> {
    this.leaveGone();
    for (const { database } of [...this.placed.values()].filter((one) => one.database.isStopped())) {
      await database.letNobodyIn();
    }
    for (const database of this.left.splice(0)) {
      await database.remove();
    }
    for (const database of [...this.unplaced].filter(({ isClosed }) => isClosed)) {
      this.unplaced.delete(database);
      await database.remove();
    }
  }

  /** All is done again: other folders are of what a crash cut off, and would be found by the next of their names. */
  async resume(): Promise<void> {
    const { folder } = this;
    const placed = [...this.placed.values()].map(({ database }) => database);
    const known = new Set([...placed, ...this.left, ...this.unplaced].map((database) => database.folder));
    if (folder !== undefined && fs.existsSync(folder)) {
      const ours = fs.readdirSync(folder).filter((name) => OURS.test(name));
      for (const left of ours.map((name) => path.join(folder, name)).filter((one) => !known.has(one))) {
        await fs.promises.rm(left, { recursive: true, force: true });
      }
    }
  }

  /** The World is over. */
  close(): void {
    for (const { port } of this.placed.values()) {
      this.ports.giveBack(port);
    }
  }

  private portOf(arn: string): number | undefined {
    const held = this.contents.heldBy(arn);
    const there = this.placed.get(arn);
    if (there !== undefined && there.database === held) {
      return there.port;
    }
    // One that a restore made is there already.
    const database = held instanceof ServedDatabase ? held : new ServedDatabase(this);
    this.unplaced.delete(database);
    database.names = () => this.namesOf(arn);
    database.isStopped = () => this.state.ledger.resources.tryFind(arn)?.declaration.state === 'stopped';
    if (held === undefined) {
      this.contents.give(arn, database);
    }
    this.leaveGone();
    const port = this.ports.take(database);
    this.placed.set(arn, { database, port });
    return port;
  }

  /** Ports of what is gone are free at once, so that the next has the same one when all is done again. */
  private leaveGone(): void {
    for (const [arn, { database, port }] of this.placed) {
      if (this.contents.heldBy(arn) !== database) {
        this.placed.delete(arn);
        this.ports.giveBack(port);
        this.left.push(database);
      }
    }
  }

  private namesOf(arn: string): { database: string; user: string; password: string } {
    const { settings = {}, masterPassword = 'postgres' } = this.state.ledger.particulars.databases.of(arn);
    const text = (name: string) => settings[name] as string | undefined;
    return {
      database: text('DBName') ?? text('DatabaseName') ?? 'postgres',
      user: text('MasterUsername') ?? 'postgres',
      password: masterPassword,
    };
  }
}

function placeAt(port: number | undefined): DatabasePlace | undefined {
  return port === undefined ? undefined : { address: DATABASE_HOST, port };
}
