/**
 * State machines in the Amazon States Language: which state comes next, and what it is given.
 *
 * Pure, but for chance that is drawn: a definition and a position in, the next thing to do out. state-fields.ts reads and
 * writes what states hold in either query language, state-branches.ts what Map and Parallel states run.
 * Units    waits in milliseconds.
 * Source   the developer guide of Step Functions: the eight types of states; Retry and Catch.
 * Assumed  What is not run (operations that are not emulated, items and results in S3) ends the execution with `NotEmulated`,
 *          naming the state.
 * Spec     state-machines.md
 */
import { StateMachineLimits } from '@holdfast/model';
import { dateOf, type Instant, SECOND, tryParseInstant } from '../kernel/instant';
import { type Branching, branchesOf } from './state-branches';
import { Fields } from './state-fields';
import { type Definition, NotRun, RUNTIME, type State, StateFailure, type StateFault } from './states-definition';
import { HEARTBEAT_TIMEOUT, TIMEOUT } from './states-definition';
import type { Chance, Context, History, Variables } from './states-scope';
import { hasToken, type Integration, integrationOf, prepared } from './task-integrations';

/** States that are run from their first on: those of the execution, of a branch or of an iteration. */
export interface Course {
  readonly definition: Definition;
  /** What `$$` is, but for the state. */
  readonly context: Context;
  readonly chance: Chance;
  readonly history: History;
}

/** Where a course is: a state, what came into it, the variables, and how often each of its retriers had it tried again. */
export interface Position {
  readonly state: string;
  readonly enteredAt: Instant;
  readonly input: unknown;
  readonly variables: Variables;
  readonly tries: readonly number[];
  /** Of a task that waits for a callback, since it was begun last. */
  readonly token?: string;
}

/** What a task that waits has until it is over. Milliseconds. */
export interface Patience {
  readonly timeoutMs: number | undefined;
  readonly heartbeatMs: number | undefined;
}

/** A task runs a function; where it has patience, it waits for a callback. */
export interface Invoking {
  readonly to: 'invoke';
  readonly functionArn: string;
  readonly payload: unknown;
  readonly patience: Patience | undefined;
  readonly at: Position;
}

/** A task calls a service; where it has patience, it waits for a callback or a job. */
export interface Calling {
  readonly to: 'call';
  readonly integration: Integration;
  readonly parameters: unknown;
  readonly patience: Patience | undefined;
  readonly at: Position;
}

/** What a course does next. */
export type Next =
  | Invoking
  | Calling
  | { readonly to: 'wait'; readonly ms: number; readonly at: Position }
  | { readonly to: 'branch'; readonly branching: Branching; readonly at: Position }
  | { readonly to: 'succeed'; readonly output: unknown }
  | ({ readonly to: 'fail' } & StateFault);

const LAMBDA_INVOKE = /^arn:[^:]*:states:::lambda:invoke$/;
const FUNCTION = /^arn:[^:]*:lambda:[^:]*:\d*:function:/;
/** Source: states that can be tried again and whose errors can be caught. */
const CATCHING = ['Task', 'Parallel', 'Map'];
/** Source: `States.ALL` does not stand for these. */
const FATAL = [RUNTIME, 'States.DataLimitExceeded'];

/** From the beginning; `variables` are those of the states around. */
export function begin(course: Course, input: unknown, now: Instant, variables: Variables = {}): Next {
  return enter(course, { state: course.definition.StartAt, enteredAt: now, input, variables, tries: [] }, now);
}

/** A state is entered, or a task tried again: what there is to do until something takes time. */
export function enter(course: Course, from: Position, now: Instant): Next {
  let at = from;
  for (;;) {
    const state = course.definition.States[at.state];
    if (state === undefined) {
      return { to: 'fail', error: RUNTIME, cause: `An error occurred: there is no state '${at.state}'.` };
    }
    if (!course.history.enter()) {
      return {
        to: 'fail',
        error: RUNTIME,
        cause: `The execution reached the maximum number of history events (${StateMachineLimits.EVENTS_OF_EXECUTION}).`,
      };
    }
    const here = at;
    const next = guarded(course, state, at, now, () => step(course, state, here, now));
    if ('to' in next) {
      return next;
    }
    at = next;
  }
}

/** A wait is over. */
export function waited(course: Course, at: Position, now: Instant): Next {
  const state = course.definition.States[at.state];
  return state === undefined || CATCHING.includes(state.Type)
    ? enter(course, at, now)
    : proceed(course, state, at, now, (fields) => leave(state, at, fields, fields.input(at.input)));
}

