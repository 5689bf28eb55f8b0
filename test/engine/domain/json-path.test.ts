import { jsonPathOf, stepsOf } from '../../../engine/src/domain/json-path';

const ROOT = { detail: { by: { 'a b': 1 }, list: ['x', { y: null }] }, 'k-1': 'z', text: 'abc', zero: 0 };

// prettier-ignore
test.each<[path: string, value: unknown]>([
  ['$',                        ROOT],
  ['$.zero',                   0],
  ['$.k-1',                    'z'],
  ["$.detail.by['a b']",       1],
  ['$.detail["by"]["a b"]',    1],
  ['$.detail.list[0]',         'x'],
  ['$.detail.list[1].y',       null],
  ['$.detail.list[2]',         undefined],
  ['$.detail.list.length.x',   undefined],
  ['$.detail.list[1].y.z',     undefined],
  ['$.text.length',            undefined],
  ['$.text[0]',                undefined],
  ['$.nothing.at.all',         undefined],
  ['$.constructor',            undefined],
  ['$.toString.name',          undefined],
])('%s finds %j', (path, value) => {
  expect(jsonPathOf(path, ROOT)).toEqual(value);
});

test.each(['', 'detail', '.detail', 'x.zero', '$detail', '$.', '$..zero', "$['", '$[x]', '$.detail.*', '$.zero x'])(
  '%p is no path and finds nothing',
  (path) => {
    expect(stepsOf(path)).toBeUndefined();
    expect(jsonPathOf(path, { ...ROOT, NaN: 1 })).toBeUndefined();
  },
);

test('the steps of a path are names, and numbers in brackets', () => {
  expect(stepsOf(`$.a['b c']["d"][10]`)).toEqual(['a', 'b c', 'd', 10]);
});
