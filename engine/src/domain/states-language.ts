/**
 * State machines in the Amazon States Language: which state comes next, and what it is given.
 *
 * Pure: a definition and a position in, the next thing to do out. states-data.ts reads and writes what states hold.
 * Units    waits in milliseconds.
 * Source   the developer guide of Step Functions: Pass, Task, Choice, Wait, Succeed and Fail states; Retry and Catch.
 * Assumed  What is not run (Map, Parallel, JSONata, tasks of other services than Lambda, functions but States.MathAdd) ends
 *          the execution with `NotEmulated`, naming the state.
 * Spec     state-machines.md
 */
import { type Instant, SECOND } from '../kernel/instant';
import { tryParseInstant } from '../kernel/instant';
import { chosen, type ChoiceRule } from './choice-rules';
import { filled, NotRun, putAt, read } from './states-data';

interface Retrier {
  readonly ErrorEquals: readonly string[];
  readonly IntervalSeconds?: number;
  readonly MaxAttempts?: number;
  readonly BackoffRate?: number;
  readonly MaxDelaySeconds?: number;
}

interface Catcher {
  readonly ErrorEquals: readonly string[];
  readonly ResultPath?: string | null;
  readonly Next: string;
}

interface State {
  readonly Type: string;
  readonly Next?: string;
  readonly End?: boolean;
  readonly InputPath?: string | null;
  readonly OutputPath?: string | null;
  readonly ResultPath?: string | null;
  readonly Parameters?: unknown;
  readonly ResultSelector?: unknown;
  readonly Result?: unknown;
  readonly Resource?: string;
  readonly QueryLanguage?: string;
  readonly Retry?: readonly Retrier[];
  readonly Catch?: readonly Catcher[];
  readonly Choices?: readonly (ChoiceRule & { readonly Next: string })[];
  readonly Default?: string;
  readonly Seconds?: number;
  readonly SecondsPath?: string;
  readonly Timestamp?: string;
  readonly TimestampPath?: string;
  readonly Error?: string;
  readonly Cause?: string;
}

export interface Definition {
  readonly StartAt: string;
  readonly QueryLanguage?: string;
  readonly States: Readonly<Record<string, State>>;
}

/** Where an execution is: a state, what came into it, and how often each of its retriers had it tried again. */
export interface Position {
  readonly state: string;
  readonly input: unknown;
  readonly tries: readonly number[];
}

export interface StateFault {
  readonly error: string;
  readonly cause: string;
}

/** What an execution does next. */
export type Next =
  | { readonly to: 'invoke'; readonly functionArn: string; readonly payload: unknown; readonly at: Position }
  | { readonly to: 'wait'; readonly ms: number; readonly at: Position }
  | { readonly to: 'succeed'; readonly output: unknown }
  | ({ readonly to: 'fail' } & StateFault);

const LAMBDA_INVOKE = /^arn:[^:]*:states:::lambda:invoke$/;
const FUNCTION = /^arn:[^:]*:lambda:[^:]*:\d*:function:/;

/** From the beginning. */
export function begin(definition: Definition, input: unknown, now: Instant): Next {
  return enter(definition, { state: definition.StartAt, input, tries: [] }, now);
}

/** A state is entered, or a task tried again: what there is to do until something takes time. */
export function enter(definition: Definition, from: Position, now: Instant): Next {
  let at = from;
  for (;;) {
    const state = definition.States[at.state];
    if (state === undefined) {
      return runtimeFault(`An error occurred: there is no state '${at.state}'.`);
    }
    try {
      const next = step(definition, state, at, now);
      if ('to' in next) {
        return next;
      }
      at = next;
    } catch (reason) {
      if (reason instanceof NotRun) {
        return { to: 'fail', error: 'NotEmulated', cause: `State '${at.state}': ${reason.message}` };
      }
      throw reason;
    }
  }
}

/** A wait is over. */
export function waited(definition: Definition, at: Position, now: Instant): Next {
  const state = definition.States[at.state];
  return state === undefined || state.Type === 'Task' ? enter(definition, at, now) : leave(definition, state, at, now);
}