/** A function returned: its state is left with what it said. */
export function returned(course: Course, at: Position, payload: unknown, now: Instant): Next {
  const state = course.definition.States[at.state] as State;
  const integrated = LAMBDA_INVOKE.test(state.Resource ?? '');
  const result = integrated ? { ExecutedVersion: '$LATEST', Payload: payload, StatusCode: 200 } : payload;
  return answered(course, at, result, now);
}

/** A service answered, somebody called back, or every branch ended: their state is left with what they made. */
export function answered(course: Course, at: Position, result: unknown, now: Instant): Next {
  const state = course.definition.States[at.state] as State;
  return proceed(course, state, at, now, (fields) => leave(state, at, fields, result));
}

/** What is not run here ends the course. */
export function notRun(at: Position, what: string): Next {
  return { to: 'fail', error: 'NotEmulated', cause: `State '${at.state}': ${what}` };
}

/** A task does not begin with its parameters. */
export function unfit(course: Course, { at, parameters }: Calling, why: string, now: Instant): Next {
  const given = JSON.stringify(parameters);
  const cause = `An error occurred while executing the state '${at.state}'. The Parameters '${given}' could not be used to start the Task: [${why}]`;
  return failed(course, at, { error: RUNTIME, cause }, now);
}

/** A task, a branch or an iteration failed: it is tried again, caught, or ends the course. */
export function failed(course: Course, at: Position, fault: StateFault, now: Instant): Next {
  const state = course.definition.States[at.state] as State;
  const retriers = state.Retry ?? [];
  const index = retriers.findIndex(({ ErrorEquals }) => matches(ErrorEquals, fault.error));
  const retrier = retriers[index];
  const before = at.tries[index] ?? 0;
  if (retrier !== undefined && before < (retrier.MaxAttempts ?? 3)) {
    const tries = retriers.map((_, i) => (at.tries[i] ?? 0) + Number(i === index));
    const seconds = (retrier.IntervalSeconds ?? 1) * (retrier.BackoffRate ?? 2) ** before;
    const ms = Math.min(seconds, retrier.MaxDelaySeconds ?? Infinity) * SECOND;
    return { to: 'wait', ms, at: { ...at, tries } };
  }
  const number = state.Catch?.findIndex(({ ErrorEquals }) => matches(ErrorEquals, fault.error)) ?? -1;
  const catcher = state.Catch?.[number];
  if (catcher === undefined) {
    return { to: 'fail', ...fault };
  }
  // An error while it is caught ends the course: nothing catches that.
  return proceed(course, { ...state, Retry: [], Catch: [] }, at, now, (fields) => ({
    state: catcher.Next,
    enteredAt: now,
    ...fields.caught(at.input, catcher, number, { Error: fault.error, Cause: fault.cause }),
    tries: [],
  }));
}

/** Does something in a state, then goes on from wherever that leads. */
function proceed(
  course: Course,
  state: State,
  at: Position,
  now: Instant,
  act: (fields: Fields) => Next | Position,
): Next {
  const next = guarded(course, state, at, now, () => act(fieldsOf(course, state, at, now)));
  return 'to' in next ? next : enter(course, next, now);
}

/** What a state cannot do is an error of that state; what is not run here ends the course. */
function guarded<T>(course: Course, state: State, at: Position, now: Instant, act: () => T): T | Next {
  try {
    return act();
  } catch (reason) {
    if (reason instanceof NotRun) {
      return notRun(at, reason.message);
    }
    if (reason instanceof StateFailure) {
      const cause = `An error occurred while executing the state '${at.state}'. ${reason.message}`;
      const fault = { error: reason.error, cause };
      const ends = !CATCHING.includes(state.Type) || (state.Catch?.length === 0 && state.Retry?.length === 0);
      return ends ? { to: 'fail', ...fault } : failed(course, at, fault, now);
    }
    throw reason;
  }
}

function fieldsOf(course: Course, state: State, at: Position, now: Instant): Fields {
  const State = {
    Name: at.state,
    EnteredTime: dateOf(at.enteredAt).toISOString(),
    RetryCount: at.tries.reduce((sum, one) => sum + one, 0),
  };
  const { definition, chance } = course;
  const Task = at.token === undefined ? {} : { Task: { Token: at.token } };
  const scope = { variables: at.variables, context: { ...course.context, State, ...Task }, chance, now };
  return new Fields(state, definition.QueryLanguage, scope);
}

