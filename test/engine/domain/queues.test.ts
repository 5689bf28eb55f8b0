// What a queue holds, hides and forgets.
import {
  checksumOf,
  isReceiptHandle,
  QUEUE_DEFAULTS,
  QueueSettings,
  queueUrl,
} from '../../../engine/src/domain/queues';
import { parseInstant } from '../../../engine/src/kernel/instant';
import { ENV, world } from '../scenarios/stage';

const START = parseInstant('2027-01-01');
const SECOND = 1000;
const NONE = { attributes: {}, delaySeconds: undefined, groupId: undefined, deduplicationId: undefined };

function queue(settings: Partial<QueueSettings> = {}, name = 'q') {
  const { queues } = world('2027-01-01', {}).services.messaging;
  const made = queues.add(ENV, name, { ...QUEUE_DEFAULTS, ...settings }, START);
  const send = (body: string, at = 0, more: object = {}) => made.send({ ...NONE, body, ...more }, START + at * SECOND);
  const receive = (at: number, most = 10, hideSeconds?: number) => {
    const dead: string[] = [];
    const taken = made.receive(most, hideSeconds, START + at * SECOND, ({ body }) => dead.push(body));
    return { taken: taken.map(({ body }) => body), dead, messages: taken };
  };
  const held = (at: number) => made.messages(START + at * SECOND).map(({ body }) => body);
  return { queues, made, send, receive, held };
}

test('a message is kept as long as the queue says, and no longer', () => {
  const { send, held } = queue({ retentionSeconds: 60 });
  send('a');
  send('b', 10);
  expect([held(59), held(60), held(69), held(70)]).toEqual([['a', 'b'], ['b'], ['b'], []]);
});

test('a message that is delayed comes after its delay, its own before the one of the queue', () => {
  const { send, receive } = queue({ delaySeconds: 10 });
  send('slow');
  send('own', 0, { delaySeconds: 2 });
  expect([receive(1).taken, receive(2).taken, receive(9).taken, receive(10).taken]).toEqual([
    [],
    ['own'],
    [],
    ['slow'],
  ]);
});

test('what is handed out is hidden for as long as the queue says, or whoever takes it', () => {
  const { send, receive } = queue();
  send('a');
  const first = receive(0);
  expect(first.messages[0]).toMatchObject({ receiveCount: 1, firstReceivedAt: START });
  expect([receive(29).taken, receive(30, 10, 5).taken, receive(34).taken]).toEqual([[], ['a'], []]);
  const again = receive(35).messages[0];
  expect(again).toMatchObject({ receiveCount: 3, firstReceivedAt: START });
});

test('no more are handed out than are asked for, and each under its own receipt', () => {
  const { made, send, receive } = queue();
  ['a', 'b', 'c'].forEach((body) => send(body));
  const { taken, messages } = receive(0, 2);
  expect(taken).toEqual(['a', 'b']);
  const found = made.tryFind(messages[1]?.receiptHandle ?? '', START);
  expect(found?.body).toBe('b');
  expect(made.tryFind('another', START)).toBeUndefined();
  made.drop(found!);
  expect(receive(60).taken).toEqual(['a', 'c']);
});

test('what was received too often goes elsewhere', () => {
  const { send, receive, held } = queue({ redrive: { deadLetterTargetArn: 'arn:dead', maxReceiveCount: 2 } });
  send('a');
  expect([receive(0).taken, receive(30).taken]).toEqual([['a'], ['a']]);
  expect(receive(60)).toMatchObject({ taken: [], dead: ['a'] });
  expect(held(60)).toEqual([]);
});

test('a FIFO queue hands nothing out of a group that has something on its way, and another group freely', () => {
  const { send, receive } = queue({}, 'q.fifo');
  send('a1', 0, { groupId: 'a', deduplicationId: '1' });
  send('a2', 0, { groupId: 'a', deduplicationId: '2' });
  send('b1', 0, { groupId: 'b', deduplicationId: '3' });
  expect(receive(0, 1).taken).toEqual(['a1']);
  expect(receive(1).taken).toEqual(['b1']);
  expect(receive(29).taken).toEqual([]);
  expect(receive(30).taken).toEqual(['a1', 'a2']);
});

