// Orders in turn: the clock stands still from the first until the last is over.
import type { ContentOrder } from '../../../engine/src/domain/content-orders';
import { ContentQueue } from '../../../engine/src/domain/content-queue';

const capture = (key: string) => ({ kind: 'capture', to: { scope: { key, place: 'p' } } }) as ContentOrder;
const RESTORE = { kind: 'restore', from: '1' } as ContentOrder;

test('orders are handed out one after the other, and the queue is busy until the last of them is over', () => {
  const ledger = { waitsForContent: false };
  const queue = new ContentQueue(ledger);
  const seen = () => [queue.isBusy, ledger.waitsForContent];
  expect(seen()).toEqual([false, false]);
  const [first, second] = [capture('a'), RESTORE];
  queue.push(first);
  expect(seen()).toEqual([true, true]);
  queue.push(second);
  expect([queue.next(), ...seen()]).toEqual([first, true, true]);
  expect([queue.next(), ...seen()]).toEqual([second, true, true]);
  expect([queue.next(), ...seen()]).toEqual([undefined, false, false]);
  expect([queue.next(), ...seen()]).toEqual([undefined, false, false]);
});

test('keys under which something was to be stored are known for good, and no others', () => {
  const queue = new ContentQueue({ waitsForContent: false });
  queue.push(capture('a'));
  queue.push(RESTORE);
  queue.next();
  queue.next();
  expect(['a', 'b'].map((key) => queue.everUsed(key))).toEqual([true, false]);
});
