/**
 * How functions of Lambda were invoked and ran, as a World tells it.
 *
 * Pure: reads a WorldState.
 */
import type { FunctionRun } from '../domain/functions';
import type { WorldState } from '../domain/world-state';

/** An invocation of a function of Lambda. */
export interface InvocationView {
  readonly functionArn: string;
  readonly at: number;
  /** JSON text. */
  readonly payload: string;
  /** Its runs, oldest first: what it returned or threw, and what it wrote; none where functions do not run. */
  readonly runs: readonly FunctionRun[];
}

/** Every invocation since the World began, oldest first. */
export function invocationsOf(state: WorldState): InvocationView[] {
  return state.services.messaging.functions.invocations.map(({ functionArn, at, payload, runs }) => ({
    functionArn,
    at,
    payload,
    runs: [...runs],
  }));
}
