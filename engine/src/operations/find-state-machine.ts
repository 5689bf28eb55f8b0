/**
 * The state machine that a call names, and what a definition has to be.
 *
 * Pure: reads the World.
 * Source   API of Step Functions 2016-11-23. The texts are Assumed, as AWS's differ by what is wrong.
 */
import type { StateMachine } from '../domain/state-machines';
import type { WorldState } from '../domain/world-state';
import { parseJson } from '../kernel/json';
import { AwsFault } from './fault';
import { required } from './find-vault';

export function findStateMachine(state: WorldState, given: string | undefined): StateMachine {
  const arn = required(given, 'stateMachineArn');
  const machine = state.services.messaging.stateMachines.tryFind(arn);
  if (machine === undefined) {
    throw new AwsFault('StateMachineDoesNotExist', `State Machine Does Not Exist: '${arn}'`);
  }
  return machine;
}

/** For calls about tags. */
export function findTagged(state: WorldState, given: string | undefined): StateMachine {
  const arn = required(given, 'resourceArn');
  const machine = state.services.messaging.stateMachines.tryFind(arn);
  if (machine === undefined) {
    throw new AwsFault('ResourceNotFound', `Resource not found: '${arn}'`);
  }
  return machine;
}

/** @throws AwsFault for what a World does not know of state machines. */
export function refuseUnbuilt(asked: {
  readonly publish?: boolean | undefined;
  readonly type?: string | undefined;
}): void {
  if (asked.publish === true) {
    throw new AwsFault('NotEmulated', 'states: versions of state machines are not emulated');
  }
  if (asked.type === 'EXPRESS') {
    throw new AwsFault('NotEmulated', 'states: express state machines are not emulated');
  }
}

/** Whether each state is in order shows when it runs. */
export function refuseDefinition(definition: string): void {
  const { StartAt, States } = objectOf(definition);
  const known = typeof States === 'object' && States !== null && typeof StartAt === 'string';
  if (!known || !Object.hasOwn(States, StartAt)) {
    throw new AwsFault('InvalidDefinition', "Invalid State Machine Definition: 'StartAt must name one of States'");
  }
}

function objectOf(definition: string): { readonly StartAt?: unknown; readonly States?: unknown } {
  try {
    return (parseJson(definition) ?? {}) as object;
  } catch {
    throw new AwsFault('InvalidDefinition', "Invalid State Machine Definition: 'INVALID_JSON_DESCRIPTION'");
  }
}