function step(course: Course, state: State, from: Position, now: Instant): Next | Position {
  const at = hasToken(state.Resource ?? '') ? { ...from, token: course.chance.token() } : from;
  const fields = fieldsOf(course, state, at, now);
  const input = fields.input(at.input);
  switch (state.Type) {
    case 'Pass':
      return leave(state, at, fields, fields.passed(input));
    case 'Task':
      return task(course, state, at, fields, input);
    case 'Parallel':
    case 'Map':
      return { to: 'branch', branching: branchesOf(course, state, at, fields, input), at };
    case 'Choice':
      return choice(state, at, fields, input, now);
    case 'Wait':
      return { to: 'wait', ms: waitOf(state, fields, input, now), at };
    case 'Succeed':
      return { to: 'succeed', output: fields.left(at.input, input).input };
    case 'Fail':
      return { to: 'fail', error: fields.text('Error', input), cause: fields.text('Cause', input) };
    default:
      throw new NotRun(`states of type ${state.Type} are not run`);
  }
}

function task(course: Course, state: State, at: Position, fields: Fields, input: unknown): Next {
  const { Resource = '', Credentials } = state;
  if (Credentials !== undefined) {
    throw new NotRun('tasks do not take the role of Credentials');
  }
  const given = fields.given(input);
  if (FUNCTION.test(Resource)) {
    return { to: 'invoke', functionArn: Resource, payload: given, patience: undefined, at };
  }
  const integration = integrationOf(Resource);
  if (integration === undefined) {
    throw new NotRun(`tasks of ${Resource} are not run`);
  }
  const patience = integration.pattern === 'answer' ? undefined : patienceOf(state, fields, input);
  const { FunctionName, Payload, InvocationType } = (given ?? {}) as Readonly<Record<string, unknown>>;
  const waitsForFunction = InvocationType === undefined || InvocationType === 'RequestResponse';
  if (integration.optimized?.prefix === 'Lambda' && waitsForFunction) {
    return { to: 'invoke', functionArn: String(FunctionName ?? ''), payload: Payload ?? {}, patience, at };
  }
  return { to: 'call', integration, parameters: prepared(integration, given, course.context), patience, at };
}

function patienceOf({ TimeoutSeconds, TimeoutSecondsPath, ...state }: State, fields: Fields, input: unknown): Patience {
  const { HeartbeatSeconds, HeartbeatSecondsPath } = state;
  const seconds = [
    fields.tryNumber('TimeoutSeconds', TimeoutSeconds, TimeoutSecondsPath, input),
    fields.tryNumber('HeartbeatSeconds', HeartbeatSeconds, HeartbeatSecondsPath, input),
  ];
  const [timeoutMs, heartbeatMs] = seconds.map((one) => (one === undefined ? undefined : one * SECOND));
  return { timeoutMs, heartbeatMs };
}

function choice(state: State, at: Position, fields: Fields, input: unknown, now: Instant): Next | Position {
  const number = state.Choices?.findIndex((rule, i) => fields.fits(rule, i, input)) ?? -1;
  const way = state.Choices?.[number];
  const next = way?.Next ?? state.Default;
  if (next === undefined) {
    return { to: 'fail', error: 'States.NoChoiceMatched', cause: `No choice of state '${at.state}' fits.` };
  }
  return { state: next, enteredAt: now, ...fields.chosen(at.input, input, way, number), tries: [] };
}

function waitOf(state: State, fields: Fields, input: unknown, now: Instant): number {
  if (state.Timestamp === undefined && state.TimestampPath === undefined) {
    return fields.number('Seconds', input) * SECOND;
  }
  const text = fields.text('Timestamp', input);
  const until = tryParseInstant(text);
  if (until === undefined) {
    const cause = `The Timestamp '${text}' is no ISO-8601 extended offset date-time.`;
    throw new StateFailure(RUNTIME, cause);
  }
  return Math.max(0, until - now);
}

function leave(state: State, at: Position, fields: Fields, result: unknown): Next | Position {
  const { input, variables } = fields.left(at.input, result);
  return state.Next === undefined
    ? { to: 'succeed', output: input }
    : { state: state.Next, enteredAt: fields.now, input, variables, tries: [] };
}

/**
 * Source: `States.ALL` and `States.TaskFailed` stand for every error but those that end all, the latter not for timeouts, and
 * `States.Timeout` for a heartbeat that stayed away, too.
 */
function matches(names: readonly string[], error: string): boolean {
  const stands = (name: string) =>
    name === error ||
    name === 'States.ALL' ||
    (name === 'States.TaskFailed' && error !== TIMEOUT) ||
    (name === TIMEOUT && error === HEARTBEAT_TIMEOUT);
  return !FATAL.includes(error) && names.some(stands);
}
