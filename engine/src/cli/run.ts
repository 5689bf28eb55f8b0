/**
 * Runs an estate on the virtual clock, for the commands that ask what happens.
 *
 * Owns     the World of one command.
 * Units    a day is 24 h.
 * Source   design.md section 2: the run is [start, start + N x 24 h), the estate is deployed just before start.
 */
import type { Estate } from '@holdfast/model';
import { WorldState } from '../domain/world-state';
import type { CommandHost } from '../host/terminal';
import type { NotRead } from '../ingest/artifact';
import { deploy } from '../ingest/deploy';
import { refuseByTemplate } from '../ingest/template-refusals';
import { daysAfter, type Instant, parseInstant, shortInstant } from '../kernel/instant';
import { assumedRoles } from './assumed-roles';
import { DEFAULT_START } from './defaults';
import { load, Loaded } from './load';
import type { RunFlags } from './options';

/** An estate and the World that ran it. */
export interface Ran extends Loaded {
  readonly state: WorldState;
  /** Given with `--enforce-iam`: the roles and policies that are taken to be in order. */
  readonly assumed?: readonly NotRead[];
}

/** How an estate is run. */
export interface Running {
  /** Refuses an estate before the clock moves. */
  readonly accept?: (estate: Estate) => unknown;
  /** Gets the World, whose usage is counted then, before anything is in it. */
  readonly attend?: (state: WorldState) => unknown;
}

/** How far a World of a command runs. */
export interface Stretch {
  readonly start: Instant;
  readonly until: Instant;
  readonly seed: number;
  /** How many buckets of an account are backed up; 100 when not given. */
  readonly bucketQuota?: number | undefined;
  /** Whether what is used is counted. */
  readonly meter?: boolean;
  /** Whether policies decide about jobs; roles and policies that nothing declares are taken to be in order. */
  readonly enforceIam?: boolean;
  /** Gets the World before anything is in it. */
  readonly attend?: ((state: WorldState) => unknown) | undefined;
}

/**
 * Loads, deploys and runs.
 *
 * @throws DeployRefusal when AWS would refuse the deploy
 */
export function run(
  artifacts: readonly string[],
  flags: RunFlags,
  host: CommandHost,
  { accept, attend }: Running = {},
): Ran {
  const loaded = load(artifacts, flags, host);
  accept?.(loaded.estate);
  refuseByTemplate(loaded.refusals);
  const start = flags.start ?? parseInstant(DEFAULT_START);
  const { seed, bucketQuota, enforceIam = false } = flags;
  const until = daysAfter(start, flags.days);
  const stretch = { start, until, seed, bucketQuota, meter: attend !== undefined, enforceIam, attend };
  const state = runEstate(loaded.estate, stretch, 'simulate', host);
  return { ...loaded, state, ...(enforceIam && { assumed: assumedRoles(state, loaded.estate) }) };
}

/**
 * Deploys an estate to a World of its own and runs it.
 *
 * @throws DeployRefusal when AWS would refuse the deploy
 */
export function runEstate(estate: Estate, stretch: Stretch, title: string, host: CommandHost): WorldState {
  const { start, until, seed, bucketQuota, meter = false, enforceIam = false, attend } = stretch;
  const state = new WorldState({ start, seed, meter, bucketQuota, enforceIam, trustUnknown: enforceIam });
  attend?.(state);
  deploy(state, estate);
  runOn(state, until, title, host);
  return state;
}

/** Runs a World on, with a bar that shows how far. */
export function runOn(state: WorldState, until: Instant, title: string, host: CommandHost): void {
  const bar = host.progress(title);
  try {
    state.runUntil(until, (fraction, now) => bar.show(fraction, shortInstant(now)));
  } finally {
    bar.end();
  }
}
