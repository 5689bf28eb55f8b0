// What becomes of a message on its way from a topic to whoever subscribed, and what is recorded of it.
import { createFunction } from '../../../engine/src/operations/lambda/create-function';
import { publish } from '../../../engine/src/operations/sns/publish';
import { subscribe } from '../../../engine/src/operations/sns/subscribe';
import type { Sender } from '../../../engine/src/domain/deliveries';
import { DELIVERED } from '../../../engine/src/domain/reasons';
import type { WorldState } from '../../../engine/src/domain/world-state';
import { bodies, outcomes, queue, queueNamed, topic, topicNamed } from '../scenarios/listeners';
import { ENV, until, world } from '../scenarios/stage';

const SENDER: Sender = { service: 'events.amazonaws.com', arn: 'arn:aws:events:::rule/r', env: ENV, what: 'w' };

function subscribed(Attributes: Record<string, string> = {}): { state: WorldState; TopicArn: string } {
  const state = world('2027-01-01', {});
  const TopicArn = topic(state, 't');
  queue(state, 'q');
  subscribe(state, ENV, { TopicArn, Protocol: 'sqs', Endpoint: queueNamed('q'), Attributes });
  return { state, TopicArn };
}

test('an envelope has the attributes of a message, and neither they nor a subject where there are none', () => {
  const { state, TopicArn } = subscribed();
  publish(state, ENV, { TopicArn, Message: 'bare' });
  const MessageAttributes = { Team: { DataType: 'String', StringValue: 'a' } };
  publish(state, ENV, { TopicArn, Message: 'full', Subject: 's', MessageAttributes });
  const [bare, full] = bodies(state, 'q').map((body) => JSON.parse(body) as object);
  const ids = state.services.messaging.topics.tryFind(TopicArn)?.published.map(({ messageId }) => messageId) ?? [];
  const common = { Type: 'Notification', TopicArn, Timestamp: '2027-01-01T00:00:00.000Z' };
  expect(bare).toEqual({ ...common, MessageId: ids[0], Message: 'bare' });
  expect(full).toEqual({
    ...common,
    MessageId: ids[1],
    Message: 'full',
    Subject: 's',
    MessageAttributes: { Team: { Type: 'String', Value: 'a' } },
  });
});

test('a raw message has its attributes beside it, one in an envelope has them within', () => {
  const MessageAttributes = { Team: { DataType: 'String', StringValue: 'a' } };
  const attributesOf = (raw: string) => {
    const { state, TopicArn } = subscribed({ RawMessageDelivery: raw });
    publish(state, ENV, { TopicArn, Message: 'm', MessageAttributes });
    const [message] = state.services.messaging.queues.tryFind(queueNamed('q'))?.messages(state.now) ?? [];
    return [message?.body === 'm', message?.attributes];
  };
  expect(attributesOf('true')).toEqual([true, { Team: { type: 'String', value: 'a' } }]);
  expect(attributesOf('false')).toEqual([false, {}]);
});

test('a function gets a record, whatever was said of raw messages', () => {
  const state = world('2027-01-01', {});
  const TopicArn = topic(state, 't');
  createFunction(state, ENV, { FunctionName: 'f', Role: 'arn:role' });
  const Endpoint = `arn:aws:lambda:${ENV.region}:${ENV.account}:function:f`;
  subscribe(state, ENV, { TopicArn, Protocol: 'lambda', Endpoint });
  const [subscription] = state.services.messaging.topics.tryFind(TopicArn)?.subscriptions ?? [];
  subscription?.change({ ...subscription.settings, rawMessageDelivery: true });
  publish(state, ENV, { TopicArn, Message: 'm' });
  const [invocation] = state.services.messaging.functions.invocations;
  expect(JSON.parse(invocation?.payload ?? '')).toMatchObject({
    Records: [
      { EventVersion: '1.0', EventSource: 'aws:sns', Sns: { Message: 'm', Subject: null, MessageAttributes: {} } },
    ],
  });
});