test('a delayed message keeps none of its group back', () => {
  const { send, receive } = queue({}, 'q.fifo');
  send('later', 0, { groupId: 'a', deduplicationId: '1', delaySeconds: 10 });
  send('now', 0, { groupId: 'a', deduplicationId: '2' });
  expect(receive(0).taken).toEqual(['now']);
});

// prettier-ignore
test.each<[what: string, name: string, settings: Partial<QueueSettings>, ids: (string | undefined)[], kept: number]>([
  ['by its id',                       'q.fifo', {},                                   ['1', '1'],             1],
  ['not by another id',               'q.fifo', {},                                   ['1', '2'],             2],
  ['by its body, where the queue does', 'q.fifo', { contentBasedDeduplication: true }, [undefined, undefined], 1],
  ['by its id before its body',       'q.fifo', { contentBasedDeduplication: true },  ['1', '2'],             2],
  ['not without either',              'q.fifo', {},                                   [undefined, undefined], 2],
  ['never in a queue that is not FIFO', 'q',    { contentBasedDeduplication: true },  ['1', '1'],             2],
])('a repetition is known %s', (_, name, settings, ids, kept) => {
  const { send, held } = queue(settings, name);
  const sent = ids.map((deduplicationId) => send('a', 0, { groupId: 'g', deduplicationId }));
  expect(held(0)).toHaveLength(kept);
  expect(new Set(sent).size).toBe(kept);
});

test('a repetition after five minutes is a message of its own', () => {
  const { send } = queue({}, 'q.fifo');
  const at = (seconds: number) => send('a', seconds, { groupId: 'g', deduplicationId: '1' });
  const first = at(0);
  expect(at(299)).toBe(first);
  expect(at(300)).not.toBe(first);
});

test('messages have ids of their own, whatever they say and when', () => {
  const { queues, send, made } = queue();
  const other = queues.add(ENV, 'p', QUEUE_DEFAULTS, START);
  const ids = [send('a'), send('a'), send('b'), send('a', 1), other.send({ ...NONE, body: 'a' }, START)];
  expect(new Set(ids).size).toBe(5);
  made.purge(0);
  expect(made.messages(START)).toEqual([]);
  expect(queues.list().map(({ name, url }) => [name, url])).toEqual([
    ['p', queueUrl(ENV, 'p')],
    ['q', queueUrl(ENV, 'q')],
  ]);
  queues.remove(other);
  expect([queues.tryFind(other.arn), queues.tryFind(made.arn)]).toEqual([undefined, made]);
});

test('the address of a queue is of its partition', () => {
  expect(queueUrl(ENV, 'q')).toBe(`https://sqs.${ENV.region}.amazonaws.com/${ENV.account}/q`);
  expect(queueUrl({ partition: 'aws-cn', region: 'cn-north-1', account: '1' }, 'q')).toBe(
    'https://sqs.cn-north-1.amazonaws.com.cn/1/q',
  );
});

test('the checksum of a body is the one that clients compare', () => {
  expect(checksumOf('abc')).toBe('900150983cd24fb0d6963f7d28e17f72');
  expect(checksumOf('ä')).not.toBe(checksumOf('a'));
});

const ID = '0f8fad5b-d9cb-469f-a165-70867728950e';

// prettier-ignore
test.each([
  [`${ID}#1`,   true],
  [`${ID}#12`,  true],
  [`x${ID}#1`,  false],
  [`${ID}#1x`,  false],
  [`${ID}#`,    false],
  [ID,          false],
])('the handle that stands for %s is one of a queue: %s', (text, is) => {
  expect(isReceiptHandle(Buffer.from(text).toString('base64'))).toBe(is);
});
