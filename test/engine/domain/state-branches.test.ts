// What Parallel and Map states hand to their branches and iterations, in either query language.
import { parseInstant } from '../../../engine/src/kernel/instant';
import type { Definition } from '../../../engine/src/domain/states-definition';
import { begin, type Course, type Next } from '../../../engine/src/domain/states-language';
import { Chance, History } from '../../../engine/src/domain/states-scope';

const NOW = parseInstant('2027-01-01');
const CONTEXT = {
  Execution: { Id: 'arn:e', Name: 'e', RoleArn: 'arn:role' },
  StateMachine: { Id: 'arn:aws:states:r:1:stateMachine:m' },
};
const JSONATA = { QueryLanguage: 'JSONata' };

function course(state: object, more: Partial<Definition> = {}): Course {
  const definition = { StartAt: 'A', States: { A: { ...state, End: true } as Definition['States'][string] }, ...more };
  return { definition, context: CONTEXT, chance: new Chance(1, 'arn:e'), history: new History() };
}

function branching(state: object, input: unknown, more: Partial<Definition> = {}) {
  const one = course(state, more);
  const next = begin(one, input, NOW);
  if (next.to !== 'branch') {
    throw new Error(JSON.stringify(next));
  }
  return { ...next.branching, history: one.history };
}

/** How each branch ends that takes no time. */
function ends(state: object, input: unknown, more: Partial<Definition> = {}): Next[] {
  return branching(state, input, more).branches.map((one) => begin(one.course, one.input, NOW, one.variables));
}

const pass = (state: object) => ({ StartAt: 'P', States: { P: { Type: 'Pass', End: true, ...state } } });
const output = (value: unknown) => ({ to: 'succeed', output: value });
const FAULTS = [
  { error: 'First', cause: '1' },
  { error: 'Second', cause: '2' },
];

test('branches run in the language of their machine, with its context and its variables, and the first that fails counts', () => {
  const Branches = [
    pass({ Output: '{% $states.input.a + 1 %}' }),
    pass({ Output: '{% $states.context.Execution.Name %}' }),
  ];
  expect(ends({ Type: 'Parallel', Branches }, { a: 1 }, JSONATA)).toEqual([output(2), output('e')]);
  const made = branching({ Type: 'Parallel', Branches }, { a: 1 }, JSONATA);
  expect([made.fails([]), made.fails(FAULTS)]).toEqual([undefined, FAULTS[0]]);
  expect(made.branches.map((one) => one.course.history)).toEqual([made.history, made.history]);
  expect(branching({ Type: 'Parallel' }, {}).branches).toEqual([]);
});

test('an iteration sees its item in the context, beside what the machine shows, and shares the history', () => {
  const item = pass({ Parameters: { 'i.$': '$$.Map.Item', 'e.$': '$$.Execution.Name', 'in.$': '$' } });
  const state = { Type: 'Map', ItemsPath: '$.l', ItemProcessor: item };
  expect(ends(state, { l: ['a', 'b'] })).toEqual(
    ['a', 'b'].map((Value, Index) => output({ i: { Index, Value }, e: 'e', in: Value })),
  );
  const made = branching(state, { l: ['a'] });
  expect(made.branches.map((one) => one.course.history)).toEqual([made.history]);
  const jsonata = pass({ Output: '{% $states.context.Map.Item.Key & $states.input.Value %}' });
  const over = { Type: 'Map', Items: '{% $states.input.o %}', ItemProcessor: jsonata };
  expect(ends(over, { o: { x: 1, y: 2 } }, JSONATA)).toEqual([output('x1'), output('y2')]);
});

test('an iteration of distributed mode is an execution of its own, with a history of its own', () => {
  const shown = pass({ Parameters: { 'x.$': '$$.Execution', 'm.$': '$$.StateMachine.Id' } });
  const ItemProcessor = { ...shown, ProcessorConfig: { Mode: 'DISTRIBUTED' as const } };
  const state = { Type: 'Map', ItemsPath: '$.l', ItemProcessor };
  const [one, other] = ends(state, { l: [1, 2] }) as { output: { x: { Id: string; Name: string } } }[];
  const { Name = '', ...rest } = one?.output.x ?? {};
  expect(rest).toEqual({
    ...{ Id: `arn:aws:states:r:1:execution:m/A:${Name}`, Input: 1 },
    ...{ RoleArn: 'arn:role', StartTime: '2027-01-01T00:00:00.000Z' },
  });
  expect(Name).not.toBe(other?.output.x.Name);
  const made = branching(state, { l: [1, 2] });
  expect(made.most).toBe(10_000);
  expect(new Set([made.history, ...made.branches.map((each) => each.course.history)]).size).toBe(3);
  expect(branching({ ...state, MaxConcurrency: 10_001 }, { l: [1] }).most).toBe(10_000);
  expect(branching({ ...state, MaxConcurrency: 0 }, { l: [1] }).most).toBe(10_000);
});

