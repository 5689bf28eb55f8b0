/**
 * A fault as it is shown: in process and by control.
 *
 * Pure.
 * Units    instants are ISO 8601 text.
 */
import type { Fault } from '../domain/fault';
import type { FaultState, StandingFault } from '../domain/faults';
import { NEVER, shortInstant } from '../kernel/instant';

/** One fault that was added. */
export interface FaultView {
  /** What `clear` takes, e.g. `fault-1`. */
  readonly id: string;
  /** As it was given. */
  readonly fault: Fault;
  readonly from: string;
  /** Undefined when it lasts until it is cleared. */
  readonly to: string | undefined;
  /** `spared`: its time came, and chance decided against it. */
  readonly state: FaultState;
  /** How many jobs, tries of jobs, and calls it struck so far. */
  readonly strikes: number;
}

/** `fault-1` for the first. */
export function faultId({ number }: StandingFault): string {
  return `fault-${number + 1}`;
}

export function faultView(fault: StandingFault): FaultView {
  return {
    id: faultId(fault),
    fault: fault.given,
    from: shortInstant(fault.from),
    to: fault.to === NEVER ? undefined : shortInstant(fault.to),
    state: fault.state,
    strikes: fault.strikes,
  };
}
