/**
 * The state machine that a call names, and what a definition has to be.
 *
 * Pure: reads the World.
 * Source   API of Step Functions 2016-11-23. The texts are Assumed, as AWS's differ by what is wrong.
 */
import type { StateMachine } from '../domain/state-machines';
import type { WaitingTask } from '../domain/task-runs';
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

/**
 * The task that waits for a callback with this token.
 *
 * Source: the texts, as andybalham/blog-task-tokens-part-2 shows the one; the other as moto has it.
 *
 * @throws AwsFault for a token that was never given, and for a task that is over
 */
export function findTask(state: WorldState, token: string | undefined): WaitingTask {
  const task = state.services.executions.tasks.tryFind(required(token, 'taskToken'));
  if (task === undefined) {
    throw new AwsFault('InvalidToken', "Invalid Token: 'Invalid token'");
  }
  if (task.isOver()) {
    throw new AwsFault('TaskTimedOut', "Task Timed Out: 'Provided task does not exist anymore'");
  }
  return task;
}

/** @throws AwsFault for what a World does not know of state machines. */
export function refuseUnbuilt(asked: { readonly publish?: boolean | undefined }): void {
  if (asked.publish === true) {
    throw new AwsFault('NotEmulated', 'states: versions of state machines are not emulated');
  }
}

/** The input of an execution: JSON text. */
export function executionInput(text = '{}'): string {
  try {
    parseJson(text);
  } catch {
    throw new AwsFault('InvalidExecutionInput', `Invalid State Machine Execution Input: '${text}'`);
  }
  return text;
}

/** Source: express state machines answer at once alone: they run no jobs and wait for no callbacks. Assumed: the text. */
const WAITS = /\.(sync(?::2)?|waitForTaskToken)$/;

/** Whether each state is in order shows when it runs. */
export function refuseDefinition(definition: string, type: string | undefined): void {
  const { StartAt, States } = objectOf(definition);
  const known = typeof States === 'object' && States !== null && typeof StartAt === 'string';
  if (!known || !Object.hasOwn(States, StartAt)) {
    throw new AwsFault('InvalidDefinition', "Invalid State Machine Definition: 'StartAt must name one of States'");
  }
  const [waits] = type === 'EXPRESS' ? resourcesIn(States).flatMap((one) => WAITS.exec(one)?.[0] ?? []) : [];
  if (waits !== undefined) {
    const said = `Express state machine does not support '${waits}' service integration`;
    throw new AwsFault('InvalidDefinition', `Invalid State Machine Definition: 'SCHEMA_VALIDATION_FAILED: ${said}'`);
  }
}

/** The Resource of every task, those of branches and iterations, too. */
function resourcesIn(states: unknown): string[] {
  return Object.entries((states ?? {}) as object).flatMap(([name, value]: [string, unknown]) =>
    typeof value === 'object' ? resourcesIn(value) : name === 'Resource' && typeof value === 'string' ? [value] : [],
  );
}

function objectOf(definition: string): { readonly StartAt?: unknown; readonly States?: unknown } {
  try {
    return (parseJson(definition) ?? {}) as object;
  } catch {
    throw new AwsFault('InvalidDefinition', "Invalid State Machine Definition: 'INVALID_JSON_DESCRIPTION'");
  }
}
