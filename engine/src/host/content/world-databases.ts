/**
 * The PostgreSQL databases of one World: one for each instance and each cluster of an engine that is PostgreSQL.
 *
 * Owns     which database belongs to which of them, and at which port it is.
 * Spec     postgres-database.md
 */
import type { DatabaseHost, DatabasePlace } from '../../domain/databases';
import type { WorldState } from '../../domain/world-state';
import type { ContentRunner } from './content-runner';
import { DATABASE_HOST, DatabasePorts } from './database-ports';
import { DatabaseRoom, ServedDatabase } from './served-database';

const POSTGRES = /^(aurora-)?postgres/;

interface Placed {
  readonly database: ServedDatabase;
  readonly port: number | undefined;
}

export class WorldDatabases implements DatabaseHost, DatabaseRoom {
  repeating = false;
  private readonly placed = new Map<string, Placed>();
  private readonly left: Placed[] = [];
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

  placeOf(arn: string, engine: string): DatabasePlace | undefined {
    if (!POSTGRES.test(engine)) {
      return undefined;
    }
    const held = this.contents.heldBy(arn);
    const there = this.placed.get(arn);
    if (there !== undefined && there.database === held) {
      return placeAt(there.port);
    }
    // One that a restore made is there already.
    const database = held instanceof ServedDatabase ? held : new ServedDatabase(this);
    this.unplaced.delete(database);
    database.names = () => this.namesOf(arn);
    if (held === undefined) {
      this.contents.give(arn, database);
    }
    const port = this.ports.take(database);
    if (there !== undefined) {
      this.left.push(there);
    }
    this.placed.set(arn, { database, port });
    return placeAt(port);
  }

  /** Ends what belonged to instances and clusters that are gone. */
  async sweep(): Promise<void> {
    for (const [arn, placed] of this.placed) {
      if (this.contents.heldBy(arn) !== placed.database) {
        this.placed.delete(arn);
        this.left.push(placed);
      }
    }
    for (const { database, port } of this.left.splice(0)) {
      if (port !== undefined) {
        this.ports.giveBack(port);
      }
      await database.remove();
    }
    for (const database of [...this.unplaced].filter(({ isClosed }) => isClosed)) {
      this.unplaced.delete(database);
      await database.remove();
    }
  }

  /** The World is over. */
  close(): void {
    for (const { port } of [...this.placed.values(), ...this.left]) {
      if (port !== undefined) {
        this.ports.giveBack(port);
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
