// Executions with branches, iterations and limits of time: what runs side by side, and what is left when one fails.
import type { Answer, Invocation } from '../../../engine/src/domain/functions';
import { parseInstant, SECOND } from '../../../engine/src/kernel/instant';
import { createStateMachine } from '../../../engine/src/operations/sfn/create-state-machine';
import { describeExecution } from '../../../engine/src/operations/sfn/describe-execution';
import { startExecution } from '../../../engine/src/operations/sfn/start-execution';
import { ENV, world } from '../scenarios/stage';

const NOW = parseInstant('2027-01-01');
const FUNCTION = `arn:aws:lambda:${ENV.region}:${ENV.account}:function:f`;
const MACHINE = `arn:aws:states:${ENV.region}:${ENV.account}:stateMachine:m`;
const ROLE = 'arn:role';

type States = Record<string, object>;

/** A payload `{ "fail": … }` makes the function fail so; it returns any other. */
function answerTo(payload: string): Answer {
  const { fail } = (JSON.parse(payload) ?? {}) as { readonly fail?: string };
  return fail === undefined
    ? { payload, error: undefined, log: [] }
    : { payload: undefined, error: { type: fail, message: '' }, log: [] };
}

function executed(States: States, input: unknown = {}, more: object = {}) {
  const made = world('2027-01-01', {});
  const { functions, messaging } = made.services;
  messaging.functions.add(ENV, 'f', {
    ...{ runtime: 'nodejs22.x', handler: 'index.handler', roleArn: undefined, environment: {}, timeoutSeconds: 3 },
    ...{ memoryMib: 128, code: {}, deadLetterArn: undefined },
  });
  functions.begin(() => Promise.reject(new Error('nobody waits for this')));
  const calls: [seconds: number, payload: unknown][] = [];
  const run = (invocation: Invocation) => {
    calls.push([(made.now - NOW) / SECOND, JSON.parse(invocation.payload)]);
    functions.settle(invocation, answerTo(invocation.payload));
  };
  const definition = JSON.stringify({ StartAt: 'A', States, ...more });
  createStateMachine(made, ENV, { name: 'm', definition, roleArn: ROLE });
  const asked = { stateMachineArn: MACHINE, name: 'x', input: JSON.stringify(input) };
  const { executionArn } = startExecution(made, ENV, asked);
  while (!made.runUntil(parseInstant('2027-01-01T01:00:00Z'))) {
    for (let next = functions.next(); next !== undefined; next = functions.next()) run(next);
  }
  const { status, output, error, stopDate } = describeExecution(made, ENV, { executionArn });
  const seconds = stopDate === undefined ? undefined : (Number(stopDate) - NOW) / SECOND;
  return { ends: [status, output === undefined ? error : JSON.parse(output), seconds], calls };
}

const wait = (Seconds: number, Next?: string) => ({ Type: 'Wait', Seconds, ...(Next ? { Next } : { End: true }) });
const pass = (Result: unknown) => ({ Type: 'Pass', Result, End: true });
const fail = (Error: string) => ({ Type: 'Fail', Error });
const task = (more: object = {}) => ({ Type: 'Task', Resource: FUNCTION, End: true, ...more });
const branch = (...states: object[]) => ({
  StartAt: 'S0',
  States: Object.fromEntries(states.map((state, i) => [`S${i}`, state])),
});
const parallel = (Branches: object[], more: object = {}) => ({ A: { Type: 'Parallel', Branches, End: true, ...more } });
const map = (ItemProcessor: object, more: object = {}) => ({
  A: { Type: 'Map', ItemsPath: '$.l', ItemProcessor, End: true, ...more },
});
const END = { Type: 'Succeed' };

