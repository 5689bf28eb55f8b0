/**
 * One call of an operation, whoever makes it: faults, policies and bounds before it, bytes that move around it.
 *
 * Owns     nothing.
 * Source   design.md section 3: one path in.
 */
import type { WorldState } from '../domain/world-state';
import { authorize } from '../operations/authorize';
import { call, type Called } from '../operations/call';
import type { Caller } from '../operations/caller';
import { refuseInjected } from '../operations/injected-faults';
import { refuseOutOfBounds } from './constraints';
import { type Operate, OPERATIONS } from './generated/operations';

/** What does an operation; undefined where it is not emulated. */
export function tryOperate(signingName: string, operation: string): Operate | undefined {
  const operations = OPERATIONS[signingName]?.();
  return operations !== undefined && Object.hasOwn(operations, operation) ? operations[operation] : undefined;
}

/**
 * Makes a call and answers its output.
 *
 * @param called its service by what requests are signed with
 * @throws AwsFault what AWS refuses it with
 */
export async function perform(
  state: WorldState,
  caller: Caller,
  called: Called,
  operate: Operate,
  input: unknown,
): Promise<unknown> {
  const { service, operation } = called;
  // A call that is denied is a call all the same: the trail tells of it.
  const permitted: Operate = (world, by, asked) => {
    refuseInjected(world, by, service, operation);
    authorize(world, by, service, operation, asked);
    refuseOutOfBounds(service, operation, asked);
    return operate(world, by, asked);
  };
  const { content } = state.ledger;
  // Bytes that move are of the instant before the call. Whoever waited, too, may have had some moved.
  for (let moves = content?.settled(); moves !== undefined; moves = content?.settled()) {
    await moves;
  }
  const output = await call(state, caller, called, permitted, input as never);
  // Bytes that the call has moved, as those of a job that starts, are of this instant.
  await content?.settled();
  return output;
}