/** A function returned: its state is left with what it said. */
export function returned(definition: Definition, at: Position, payload: unknown, now: Instant): Next {
  const state = definition.States[at.state] as State;
  const wrapped = LAMBDA_INVOKE.test(state.Resource ?? '') ? { Payload: payload, StatusCode: 200 } : payload;
  try {
    const selected = state.ResultSelector === undefined ? wrapped : filled(state.ResultSelector, wrapped);
    return leave(definition, state, { ...at, input: putAt(state.ResultPath, at.input, selected) }, now);
  } catch (reason) {
    if (reason instanceof NotRun) {
      return { to: 'fail', error: 'NotEmulated', cause: `State '${at.state}': ${reason.message}` };
    }
    throw reason;
  }
}

/** A task failed: it is tried again, caught, or ends the execution. */
export function failed(definition: Definition, at: Position, fault: StateFault, now: Instant): Next {
  const state = definition.States[at.state] as State;
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
  const catcher = state.Catch?.find(({ ErrorEquals }) => matches(ErrorEquals, fault.error));
  if (catcher === undefined) {
    return { to: 'fail', ...fault };
  }
  const input = putAt(catcher.ResultPath, at.input, { Error: fault.error, Cause: fault.cause });
  return enter(definition, { state: catcher.Next, input, tries: [] }, now);
}

function step(definition: Definition, state: State, at: Position, now: Instant): Next | Position {
  if ((state.QueryLanguage ?? definition.QueryLanguage) === 'JSONata') {
    throw new NotRun('JSONata is not run');
  }
  const input = read(state.InputPath, at.input);
  switch (state.Type) {
    case 'Pass': {
      const result = state.Result ?? (state.Parameters === undefined ? input : filled(state.Parameters, input));
      return leave(definition, state, { ...at, input: putAt(state.ResultPath, at.input, result) }, now);
    }
    case 'Task':
      return task(state, at, state.Parameters === undefined ? input : filled(state.Parameters, input));
    case 'Choice': {
      const next = state.Choices?.find((rule) => chosen(rule, input))?.Next ?? state.Default;
      return next === undefined
        ? { to: 'fail', error: 'States.NoChoiceMatched', cause: `No choice of state '${at.state}' fits.` }
        : { state: next, input: read(state.OutputPath, input), tries: [] };
    }
    case 'Wait':
      return { to: 'wait', ms: waitOf(state, input, now), at: { ...at, input } };
    case 'Succeed':
      return { to: 'succeed', output: read(state.OutputPath, input) };
    case 'Fail':
      return { to: 'fail', error: state.Error ?? '', cause: state.Cause ?? '' };
    default:
      throw new NotRun(`states of type ${state.Type} are not run`);
  }
}

function task({ Resource = '' }: State, at: Position, payload: unknown): Next {
  if (FUNCTION.test(Resource)) {
    return { to: 'invoke', functionArn: Resource, payload, at };
  }
  if (!LAMBDA_INVOKE.test(Resource)) {
    throw new NotRun(`tasks of ${Resource} are not run`);
  }
  const { FunctionName, Payload } = payload as { readonly FunctionName?: string; readonly Payload?: unknown };
  return { to: 'invoke', functionArn: FunctionName ?? '', payload: Payload ?? {}, at };
}

function waitOf(state: State, input: unknown, now: Instant): number {
  const { Seconds, SecondsPath, Timestamp, TimestampPath } = state;
  const until = Timestamp ?? (TimestampPath && read(TimestampPath, input));
  if (typeof until === 'string') {
    return Math.max(0, (tryParseInstant(until) ?? now) - now);
  }
  return Number(Seconds ?? read(SecondsPath, input)) * SECOND;
}

function leave(definition: Definition, state: State, at: Position, now: Instant): Next {
  const output = read(state.OutputPath, at.input);
  return state.Next === undefined
    ? { to: 'succeed', output }
    : enter(definition, { state: state.Next, input: output, tries: [] }, now);
}

/** Source: `States.ALL` stands for every error, `States.TaskFailed` for those of tasks but timeouts. */
function matches(names: readonly string[], error: string): boolean {
  return names.some((name) => name === 'States.ALL' || name === 'States.TaskFailed' || name === error);
}

function runtimeFault(cause: string): Next {
  return { to: 'fail', error: 'States.Runtime', cause };
}
