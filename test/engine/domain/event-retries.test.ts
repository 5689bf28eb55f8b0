// Events that a target cannot take: when they are sent again, and what the dead-letter queue is told in the end.
import { nextTry } from '../../../engine/src/domain/event-retries';
import type { WorldState } from '../../../engine/src/domain/world-state';
import { DAY, MINUTE, parseInstant, SECOND } from '../../../engine/src/kernel/instant';
import { createFunction } from '../../../engine/src/operations/lambda/create-function';
import { putRule } from '../../../engine/src/operations/eventbridge/put-rule';
import { putTargets } from '../../../engine/src/operations/eventbridge/put-targets';
import { inject } from '../scenarios/fault-stage';
import { bodies, outcomes, queue, queueNamed, topic } from '../scenarios/listeners';
import { ENV, world } from '../scenarios/stage';

const NOW = parseInstant('2027-01-01');
const GIVEN = { env: ENV, source: 'own', detailType: 'Done', resources: [], detail: { a: 1 } };
const FUNCTION = `arn:aws:lambda:${ENV.region}:${ENV.account}:function:f`;
const STREAM = `arn:aws:kinesis:${ENV.region}:${ENV.account}:stream/s`;
const FAR = { ...ENV, region: 'eu-west-1' };

interface Retry {
  readonly MaximumRetryAttempts?: number;
  readonly MaximumEventAgeInSeconds?: number;
}

/** A rule that sends what happens to a target, and to a queue what it does not take. */
function sending(Arn: string, RetryPolicy?: Retry, dead = queueNamed('dead')): WorldState {
  const state = world('2027-01-01', {});
  queue(state, 'dead');
  queue(state, 'q');
  topic(state, 't');
  createFunction(state, ENV, { FunctionName: 'f', Role: 'arn:role' });
  putRule(state, ENV, { Name: 'r', EventPattern: JSON.stringify({ source: ['own'] }) });
  const DeadLetterConfig = { Arn: dead };
  putTargets(state, ENV, { Rule: 'r', Targets: [{ Id: 'a', Arn, Input: '"x"', DeadLetterConfig, RetryPolicy }] });
  return state;
}

function letters(state: WorldState): Record<string, string>[] {
  const messages = state.services.messaging.queues.tryFind(queueNamed('dead'))?.messages(state.now) ?? [];
  return messages.map(({ attributes }) =>
    Object.fromEntries(Object.entries(attributes).map(([name, { value }]) => [name, value])),
  );
}

function counted(state: WorldState): Record<string, number> {
  const dimensions = { RuleName: 'r' };
  const names = [
    'RetryInvocationAttempts',
    'FailedInvocations',
    'InvocationsSentToDlq',
    'InvocationsFailedToBeSentToDlq',
  ];
  const sum = (name: string) =>
    state.services.metrics.read({ env: ENV, namespace: 'AWS/Events', name, dimensions }, 'Sum', NOW, DAY, 1)[0] ?? 0;
  return Object.fromEntries(names.map((name) => [name, sum(name)]).filter(([, count]) => count !== 0));
}

const throttled = (service: string, more: object = {}) => ({ kind: 'calls-refused' as const, service, ...more });

test('pauses are doubled up to eight minutes, and 185 tries take about a day', () => {
  const pauses = [0, 1, 2, 8, 9, 100].map(
    (retries) => ((nextTry(undefined, NOW, retries, NOW) as number) - NOW) / SECOND,
  );
  expect(pauses).toEqual([1, 2, 4, 256, 480, 480]);
  let [at, retries] = [NOW, 0];
  for (
    let next = nextTry(undefined, NOW, 0, NOW);
    typeof next === 'number';
    next = nextTry(undefined, NOW, ++retries, at)
  ) {
    at = next;
  }
  expect([retries, Math.round((at - NOW) / MINUTE / 60)]).toEqual([185, 24]);
});

// prettier-ignore
test.each<[retries: number, now: number, policy: { attempts?: number; maximumAgeSeconds?: number }, next: unknown]>([
  [2, 0,   { attempts: 3 },            NOW + 4 * SECOND],
  [3, 0,   { attempts: 3 },            'MaximumRetryAttempts'],
  [0, 0,   { attempts: 0 },            'MaximumRetryAttempts'],
  [5, 28,  { maximumAgeSeconds: 60 },  NOW + 60 * SECOND],
  [5, 29,  { maximumAgeSeconds: 60 },  'MaximumEventAgeInSeconds'],
])('after %d retries, %d seconds later, with %j: %s', (retries, seconds, policy, next) => {
  const given = { attempts: policy.attempts, maximumAgeSeconds: policy.maximumAgeSeconds };
  expect(nextTry(given, NOW, retries, NOW + seconds * SECOND)).toEqual(next);
});

