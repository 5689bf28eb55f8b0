// Functions that run: when they are due, what becomes of their answers, and when they run again.
import type { AsynchronousSettings, Answer, Invocation } from '../../../engine/src/domain/functions';
import { ASYNCHRONOUS, statementOf } from '../../../engine/src/domain/functions';
import type { WorldState } from '../../../engine/src/domain/world-state';
import { parseInstant, shortInstant } from '../../../engine/src/kernel/instant';
import { addPermission } from '../../../engine/src/operations/lambda/add-permission';
import { subscribe } from '../../../engine/src/operations/sns/subscribe';
import { bodies, events, heard, outcomes, queue, queueNamed, topic } from '../scenarios/listeners';
import { ENV, until, world } from '../scenarios/stage';

const OK: Answer = { payload: '{"done":true}', error: undefined, log: [] };
const BAD: Answer = { payload: undefined, error: { type: 'TypeError', message: 'x'.repeat(2000) }, log: ['said'] };
const EVENT = '{"a":1}';

function stage(asynchronous: Partial<AsynchronousSettings> = {}, answers: Answer[] = [], deadLetter = false) {
  const state = world('2027-01-01', {});
  const { functions, messaging } = state.services;
  const standing = messaging.functions.add(ENV, 'f', {
    runtime: 'nodejs22.x',
    handler: 'index.handler',
    roleArn: undefined,
    environment: {},
    timeoutSeconds: 3,
    memoryMib: 128,
    code: {},
    deadLetterArn: deadLetter ? queueNamed('dead') : undefined,
  });
  standing.asynchronous = { ...ASYNCHRONOUS, ...asynchronous };
  const ran: string[] = [];
  const answer = (invocation: Invocation) => answers[invocation.runs.length] ?? OK;
  functions.begin((invocation) => Promise.resolve(answer(invocation)));
  /** As the host moves the clock: whatever is due runs before anything else happens. */
  const move = (instant: string) => {
    for (;;) {
      const whole = state.runUntil(parseInstant(instant));
      if (whole) return;
      for (let next = functions.next(); next !== undefined; next = functions.next()) {
        ran.push(`${shortInstant(state.now)} ${next.number}`);
        functions.settle(next, answer(next));
      }
    }
  };
  return { state, functions, messaging, standing, ran, move };
}

function told(state: WorldState): string[] {
  return state.events().flatMap(({ at, kind, what }) => (kind === 'function' ? [`${shortInstant(at)} ${what}`] : []));
}

test('functions that are invoked at one instant run at it, in turn, before the clock moves', () => {
  const { state, messaging, standing, ran, move } = stage();
  messaging.invoke(standing, EVENT);
  messaging.invoke(standing, EVENT);
  move('2027-01-01T01:00:00Z');
  expect(ran).toEqual(['2027-01-01T00:00:00Z 0', '2027-01-01T00:00:00Z 1']);
  expect(state.ledger.paused).toBe(false);
  const ids = messaging.functions.invocations.map(({ requestId }) => requestId);
  expect(new Set(ids).size).toBe(2);
  expect(messaging.functions.invocations[0]?.runs).toEqual([{ at: parseInstant('2027-01-01'), ...OK }]);
});

test('nothing runs in a World that runs no functions', () => {
  const state = world('2027-01-01', {});
  const { messaging, functions } = state.services;
  const standing = messaging.functions.add(ENV, 'f', stage().standing.settings);
  messaging.invoke(standing, EVENT);
  until(state, '2027-01-01T01:00:00Z');
  expect(messaging.functions.invocations.map(({ runs }) => runs)).toEqual([[]]);
  expect(functions.invoke(standing, EVENT)).toBeUndefined();
  expect(functions.next()).toBeUndefined();
});

