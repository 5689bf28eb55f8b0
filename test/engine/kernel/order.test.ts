import { byArn, byName, sortedBy } from '../../../engine/src/kernel/order';

test('things are in the order of their texts, capitals first, those of one text as they were', () => {
  const all = ['b', 'a', 'B', 'ä', 'a'].map((text, number) => ({ text, number }));
  expect(sortedBy(all, ({ text }) => text).map(({ text, number }) => `${text}${number}`)).toEqual([
    'B2',
    'a1',
    'a4',
    'b0',
    'ä3',
  ]);
  expect(all.map(({ number }) => number)).toEqual([0, 1, 2, 3, 4]);
});

test('a map of things is in the order of their ARNs or names', () => {
  const things = new Map([1, 2].map((n) => [n, { arn: `arn:${3 - n}`, name: `n${n}` }]));
  expect(byArn(things.values()).map(({ arn }) => arn)).toEqual(['arn:1', 'arn:2']);
  expect(byName(byArn(things.values())).map(({ name }) => name)).toEqual(['n1', 'n2']);
});
