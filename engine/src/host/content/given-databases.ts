/**
 * Where the databases are reached that a test gave to instances and clusters of a World in process, or that restores made of them.
 *
 * Owns     nothing.
 * Spec     postgres-database.md
 */
import type { DatabaseHost, DatabasePlace } from '../../domain/databases';
import type { WorldState } from '../../domain/world-state';
import { ContentRunner } from './content-runner';
import { PostgresDatabase } from './postgres-database';
import type { StorePlace } from './world-store';

class GivenDatabases implements DatabaseHost {
  constructor(private readonly contents: Pick<ContentRunner, 'heldBy'>) {}

  placeOf(arn: string): DatabasePlace | undefined {
    const held = this.contents.heldBy(arn);
    return held instanceof PostgresDatabase ? held.place : undefined;
  }
}

/** What resources of a World in process hold, and where clients reach what of it they can. */
export function contentsIn(state: WorldState, place: StorePlace): ContentRunner {
  const contents = new ContentRunner(state, place);
  state.services.databases.host = new GivenDatabases(contents);
  return contents;
}
