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
import { deploy } from '../ingest/deploy';
import { refuseLocksWithoutMinimum } from '../ingest/lock-minimum';
import { daysAfter, parseInstant, shortInstant } from '../kernel/instant';
import { DEFAULT_START } from './defaults';
import { load, Loaded } from './load';
import type { RunFlags } from './options';

/** An estate and the World that ran it. */
export interface Ran extends Loaded {
  readonly state: WorldState;
}

/** How an estate is run. */
export interface Running {
  /** Refuses an estate before the clock moves. */
  readonly accept?: (estate: Estate) => unknown;
  /** Gets the World before anything is in it. */
  readonly attend?: (state: WorldState) => unknown;
}

/**
 * Deploys and runs.
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
  refuseLocksWithoutMinimum(loaded);
  const start = flags.start ?? parseInstant(DEFAULT_START);
  const state = new WorldState({ start, seed: flags.seed });
  attend?.(state);
  deploy(state, loaded.estate);
  const bar = host.progress('simulate');
  try {
    state.runUntil(daysAfter(start, flags.days), (fraction, now) => bar.show(fraction, shortInstant(now)));
  } finally {
    bar.end();
  }
  return { ...loaded, state };
}