describe('branches of a Parallel state', () => {
  test('run side by side, and what they made is in their order, whichever ends first', () => {
    const Branches = [
      branch(wait(20, 'S1'), pass('slow')),
      branch(wait(10, 'S1'), pass('fast')),
      branch(pass('at once')),
    ];
    expect(executed(parallel(Branches)).ends).toEqual(['SUCCEEDED', ['slow', 'fast', 'at once'], 20]);
    expect(executed(parallel([])).ends).toEqual(['SUCCEEDED', [], 0]);
    expect(executed(parallel([branch(pass(1)), branch(pass(2))])).ends).toEqual(['SUCCEEDED', [1, 2], 0]);
  });

  test('call functions at once, and go on as each returns', () => {
    const Branches = [branch(task({ Parameters: { n: 1 } })), branch(wait(5, 'S1'), task({ Parameters: { n: 2 } }))];
    expect(executed(parallel(Branches))).toEqual({
      ends: ['SUCCEEDED', [{ n: 1 }, { n: 2 }], 5],
      calls: [
        [0, { n: 1 }],
        [5, { n: 2 }],
      ],
    });
  });

  test('are left as soon as one fails, with what they wait for and what is within them', () => {
    const inner = { ...map(branch(wait(20, 'S1'), task())).A, ItemsPath: '$.l' };
    const Branches = [branch(wait(10, 'S1'), fail('Mine')), branch(wait(20, 'S1'), task()), branch(inner)];
    expect(executed(parallel(Branches), { l: [1, 2] })).toEqual({ ends: ['FAILED', 'Mine', 10], calls: [] });
  });

  test('are not begun once one before them has failed', () => {
    expect(executed(parallel([branch(fail('Mine')), branch(task())]))).toEqual({
      ends: ['FAILED', 'Mine', 0],
      calls: [],
    });
  });

  test('that fail are caught by their state, or begin again as its retrier says', () => {
    const Catch = [{ ErrorEquals: ['Mine'], ResultPath: '$.e', Next: 'B' }];
    const Branches = [branch(wait(10, 'S1'), fail('Mine')), branch(task({ Parameters: {} }))];
    const caught = executed({ ...parallel(Branches, { Catch }), B: END }, { a: 1 });
    expect(caught).toEqual({
      ends: ['SUCCEEDED', { a: 1, e: { Error: 'Mine', Cause: '' } }, 10],
      calls: [[0, {}]],
    });
    const Retry = [{ ErrorEquals: ['Mine'], IntervalSeconds: 30, MaxAttempts: 1 }];
    expect(executed(parallel(Branches, { Retry }))).toEqual({
      ends: ['FAILED', 'Mine', 50],
      calls: [
        [0, {}],
        [40, {}],
      ],
    });
  });

  test('that were left draw no chance any more: what comes after is as if they did nothing', () => {
    const drawn = { Type: 'Pass', Parameters: { 'id.$': 'States.UUID()' }, End: true };
    const Catch = [{ ErrorEquals: ['Mine'], Next: 'B' }];
    const after = (left: object[]) => {
      const states = parallel([branch(task({ Parameters: { fail: 'Mine' } })), branch(...left)], { Catch });
      return executed({ ...states, B: wait(60, 'C'), C: drawn }).ends;
    };
    expect(after([task({ Parameters: {}, Next: 'S1', End: undefined }), drawn])).toEqual(
      after([task({ Parameters: {} })]),
    );
    expect(after([wait(30, 'S1'), drawn])).toEqual(after([wait(30)]));
    expect(after([drawn])).not.toEqual(after([wait(30)]));
  });
});