test('an iteration of inline mode sees the variables around it', () => {
  const one = course({ Type: 'Map', ItemsPath: '$.l', ItemProcessor: pass({ Parameters: { 'v.$': '$v' } }) });
  const next = begin(one, { l: [1] }, NOW, { v: 7 });
  const [branch] = next.to === 'branch' ? next.branching.branches : [];
  expect(branch && begin(branch.course, branch.input, NOW, branch.variables)).toEqual(output({ v: 7 }));
});

const DISTRIBUTED = { ...pass({}), ProcessorConfig: { Mode: 'DISTRIBUTED' as const } };

test('a batch has what is beside its items only where something is, in either language', () => {
  const state = { Type: 'Map', ItemsPath: '$.l', ItemProcessor: DISTRIBUTED };
  const inputs = (ItemBatcher: object) =>
    branching({ ...state, ItemBatcher }, { l: ['a', 'b', 'c'] }).branches.map(({ input }) => input);
  expect(inputs({ MaxItemsPerBatch: 2 })).toStrictEqual([{ Items: ['a', 'b'] }, { Items: ['c'] }]);
  expect(inputs({ MaxItemsPerBatch: 3 })).toStrictEqual([{ Items: ['a', 'b', 'c'] }]);
  // What is beside the items counts, in bytes.
  const beside = { BatchInput: { b: 'ä' } };
  const bytes = Buffer.byteLength(JSON.stringify({ ...beside, Items: ['a', 'b'] }));
  expect(inputs({ ...beside, MaxInputBytesPerBatch: bytes })).toHaveLength(2);
  expect(inputs({ ...beside, MaxInputBytesPerBatch: bytes - 1 })).toHaveLength(3);
  const jsonata = { Type: 'Map', Items: '{% $states.input.l %}', ItemProcessor: DISTRIBUTED };
  const ItemBatcher = { MaxItemsPerBatch: '{% $states.input.n %}', BatchInput: { n: '{% $states.input.n %}' } };
  const made = branching({ ...jsonata, ItemBatcher }, { l: [1, 2, 3], n: 2 }, JSONATA);
  expect(made.branches.map(({ input }) => input)).toStrictEqual([
    { BatchInput: { n: 2 }, Items: [1, 2] },
    { BatchInput: { n: 2 }, Items: [3] },
  ]);
});

// prettier-ignore
test.each<[what: string, state: object, why: string]>([
  ['no processor',           { ItemsPath: '$.l' },                                        'It has no ItemProcessor.'],
  ['null for items',         { ItemsPath: '$.none', ItemProcessor: pass({}) },            'The items of a Map state must be an array, got null'],
  ['an object for items',    { ItemsPath: '$.o', ItemProcessor: pass({}) },               'The items of a Map state must be an array, got {"a":1}'],
  ['a text for a batch',     { ItemsPath: '$.l', ItemProcessor: DISTRIBUTED, ItemBatcher: { MaxItemsPerBatchPath: '$.t' } }, 'The ItemBatcher/MaxItemsPerBatchPath parameter cannot be parsed as a long value: $.t == "x"'],
  ['a text for its bytes',   { ItemsPath: '$.l', ItemProcessor: DISTRIBUTED, ItemBatcher: { MaxInputBytesPerBatchPath: '$.t' } }, 'The ItemBatcher/MaxInputBytesPerBatchPath parameter cannot be parsed as a long value: $.t == "x"'],
  ['a text for a threshold', { ItemsPath: '$.l', ItemProcessor: DISTRIBUTED, ToleratedFailureCountPath: '$.t' }, 'The ToleratedFailureCountPath parameter cannot be parsed as a long value: $.t == "x"'],
])('a Map state with %s fails', (_what, state, why) => {
  const next = begin(course({ Type: 'Map', ...state }), { l: [1], o: { a: 1 }, none: null, t: 'x' }, NOW);
  expect(next).toEqual({
    ...{ to: 'fail', error: 'States.Runtime' },
    cause: `An error occurred while executing the state 'A'. ${why}`,
  });
});

test('in JSONata null is nothing that a Map state goes through', () => {
  const next = begin(course({ Type: 'Map', Items: null, ItemProcessor: pass({}) }, JSONATA), {}, NOW);
  expect(next).toMatchObject({
    error: 'States.Runtime',
    cause: expect.stringMatching(/must be an array, got null$/) as string,
  });
});