// prettier-ignore
test.each<[passes: boolean, message: string]>([
  [true,  '{"a":"x"}'],
  [false, '{"a":"y"}'],
  [false, '["a","x"]'],
  [false, '"x"'],
  [false, 'null'],
  [false, '5'],
  [false, 'no JSON'],
])('a filter over the body lets pass (%p) %s', (passes, Message) => {
  const { state, TopicArn } = subscribed({ FilterPolicyScope: 'MessageBody', FilterPolicy: '{"a":["x"]}' });
  publish(state, ENV, { TopicArn, Message });
  expect(bodies(state, 'q')).toHaveLength(passes ? 1 : 0);
  const absent = subscribed({ FilterPolicyScope: 'MessageBody', FilterPolicy: '{"b":[{"exists":false}]}' });
  publish(absent.state, ENV, { TopicArn: absent.TopicArn, Message });
  expect(bodies(absent.state, 'q')).toHaveLength(/^\{/.test(Message) ? 1 : 0);
});

test('messages have ids of their own, also the same at one instant and on two topics', () => {
  const state = world('2027-01-01', {});
  const ids = ['t', 't', 'u'].map(
    (name) => publish(state, ENV, { TopicArn: topic(state, name), Message: 'm' }).MessageId,
  );
  until(state, '2027-01-01T00:00:01Z');
  ids.push(publish(state, ENV, { TopicArn: topicNamed('t'), Message: 'm' }).MessageId);
  expect(new Set(ids).size).toBe(4);
  expect(state.services.messaging.topics.list().map(({ name }) => name)).toEqual(['t', 'u']);
});

test('messages of one topic and instant have ids by what they say', () => {
  const state = world('2027-01-01', {});
  const TopicArn = topic(state, 't');
  const attributes = { Team: { DataType: 'String', StringValue: 'a' } };
  const ids = [
    publish(state, ENV, { TopicArn, Message: 'one' }),
    publish(state, ENV, { TopicArn, Message: 'two' }),
    publish(state, ENV, { TopicArn, Message: 'three', MessageAttributes: attributes }),
  ].map(({ MessageId }) => MessageId);
  expect(new Set(ids).size).toBe(3);
});

test('a FIFO queue that two bodies come to under one id takes the first', () => {
  const state = world('2027-01-01', {});
  const to = queue(state, 'q.fifo', { FifoQueue: 'true' });
  for (const body of ['a', 'b']) {
    state.services.messaging.send(SENDER, to, { body, groupId: 'g', deduplicationId: '1' });
  }
  expect(bodies(state, 'q.fifo')).toEqual(['a']);
});

test('what is sent to a function that is not there is lost', () => {
  const state = world('2027-01-01', {});
  const to = `arn:aws:lambda:${ENV.region}:${ENV.account}:function:none`;
  expect(state.services.messaging.send(SENDER, to, { body: 'a' })).toBe(false);
  expect(outcomes(state)[0]).toMatch(/^lost function:none /);
});

test('the log names the service that sent and the kind of what it sent to, and no target', () => {
  const state = world('2027-01-01', {});
  const { deliveries } = state.services.messaging;
  deliveries.record(SENDER, queueNamed('q'), 'a', DELIVERED);
  deliveries.record(SENDER, 'ops@example.com', 'a', DELIVERED);
  state.ledger.settle();
  const { log, names } = state.ledger;
  const ways = Array.from({ length: log.keptCount }, (_, row) => names.text(log.event(row).cause));
  expect(ways.sort()).toEqual(['events.amazonaws.com>outside', 'events.amazonaws.com>sqs']);
});

test('a FIFO queue needs a group, and tells repetitions apart by an id or by the body', () => {
  const state = world('2027-01-01', {});
  const to = queue(state, 'q.fifo', { FifoQueue: 'true' });
  const { messaging } = state.services;
  expect(messaging.send(SENDER, to, { body: 'a' })).toBe(false);
  for (const deduplicationId of [undefined, undefined, '1', '2', '2']) {
    expect(messaging.send(SENDER, to, { body: 'a', groupId: 'g', deduplicationId })).toBe(true);
  }
  expect(bodies(state, 'q.fifo')).toEqual(['a', 'a', 'a']);
  expect(outcomes(state)[0]).toMatch(/^lost q\.fifo /);
});

test('what cannot be delivered goes to the dead-letter queue, which says why, and is counted', () => {
  const state = world('2027-01-01', {});
  const { messaging } = state.services;
  const dead = queue(state, 'dead');
  const closed = queue(state, 'closed', { Policy: JSON.stringify({ Version: '2012-10-17', Statement: [] }) });
  const targets = [closed, queueNamed('none'), 'arn:aws:kinesis:eu-west-1:1:stream/s', topicNamed('none'), dead];
  expect(targets.map((to) => messaging.send(SENDER, to, { body: to }, dead))).toEqual([
    false,
    false,
    false,
    false,
    true,
  ]);
  const codes = messaging.queues
    .tryFind(dead)
    ?.messages(state.now)
    .map(({ attributes }) => [
      attributes['ERROR_CODE']?.value,
      attributes['TARGET_ARN']?.value,
      attributes['RULE_ARN']?.value,
    ]);
  expect(codes).toEqual([
    ['NO_PERMISSIONS', closed, SENDER.arn],
    ['RESOURCE_NOT_FOUND', queueNamed('none'), SENDER.arn],
    ['SDK_CLIENT_ERROR', 'arn:aws:kinesis:eu-west-1:1:stream/s', SENDER.arn],
    ['RESOURCE_NOT_FOUND', topicNamed('none'), SENDER.arn],
    [undefined, undefined, undefined],
  ]);
  const { deliveries } = messaging;
  expect([deliveries.arrived, deliveries.lost]).toEqual([5, 4]);
  expect(deliveries.list().map(({ delivered }) => delivered)).toEqual([
    ...[false, true, false, true, false, true, false, true, true],
  ]);
});

test('the log has what arrived and what was refused, not what was sent to nothing', () => {
  const state = world('2027-01-01', {});
  const { messaging } = state.services;
  const closed = queue(state, 'closed', { Policy: JSON.stringify({ Version: '2012-10-17', Statement: [] }) });
  const TopicArn = topic(state, 't');
  subscribe(state, ENV, { TopicArn, Protocol: 'email', Endpoint: 'ops@example.com' });
  const logged = () => state.events().flatMap(({ kind, what }) => (kind === 'delivery' ? [what] : []));
  const digest = () => state.digest();
  const before = digest();
  messaging.send(SENDER, queueNamed('none'), { body: 'a' });
  messaging.send(SENDER, 'arn:aws:kinesis:eu-west-1:1:stream/s', { body: 'a' });
  expect([logged(), digest()]).toEqual([[], before]);
  messaging.send(SENDER, closed, { body: 'a' });
  messaging.send(SENDER, queue(state, 'open'), { body: 'a' });
  publish(state, ENV, { TopicArn, Message: 'm' });
  expect(logged()).toEqual(['delivered', 'delivered', 'not delivered']);
  expect(outcomes(state).at(-1)).toBe('arrived ops@example.com ops@example.com took it');
});

test('an entry of a log group is in the stream of its day', () => {
  const state = world('2027-01-01', {});
  const { messaging } = state.services;
  const group = `arn:aws:logs:${ENV.region}:${ENV.account}:log-group:/aws/events/g`;
  messaging.send(SENDER, `${group}:*`, { body: 'first' });
  until(state, '2027-02-03T04:05:06Z');
  messaging.send(SENDER, group, { body: 'second' });
  const all = messaging.logs.eventsOf(group, state.now);
  expect(all.map(({ stream, message }) => [stream, message])).toEqual([
    ['2027/01/01', 'first'],
    ['2027/02/03', 'second'],
  ]);
});