// prettier-ignore
test.each<[what: string, settings: Partial<AsynchronousSettings>, answers: Answer[], ran: string[], condition: string, count: number]>([
  ['succeeds at once',                     {},                             [OK],                 ['00:00'],                   'Success',          1],
  ['succeeds after it failed',             {},                             [BAD, OK],            ['00:00', '00:01'],          'Success',          2],
  ['fails thrice',                         {},                             [BAD, BAD, BAD, OK],  ['00:00', '00:01', '00:03'], 'RetriesExhausted', 3],
  ['may not be tried again',               { retries: 0 },                 [BAD],                ['00:00'],                   'RetriesExhausted', 1],
  ['may be tried once more',               { retries: 1 },                 [BAD, BAD],           ['00:00', '00:01'],          'RetriesExhausted', 2],
  ['would be too old when tried again',    { maximumAgeSeconds: 179 },     [BAD, BAD, OK],       ['00:00', '00:01'],          'EventAgeExceeded', 2],
  ['is just young enough',                 { maximumAgeSeconds: 180 },     [BAD, BAD, OK],       ['00:00', '00:01', '00:03'], 'Success',          3],
])('an event whose function %s goes where its settings say', (_, settings, answers, ran, condition, count) => {
  const to = { onSuccessArn: queueNamed('good'), onFailureArn: queueNamed('bad') };
  const { state, messaging, standing, ran: times, move } = stage({ ...to, ...settings }, answers, true);
  ['good', 'bad', 'dead'].forEach((name) => queue(state, name));
  messaging.invoke(standing, EVENT);
  move('2027-01-01T12:00:00Z');
  expect(times).toEqual(ran.map((time) => `2027-01-01T${time}:00Z 0`));
  const good = condition === 'Success';
  const [record] = bodies(state, good ? 'good' : 'bad').map((body) => JSON.parse(body) as object);
  expect(record).toEqual({
    version: '1.0',
    timestamp: expect.stringContaining(`T${ran.at(-1)}:00`),
    requestContext: {
      requestId: messaging.functions.invocations[0]?.requestId,
      functionArn: `${standing.arn}:$LATEST`,
      condition,
      approximateInvokeCount: count,
    },
    requestPayload: { a: 1 },
    responseContext: { statusCode: 200, executedVersion: '$LATEST', ...(good ? {} : { functionError: 'Unhandled' }) },
    responsePayload: good ? { done: true } : { errorType: 'TypeError', errorMessage: BAD.error?.message },
  });
  expect(bodies(state, good ? 'bad' : 'good')).toEqual([]);
  const dead = messaging.queues.tryFind(queueNamed('dead'))?.messages(state.now) ?? [];
  expect(dead.map(({ body }) => body)).toEqual(good ? [] : [EVENT]);
  expect(dead.map(({ attributes }) => attributes)).toEqual(
    good
      ? []
      : [
          {
            RequestID: { type: 'String', value: messaging.functions.invocations[0]?.requestId },
            ErrorCode: { type: 'Number', value: '200' },
            ErrorMessage: { type: 'String', value: 'x'.repeat(1024) },
          },
        ],
  );
});

test('what came of an event is an event on a bus that is its destination', () => {
  const bus = `arn:aws:events:${ENV.region}:${ENV.account}:event-bus/default`;
  const { state, messaging, standing, move } = stage({ retries: 0, onSuccessArn: bus, onFailureArn: bus }, [BAD]);
  heard(state, 'results', { source: ['lambda'] });
  messaging.invoke(standing, EVENT);
  move('2027-01-01T01:00:00Z');
  expect(events(state, 'results')).toMatchObject([
    {
      'detail-type': 'Lambda Function Invocation Result - Failure',
      account: ENV.account,
      resources: [`${standing.arn}:$LATEST`],
      detail: { requestContext: { condition: 'RetriesExhausted' } },
    },
  ]);
});

test('a destination lets the role of the function in, which its account stands for, unless it denies it', () => {
  const { state, messaging, standing, move } = stage({ onSuccessArn: queueNamed('good') });
  const root = { AWS: `arn:aws:iam::${ENV.account}:root` };
  const Statement = { Effect: 'Deny', Principal: root, Action: 'sqs:SendMessage', Resource: '*' };
  queue(state, 'good', { Policy: JSON.stringify({ Version: '2012-10-17', Statement: [] }) });
  messaging.invoke(standing, EVENT);
  move('2027-01-01T01:00:00Z');
  expect(bodies(state, 'good')).toHaveLength(1);
  const good = messaging.queues.tryFind(queueNamed('good'))!;
  good.settings = { ...good.settings, policy: JSON.stringify({ Version: '2012-10-17', Statement }) };
  messaging.invoke(standing, EVENT);
  move('2027-01-01T02:00:00Z');
  expect(bodies(state, 'good')).toHaveLength(1);
  expect(outcomes(state).at(-1)).toMatch(/^lost good /);
});

test('whoever waits for the answer gets it, and nothing is tried again or sent on', async () => {
  const { state, functions, standing, move } = stage({ onFailureArn: queueNamed('bad') }, [BAD], true);
  ['bad', 'dead'].forEach((name) => queue(state, name));
  expect(await functions.invoke(standing, EVENT)).toEqual(BAD);
  move('2027-01-01T01:00:00Z');
  expect([bodies(state, 'bad'), bodies(state, 'dead')]).toEqual([[], []]);
  expect(state.services.messaging.functions.invocations).toMatchObject([{ awaited: true, runs: [{ log: ['said'] }] }]);
});