// prettier-ignore
test.each<[what: string, fault: object, to: string]>([
  ['a queue that is throttled',      throttled('sqs', { operation: 'SendMessage' }),  queueNamed('q')],
  ['a topic that is throttled',      throttled('sns'),                               `arn:aws:sns:${ENV.region}:${ENV.account}:t`],
  ['a function that is throttled',   throttled('lambda', { operation: 'Invoke' }),    FUNCTION],
  ['a service that is not available', throttled('lambda', { exception: 'ServiceUnavailableException' }), FUNCTION],
])('%s gets its event once it can take it, and nobody hears of the tries', (_what, fault, to) => {
  const state = sending(to);
  inject(state, { ...(fault as ReturnType<typeof throttled>), to: '2027-01-01T00:01:40Z' });
  state.services.events.announce(GIVEN);
  state.runUntil(NOW + 100 * SECOND);
  expect([outcomes(state), letters(state)]).toEqual([[], []]);
  state.runUntil(NOW + 10 * MINUTE);
  // Tried after 1, 3, 7, 15, 31, 63 and 127 seconds.
  expect(state.services.messaging.deliveries.list().filter(({ at }) => at !== NOW + 127 * SECOND)).toEqual([]);
  expect(outcomes(state)).toHaveLength(1);
  expect(outcomes(state)[0]).toMatch(/^arrived /);
  expect([letters(state), counted(state)]).toEqual([[], { RetryInvocationAttempts: 7 }]);
});

test('a bus of a Region that is out hears of the event when it is back', () => {
  const state = sending(`arn:aws:events:${FAR.region}:${FAR.account}:event-bus/default`);
  queue(state, 'there');
  putRule(state, FAR, { Name: 'far', EventPattern: JSON.stringify({ source: ['own'] }) });
  putTargets(state, FAR, { Rule: 'far', Targets: [{ Id: 'q', Arn: queueNamed('there') }] });
  inject(state, { kind: 'region-out', region: FAR.region, to: '2027-01-01T00:00:10Z' });
  state.services.events.announce(GIVEN);
  state.runUntil(NOW + 10 * SECOND);
  expect(bodies(state, 'there')).toEqual([]);
  state.runUntil(NOW + MINUTE);
  expect(bodies(state, 'there')).toHaveLength(1);
});

// prettier-ignore
test.each<[policy: Retry, retries: number, seconds: number, condition: string]>([
  [{ MaximumRetryAttempts: 3 },                                 3, 7,  'MaximumRetryAttempts'],
  [{ MaximumRetryAttempts: 0 },                                 0, 0,  'MaximumRetryAttempts'],
  [{ MaximumEventAgeInSeconds: 60 },                            5, 31, 'MaximumEventAgeInSeconds'],
  [{ MaximumEventAgeInSeconds: 60, MaximumRetryAttempts: 185 }, 5, 31, 'MaximumEventAgeInSeconds'],
])('with %j an event is given up after %d retries, %d seconds later', (policy, retries, seconds, condition) => {
  const state = sending(FUNCTION, policy);
  inject(state, throttled('lambda'));
  state.services.events.announce(GIVEN);
  state.runUntil(NOW + seconds * SECOND);
  expect(letters(state)).toHaveLength(seconds === 0 ? 1 : 0);
  state.runUntil(NOW + seconds * SECOND + 1);
  expect(bodies(state, 'dead')).toEqual(['"x"']);
  expect(letters(state)).toEqual([
    {
      ...{ RULE_ARN: `arn:aws:events:${ENV.region}:${ENV.account}:rule/r`, TARGET_ARN: FUNCTION },
      ...{ ERROR_CODE: 'THROTTLING', ERROR_MESSAGE: 'lambda throttled it', RETRY_ATTEMPTS: `${retries}` },
      EXHAUSTED_RETRY_CONDITION: condition,
    },
  ]);
  expect(outcomes(state)).toEqual([
    `lost function:f lambda throttled it (after ${retries} retries, ${condition})`,
    'arrived dead sqs took it',
  ]);
  const tried = retries === 0 ? {} : { RetryInvocationAttempts: retries };
  expect(counted(state)).toEqual({ ...tried, FailedInvocations: 1, InvocationsSentToDlq: 1 });
});

// prettier-ignore
test.each<[what: string, to: string, fault: object | undefined, code: string]>([
  ['is gone',               queueNamed('none'), undefined,                                                   'RESOURCE_NOT_FOUND'],
  ['refuses EventBridge',   FUNCTION,           throttled('lambda', { exception: 'AccessDeniedException' }), 'NO_PERMISSIONS'],
  ['is not emulated',       STREAM,             throttled('kinesis'),                                        'SDK_CLIENT_ERROR'],
])('a target that %s is not tried again', (_what, to, fault, code) => {
  const state = sending(to);
  if (fault !== undefined) {
    inject(state, fault as ReturnType<typeof throttled>);
  }
  state.services.events.announce(GIVEN);
  expect(letters(state)).toMatchObject([{ ERROR_CODE: code, RETRY_ATTEMPTS: '0', TARGET_ARN: to }]);
  expect(letters(state)[0]).not.toHaveProperty('EXHAUSTED_RETRY_CONDITION');
  expect(counted(state)).toEqual({ FailedInvocations: 1, InvocationsSentToDlq: 1 });
});

test('what the dead-letter queue does not take either is lost, and counted', () => {
  const state = sending(queueNamed('none'), {}, queueNamed('nowhere'));
  state.services.events.announce(GIVEN);
  expect(outcomes(state).every((line) => line.startsWith('lost '))).toBe(true);
  expect(counted(state)).toEqual({ FailedInvocations: 1, InvocationsFailedToBeSentToDlq: 1 });
});
