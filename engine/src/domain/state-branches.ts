/**
 * What Parallel and Map states run: their branches and iterations, how many at once, and how many may fail.
 *
 * Pure, but for chance that is drawn.
 * Source   the developer guide of Step Functions, "Parallel workflow state", "Map workflow state": inline and distributed mode,
 *          ItemBatcher, tolerated failure thresholds.
 * Assumed  An error of a branch is that of its state; iterations of distributed mode that failed and are tolerated are left out
 *          of the result.
 * Spec     state-machines.md
 */
import { dateOf } from '../kernel/instant';
import type { Fields } from './state-fields';
import { NotRun, RUNTIME, type State, StateFailure, type StateFault } from './states-definition';
import type { Course, Position } from './states-language';
import { type Context, History, type Variables } from './states-scope';

export interface Branch {
  readonly course: Course;
  readonly input: unknown;
  /** Those of the states around, which the branch sees. */
  readonly variables: Variables;
}

export interface Branching {
  readonly branches: readonly Branch[];
  /** How many are under way at once. */
  readonly most: number;
  /** Why the state fails with the branches that failed so far; undefined while it does not. */
  readonly fails: (faults: readonly StateFault[]) => StateFault | undefined;
}

/** Source: iterations at once, whatever MaxConcurrency says. */
const MOST_INLINE = 40;
const MOST_DISTRIBUTED = 10_000;

/** @throws NotRun, StateFailure */
export function branchesOf(course: Course, state: State, at: Position, fields: Fields, input: unknown): Branching {
  if (state.Type === 'Map') {
    return iterationsOf(course, state, at, fields, input);
  }
  const given = fields.given(input);
  const branches = (state.Branches ?? []).map((definition) => ({
    course: { ...course, definition: { ...course.definition, ...definition } },
    input: given,
    variables: at.variables,
  }));
  return { branches, most: Infinity, fails: ([first]) => first };
}

function iterationsOf(course: Course, state: State, at: Position, fields: Fields, input: unknown): Branching {
  const processor = state.ItemProcessor ?? state.Iterator;
  if (processor === undefined) {
    throw new StateFailure(RUNTIME, 'It has no ItemProcessor.');
  }
  const distributed = state.ItemProcessor?.ProcessorConfig?.Mode === 'DISTRIBUTED';
  refuseStored(state);
  const items = itemsOf(fields, input);
  const single = items.map(({ item, shown }) => fields.within({ Map: { Item: shown } }).item(input, item));
  const given = distributed ? batched(state, fields, input, single) : single;
  const branches = given.map((one, i) => ({
    course: {
      chance: course.chance,
      history: distributed ? new History() : course.history,
      definition: { ...course.definition, ...processor },
      context: distributed
        ? childOf(course, state.Label ?? at.state, one, fields)
        : { ...course.context, Map: { Item: items[i]?.shown } },
    },
    input: one,
    variables: distributed ? {} : at.variables,
  }));
  const asked = fields.number('MaxConcurrency', input) || Infinity;
  return {
    branches,
    most: Math.min(asked, distributed ? MOST_DISTRIBUTED : MOST_INLINE),
    fails: distributed ? tolerance(state, fields, input, branches.length) : ([first]) => first,
  };
}

/** Assumed: what would be read from or written to S3 is refused, as the states run without waiting for content. */
function refuseStored({ ItemReader, ResultWriter }: State): void {
  if (ItemReader !== undefined) {
    throw new NotRun('items are not read from S3 (ItemReader): give them as an array');
  }
  if (ResultWriter !== undefined) {
    throw new NotRun('results are not written to S3 (ResultWriter)');
  }
}

/** What is gone through, with what the context object shows of each. */
function itemsOf(fields: Fields, input: unknown): { readonly item: unknown; readonly shown: Context }[] {
  const found = fields.items(input);
  if (Array.isArray(found)) {
    return found.map((item: unknown, Index) => ({ item, shown: { Index, Value: item } }));
  }
  if (typeof found !== 'object' || found === null || !fields.takesObjects) {
    throw new StateFailure(RUNTIME, `The items of a Map state must be an array, got ${JSON.stringify(found)}`);
  }
  return Object.entries(found).map(([Key, Value], Index) => ({
    item: { Key, Value: Value as unknown },
    shown: { Index, Key, Value: Value as unknown },
  }));
}

/** Source: so many items or bytes of them in one iteration of distributed mode, with a BatchInput beside. */
function batched(state: State, fields: Fields, input: unknown, items: readonly unknown[]): readonly unknown[] {
  const { ItemBatcher } = state;
  if (ItemBatcher === undefined) {
    return items;
  }
  const { MaxItemsPerBatch, MaxItemsPerBatchPath, MaxInputBytesPerBatch, MaxInputBytesPerBatchPath } = ItemBatcher;
  const [manyField, bytesField] = ['ItemBatcher/MaxItemsPerBatch', 'ItemBatcher/MaxInputBytesPerBatch'];
  const many = fields.tryNumber(manyField, MaxItemsPerBatch, MaxItemsPerBatchPath, input) ?? Infinity;
  const bytes = fields.tryNumber(bytesField, MaxInputBytesPerBatch, MaxInputBytesPerBatchPath, input) ?? Infinity;
  const { BatchInput } = ItemBatcher;
  const beside =
    BatchInput === undefined ? {} : { BatchInput: fields.filled(BatchInput, input, 'ItemBatcher/BatchInput') };
  const batches: unknown[][] = [];
  for (const item of items) {
    const last = batches.at(-1);
    const fits = last !== undefined && last.length < many && sizeOf({ ...beside, Items: [...last, item] }) <= bytes;
    if (fits) {
      last.push(item);
    } else {
      batches.push([item]);
    }
  }
  return batches.map((Items) => ({ ...beside, Items }));
}

function sizeOf(value: unknown): number {
  return Buffer.byteLength(JSON.stringify(value));
}

/** Source: an iteration of distributed mode is an execution of its own, of the state machine with the label of the state. */
function childOf({ context, chance }: Course, label: string, Input: unknown, { now }: Fields): Context {
  const { Execution, StateMachine } = context as {
    readonly Execution?: object;
    readonly StateMachine?: { readonly Id: string };
  };
  const Name = chance.uuid();
  const Id = `${StateMachine?.Id.replace(':stateMachine:', ':execution:')}/${label}:${Name}`;
  return { ...context, Execution: { ...Execution, Id, Name, Input, StartTime: dateOf(now).toISOString() } };
}

function tolerance(state: State, fields: Fields, input: unknown, total: number): Branching['fails'] {
  const { ToleratedFailureCount: Count, ToleratedFailurePercentage: Percentage } = state;
  const count = fields.tryNumber('ToleratedFailureCount', Count, state.ToleratedFailureCountPath, input);
  const percentage = fields.tryNumber(
    ...(['ToleratedFailurePercentage', Percentage, state.ToleratedFailurePercentagePath, input] as const),
  );
  const most = Math.min(count ?? Infinity, percentage === undefined ? (count ?? 0) : (percentage / 100) * total);
  return ({ length }) =>
    length > most
      ? {
          error: 'States.ExceedToleratedFailureThreshold',
          cause: 'The specified tolerated failure threshold was exceeded',
        }
      : undefined;
}
