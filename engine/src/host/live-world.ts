/**
 * A World that is served, with what runs beside it.
 *
 * Owns     nothing: puts together.
 */
import { WorldState } from '../domain/world-state';
import type { Instant } from '../kernel/instant';
import type { Called } from '../operations/call';
import { Chronicle } from '../report/chronicle/chronicle';
import { Answerer } from '../wire/answer';
import type { BodyStore } from './bodies/body-store';
import { ContentRunner } from './content/content-runner';
import type { DatabasePorts } from './content/database-ports';
import { WorldDatabases } from './content/world-databases';
import type { StorePlace } from './content/world-store';
import { FunctionRunner } from './function-runner';
import { loadClient } from './load-client';
import type { WorldBegin } from './world-begin';
import { WorldClock } from './world-clock';

export interface Live {
  readonly state: WorldState;
  readonly chronicle: Chronicle;
  readonly answerer: Answerer;
  readonly runner: FunctionRunner;
  readonly contents: ContentRunner;
  readonly clock: WorldClock;
  readonly databases: WorldDatabases | undefined;
  /** What its store of captures is called. */
  readonly store: string;
}

/** What is around a World that is served. */
export interface Around {
  readonly runFunctions: boolean;
  readonly onCall: (called: Called) => void;
  /** What time it is for the signature of the request under way; undefined where any age will do. */
  readonly judgedAt: () => Instant | undefined;
  readonly store: string;
  readonly place: StorePlace;
  readonly bodies: BodyStore;
  readonly databases: { readonly ports: DatabasePorts; readonly folder: string | undefined } | undefined;
}

export function liveOf({ env, start, seed, enforceIam = false, bucketQuota }: WorldBegin, around: Around): Live {
  const { onCall, store } = around;
  const state = new WorldState({ start, seed, enforceIam, meter: true, bucketQuota });
  state.ledger.settlesAtOnce = true;
  const chronicle = new Chronicle(state, undefined, true);
  state.ledger.decisions.listen();
  const runner = new FunctionRunner(state, { localCode: false });
  if (around.runFunctions) {
    runner.begin();
  }
  const callers = enforceIam ? { env, onCall, checks: { now: around.judgedAt } } : { env, onCall };
  const contents = new ContentRunner(state, around.place, around.bodies);
  const databases =
    around.databases && new WorldDatabases(state, contents, around.databases.ports, around.databases.folder);
  state.services.databases.host = databases;
  const clock = new WorldClock(state, runner, contents);
  const answerer = new Answerer(state, loadClient, callers);
  return { state, chronicle, runner, contents, clock, answerer, databases, store };
}
