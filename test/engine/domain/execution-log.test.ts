// What executions write into the log group of their state machine.
import { WorldState } from '../../../engine/src/domain/world-state';
import { parseInstant } from '../../../engine/src/kernel/instant';
import { createStateMachine } from '../../../engine/src/operations/sfn/create-state-machine';
import { startExecution } from '../../../engine/src/operations/sfn/start-execution';
import { ENV } from '../scenarios/stage';

const START = parseInstant('2027-01-01T10:00:00Z');
const END = START + 5_000;
const ROLE = `arn:aws:iam::${ENV.account}:role/states`;
const MACHINE = `arn:aws:states:${ENV.region}:${ENV.account}:stateMachine:m`;
const GROUP = `arn:aws:logs:${ENV.region}:${ENV.account}:log-group:executions`;
const TO_GROUP = { cloudWatchLogsLogGroup: { logGroupArn: `${GROUP}:*` } };

const WAIT = { Type: 'Wait', Seconds: 5 };
// prettier-ignore
const DEFINITIONS = {
  succeeds:  { StartAt: 'A', States: { A: { ...WAIT, End: true } } },
  fails:     { StartAt: 'A', States: { A: { ...WAIT, Next: 'B' }, B: { Type: 'Fail', Error: 'Bad', Cause: 'so' } } },
  timesOut:  { StartAt: 'A', TimeoutSeconds: 5, States: { A: { ...WAIT, Seconds: 60, End: true } } },
};
type Ends = keyof typeof DEFINITIONS;

/** What one execution wrote, by the stream that it wrote it into. */
function written(ends: Ends, loggingConfiguration: Parameters<typeof createStateMachine>[2]['loggingConfiguration']) {
  const state = new WorldState({ start: START, keepEvents: 10 });
  state.services.functions.begin(() => Promise.reject(new Error('no function is called')));
  const definition = JSON.stringify(DEFINITIONS[ends]);
  createStateMachine(state, ENV, { name: 'm', definition, roleArn: ROLE, loggingConfiguration });
  startExecution(state, ENV, { stateMachineArn: MACHINE, name: 'x', input: '{"n":1}' });
  state.runUntil(START + 60_000);
  const events = state.services.messaging.logs.eventsOf(GROUP, state.now);
  return events.map(({ stream, at, message }) => ({ stream, at, entry: JSON.parse(message) as { type: string } }));
}

const STREAM = 'states/m/2027-01-01';
const of = `arn:aws:states:${ENV.region}:${ENV.account}:execution:m:x`;
const truncated = { truncated: false };

function started(data: object) {
  const details = { ...data, roleArn: ROLE };
  const event = { id: '1', type: 'ExecutionStarted', details, previous_event_id: '0' };
  return { stream: STREAM, at: START, entry: { ...event, event_timestamp: `${START}`, execution_arn: of } };
}

function ended(type: string, details: object) {
  const event = { id: '2', type, details, previous_event_id: '1' };
  return { stream: STREAM, at: END, entry: { ...event, event_timestamp: `${END}`, execution_arn: of } };
}

const INPUT = { input: '{"n":1}', inputDetails: truncated };
const OUTPUT = { output: '{"n":1}', outputDetails: truncated };

// prettier-ignore
test.each<[ends: Ends, includeExecutionData: boolean | undefined, input: object, type: string, details: object]>([
  ['succeeds', true,      INPUT, 'ExecutionSucceeded', OUTPUT],
  ['succeeds', false,     {},    'ExecutionSucceeded', {}],
  ['succeeds', undefined, {},    'ExecutionSucceeded', {}],
  ['fails',    true,      INPUT, 'ExecutionFailed',    { error: 'Bad', cause: 'so' }],
  ['fails',    false,     {},    'ExecutionFailed',    { error: 'Bad', cause: 'so' }],
  ['timesOut', true,      INPUT, 'ExecutionTimedOut',  {}],
])('an execution that %s, its data included: %p, tells of its beginning and its end', (ends, includeExecutionData, input, type, details) => {
  const logged = written(ends, { level: 'ALL', includeExecutionData, destinations: [TO_GROUP] });
  expect(logged).toEqual([started(input), ended(type, details)]);
});

// prettier-ignore
test.each<[level: 'ERROR' | 'FATAL' | 'OFF' | undefined, ends: Ends, types: string[]]>([
  ['ERROR',   'succeeds', []],
  ['ERROR',   'fails',    ['ExecutionFailed']],
  ['FATAL',   'succeeds', []],
  ['FATAL',   'timesOut', ['ExecutionTimedOut']],
  ['OFF',     'fails',    []],
  [undefined, 'fails',    []],
])('at the level %p an execution that %s tells of %p', (level, ends, types) => {
  expect(written(ends, { level, destinations: [TO_GROUP] }).map(({ entry }) => entry.type)).toEqual(types);
});

test('a machine without a log group writes nothing, and destinations that name none are passed over', () => {
  expect(written('succeeds', { level: 'ALL' })).toEqual([]);
  const destinations = [{}, { cloudWatchLogsLogGroup: {} }, TO_GROUP];
  expect(written('succeeds', { level: 'ALL', destinations })).toHaveLength(2);
});
