// Things of a service by account, Region and name.
import { Shelf } from '../../../engine/src/domain/shelf';

const HERE = { partition: 'aws', account: '111111111111', region: 'eu-central-1' };
const THERE = { ...HERE, region: 'eu-west-1' };
const OTHERS = { ...HERE, account: '222222222222' };

test('a name stands once in an account and Region, and again in each other', () => {
  const shelf = new Shelf<number>();
  shelf.put(HERE, 'b', 1);
  shelf.put(HERE, 'a', 2);
  shelf.put(THERE, 'a', 3);
  shelf.put(HERE, 'b', 4);
  expect([shelf.tryFind(HERE, 'a'), shelf.tryFind(THERE, 'a'), shelf.tryFind(OTHERS, 'a')]).toEqual([2, 3, undefined]);
  expect([shelf.list(HERE), shelf.list(THERE), shelf.list(OTHERS)]).toEqual([[2, 4], [3], []]);
});

test('what is removed is gone from its own place alone', () => {
  const shelf = new Shelf<number>();
  shelf.put(HERE, 'a', 1);
  shelf.put(THERE, 'a', 2);
  expect([shelf.remove(HERE, 'a'), shelf.remove(HERE, 'a'), shelf.remove(OTHERS, 'a')]).toEqual([true, false, false]);
  expect([shelf.tryFind(HERE, 'a'), shelf.tryFind(THERE, 'a')]).toEqual([undefined, 2]);
});
