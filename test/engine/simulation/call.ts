// Calls of operators, as the wire makes them: policies decide first, and whoever listens hears of it.
import { authorize } from '../../../engine/src/operations/authorize';
import { call } from '../../../engine/src/operations/call';
import type { Caller } from '../../../engine/src/operations/caller';
import { AwsFault } from '../../../engine/src/operations/fault';
import type { WorldState } from '../../../engine/src/domain/world-state';
import { OPERATIONS } from '../../../engine/src/wire/generated/operations';

/** What an operator does. */
export interface Call {
  readonly caller: Caller;
  /** What requests are signed with, e.g. `backup`. */
  readonly service: string;
  readonly operation: string;
  readonly input: Readonly<Record<string, unknown>>;
}

/** A call with AWS's answer. */
export interface Answered extends Call {
  readonly output: unknown;
  readonly fault: { readonly name: string; readonly message: string } | undefined;
}

/** @throws whatever is no fault of AWS's: a fault of the engine. */
export function make(state: WorldState, { caller, service, operation, input }: Call): Answered {
  const operate = OPERATIONS[service]?.()[operation];
  if (operate === undefined) {
    throw new Error(`no operation ${service}:${operation}`);
  }
  const asked = { caller, service, operation, input };
  try {
    const permitted = (world: WorldState, who: Caller, what: Call['input']): unknown => {
      authorize(world, who, service, operation, what);
      return operate(world, who, what as never);
    };
    const output = call(state, caller, { service, operation }, permitted, input);
    return { ...asked, output, fault: undefined };
  } catch (error) {
    if (error instanceof AwsFault) {
      return { ...asked, output: undefined, fault: { name: error.name, message: error.message } };
    }
    throw error;
  }
}

/** What an operation that reads answers; its fault when AWS refuses. */
export function read<O>(state: WorldState, caller: Caller, service: string, operation: string, input: object = {}): O {
  const operate = OPERATIONS[service]?.()[operation];
  if (operate === undefined) {
    throw new Error(`no operation ${service}:${operation}`);
  }
  return operate(state, caller, input as never) as O;
}