describe('functions that subscribe to a topic', () => {
  const subscribed = (answers: Answer[]) => {
    const made = stage({}, answers);
    const { state, standing, messaging } = made;
    const TopicArn = topic(state, 't');
    for (const [n, name] of ['f', 'f2'].entries()) {
      const Endpoint = n === 0 ? standing.arn : messaging.functions.add(ENV, name, standing.settings).arn;
      subscribe(state, ENV, { TopicArn, Protocol: 'lambda', Endpoint });
      addPermission(state, ENV, {
        ...{ FunctionName: name, StatementId: 's', Action: 'lambda:InvokeFunction', Principal: 'sns.amazonaws.com' },
      });
    }
    return { ...made, of: messaging.topics.tryFind(TopicArn)! };
  };
  const times = (state: WorldState) =>
    state.services.messaging.functions.invocations.map(({ functionArn, runs }) => [
      functionArn.split(':').at(-1),
      runs.length,
    ]);

  test('run at once for who publishes and waits, one after the other, and then as events do', async () => {
    const { state, functions, messaging, of, move } = subscribed([BAD]);
    expect(await functions.publish(of, { subject: 's', body: 'b' })).toEqual([BAD, BAD]);
    expect(times(state)).toEqual([
      ['f', 1],
      ['f2', 1],
    ]);
    // Nobody else runs what ran already; what failed is tried again.
    move('2027-01-01T00:00:30Z');
    expect(times(state).map(([, count]) => count)).toEqual([1, 1]);
    move('2027-01-01T00:05:00Z');
    expect(times(state).map(([, count]) => count)).toEqual([2, 2]);
    messaging.publish(of, { body: 'again' });
    move('2027-01-01T00:05:30Z');
    expect(times(state).map(([, count]) => count)).toEqual([2, 2, 1, 1]);
  });

  test('do not run in a World that runs none', () => {
    const state = world('2027-01-01', {});
    const of = state.services.messaging.topics.tryFind(topic(state, 't'))!;
    expect(state.services.functions.publish(of, { body: 'b' })).toBeUndefined();
    expect(of.published).toHaveLength(1);
  });
});

test('a function that is deleted before its answer comes is tried no more, and an event that nobody waits for ends there', () => {
  const { state, functions, messaging, standing } = stage({ onFailureArn: queueNamed('bad') }, [BAD]);
  queue(state, 'bad');
  messaging.invoke(standing, EVENT);
  expect(state.runUntil(parseInstant('2027-01-01T01:00:00Z'))).toBe(false);
  const next = functions.next()!;
  messaging.functions.remove(standing);
  functions.settle(next, BAD);
  until(state, '2027-01-01T01:00:00Z');
  expect([next.runs.length, bodies(state, 'bad'), functions.next()]).toEqual([1, [], undefined]);
});

test('the log has each run and what came of it', () => {
  const { state, messaging, standing, move } = stage({}, [BAD, OK]);
  messaging.invoke(standing, EVENT);
  move('2027-01-01T01:00:00Z');
  expect(told(state)).toEqual(['2027-01-01T00:00:00Z failed', '2027-01-01T00:01:00Z ran']);
});

// prettier-ignore
test.each<[principal: string, sourceArn: string | undefined, sourceAccount: string | undefined, Principal: unknown, Condition: object]>([
  ['*',                    undefined,      undefined,     '*',                              {}],
  ['events.amazonaws.com', 'arn:aws:x',    undefined,     { Service: 'events.amazonaws.com' }, { ArnLike: { 'AWS:SourceArn': 'arn:aws:x' } }],
  ['111122223333',         undefined,      '111122223333', { AWS: '111122223333' },         { StringEquals: { 'AWS:SourceAccount': '111122223333' } }],
])('a permission for %s is a statement', (principal, sourceArn, sourceAccount, Principal, Condition) => {
  const permission = { statementId: 's', action: 'lambda:InvokeFunction', principal, sourceArn, sourceAccount };
  expect(statementOf('arn:f', permission)).toEqual({
    Sid: 's', Effect: 'Allow', Principal, Action: 'lambda:InvokeFunction', Resource: 'arn:f', Condition,
  });
});

test('the log says what came of each attempt', () => {
  const { state, messaging, standing, move } = stage({}, [BAD, OK]);
  messaging.invoke(standing, EVENT);
  move('2027-01-01T01:00:00Z');
  state.ledger.settle();
  const { log, names } = state.ledger;
  const causes = Array.from({ length: log.keptCount }, (_, row) => names.text(log.event(row).cause));
  expect(causes.filter((text) => text.startsWith('attempt'))).toEqual(['attempt 1: TypeError', 'attempt 2: returned']);
});

test('a function is found by its ARN with a version or an alias, too', () => {
  const { messaging, standing } = stage();
  for (const end of ['', ':live', ':$LATEST', ':7']) {
    expect(messaging.functions.tryFind(`${standing.arn}${end}`)).toBe(standing);
  }
  expect(messaging.functions.tryFind(`${standing.arn}x`)).toBeUndefined();
});

test.each([
  [OK, 'Lambda Function Invocation Result - Success'],
  [BAD, 'Lambda Function Invocation Result - Failure'],
])('an event on a bus says whether the function succeeded: %j', (answer, detailType) => {
  const bus = `arn:aws:events:${ENV.region}:${ENV.account}:event-bus/default`;
  const { state, messaging, standing, move } = stage({ onSuccessArn: bus, onFailureArn: bus, retries: 0 }, [answer]);
  heard(state, 'all', { source: ['lambda'] });
  messaging.invoke(standing, EVENT);
  move('2027-01-01T01:00:00Z');
  expect(events(state, 'all').map((event) => event['detail-type'])).toEqual([detailType]);
});

test('what came of an event is lost where its bus is not there', () => {
  const bus = `arn:aws:events:${ENV.region}:${ENV.account}:event-bus/none`;
  const { state, messaging, standing, move } = stage({ onSuccessArn: bus });
  messaging.invoke(standing, EVENT);
  move('2027-01-01T01:00:00Z');
  expect(state.services.messaging.functions.invocations[0]?.runs).toHaveLength(1);
});