describe('iterations of a Map state', () => {
  const l = [1, 2, 3, 4, 5];
  const slow = branch(task({ Next: 'S1', End: undefined }), wait(10));

  test('are under way so many at once, the next as soon as one is over', () => {
    const { ends, calls } = executed(map(slow, { MaxConcurrency: 2 }), { l });
    expect(calls).toEqual([0, 0, 10, 10, 20].map((seconds, i) => [seconds, l[i]]));
    expect(ends).toEqual(['SUCCEEDED', l, 30]);
    const uneven = branch({ Type: 'Wait', SecondsPath: '$', End: true });
    expect(executed(map(uneven, { MaxConcurrency: 2 }), { l: [30, 10, 10, 10] }).ends).toEqual([
      ...['SUCCEEDED', [30, 10, 10, 10], 30],
    ]);
  });

  test('that take no time end at once, one after the other', () => {
    expect(executed(map(branch(END), { MaxConcurrency: 1 }), { l }).ends).toEqual(['SUCCEEDED', l, 0]);
    expect(executed(map(branch(END)), { l: [] }).ends).toEqual(['SUCCEEDED', [], 0]);
  });

  test('that take no time are gone on from once', () => {
    const B = task({ Parameters: { n: 1 } });
    const states = { ...map(branch(END), { MaxConcurrency: 1, Next: 'B', End: undefined }), B };
    expect(executed(states, { l })).toEqual({ ends: ['SUCCEEDED', { n: 1 }, 0], calls: [[0, { n: 1 }]] });
  });

  test('are not begun once one has failed', () => {
    const each = branch(task());
    const failing = [{ n: 1 }, { fail: 'Mine' }, { n: 3 }];
    expect(executed(map(each, { MaxConcurrency: 1 }), { l: failing })).toEqual({
      ends: ['FAILED', 'Mine', 0],
      calls: [
        [0, { n: 1 }],
        [0, { fail: 'Mine' }],
      ],
    });
  });

  test('of distributed mode may fail up to the threshold, and are then left out of the result', () => {
    const distributed = (failures: number) => {
      const each = { ...branch(task()), ProcessorConfig: { Mode: 'DISTRIBUTED' } };
      const items = Array.from({ length: 4 }, (_, i) => (i < failures ? { fail: 'Mine' } : { n: i }));
      return executed(map(each, { ToleratedFailureCount: 2 }), { l: items }).ends;
    };
    expect(distributed(0)).toEqual(['SUCCEEDED', [0, 1, 2, 3].map((n) => ({ n })), 0]);
    expect(distributed(2)).toEqual(['SUCCEEDED', [{ n: 2 }, { n: 3 }], 0]);
    expect(distributed(3)).toEqual(['FAILED', 'States.ExceedToleratedFailureThreshold', 0]);
  });
});

describe('an execution with a limit of time', () => {
  test('is TIMED_OUT when that is over, and does nothing any more, nor do its branches', () => {
    const more = { TimeoutSeconds: 10 };
    expect(executed({ A: wait(20, 'B'), B: task() }, {}, more)).toEqual({
      ends: ['TIMED_OUT', undefined, 10],
      calls: [],
    });
    const branches = parallel([branch(wait(20, 'S1'), task())]);
    expect(executed(branches, {}, more)).toEqual({ ends: ['TIMED_OUT', undefined, 10], calls: [] });
  });

  test('that ended before stays as it ended', () => {
    expect(executed({ A: wait(5) }, { a: 1 }, { TimeoutSeconds: 10 }).ends).toEqual(['SUCCEEDED', { a: 1 }, 5]);
    expect(executed({ A: fail('Mine') }, {}, { TimeoutSeconds: 10 }).ends).toEqual(['FAILED', 'Mine', 0]);
  });
});

test('a state sees its execution and its machine in the context', () => {
  const A = { Type: 'Pass', Parameters: { 'all.$': '$$' }, End: true };
  expect(executed({ A }, { a: 1 }).ends[1]).toEqual({
    all: {
      Execution: {
        ...{ Id: `${MACHINE.replace(':stateMachine:', ':execution:')}:x`, Name: 'x', RoleArn: ROLE },
        ...{ Input: { a: 1 }, StartTime: '2027-01-01T00:00:00.000Z', RedriveCount: 0 },
      },
      StateMachine: { Id: MACHINE, Name: 'm' },
      State: { Name: 'A', EnteredTime: '2027-01-01T00:00:00.000Z', RetryCount: 0 },
    },
  });
});

test('a function is found by its name, too', () => {
  const named = (FunctionName: string) =>
    executed({ A: task({ Resource: 'arn:aws:states:::lambda:invoke', Parameters: { FunctionName } }) });
  expect(named('f')).toMatchObject({ ends: ['SUCCEEDED', { Payload: {} }, 0], calls: [[0, {}]] });
  expect(named('g').ends).toEqual(['FAILED', 'Lambda.ResourceNotFoundException', 0]);
});

test('an execution of a machine that is gone stays as it began', () => {
  const made = world('2027-01-01', {});
  const { functions, messaging } = made.services;
  functions.begin(() => Promise.reject(new Error('there is none')));
  expect(messaging.stateMachines.start(MACHINE, '{}', made.now).status).toBe('RUNNING');
});
