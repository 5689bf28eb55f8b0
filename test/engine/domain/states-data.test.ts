// Paths, templates and results of states that query by JSONPath.
import { parseInstant } from '../../../engine/src/kernel/instant';
import { filled, putAt, read, tryRead } from '../../../engine/src/domain/states-data';
import { NotRun, StateFailure } from '../../../engine/src/domain/states-definition';
import { Chance } from '../../../engine/src/domain/states-scope';

const SCOPE = {
  variables: { v: { w: 1 }, _v: 'under', $: 'no variable', größe: 3 },
  context: { Execution: { Name: 'e' } },
  chance: new Chance(1, 'arn:e'),
  now: parseInstant('2027-01-01'),
};
const DATA = { a: { b: [1, 2] }, n: null, zero: 0, no: false };

// prettier-ignore
test.each<[path: string, found: unknown]>([
  ['$',                     DATA],
  ['$.a.b[1]',              2],
  ['$.n',                   null],
  ['$.zero',                0],
  ['$.no',                  false],
  ['$.none',                undefined],
  ['$$',                    SCOPE.context],
  ['$$.Execution.Name',     'e'],
  ['$$.Execution.None',     undefined],
  ['$v',                    { w: 1 }],
  ['$v.w',                  1],
  ['$_v',                   'under'],
  ['$größe',                3],
  ['$none',                 undefined],
  ['$none.w',               undefined],
  ['a',                     undefined],
  [' $.a',                  undefined],
  ['$.a.b[*]',              [1, 2]],
  ['$v[*]',                 [1]],
  ['$none[*]',              undefined],
])('%s finds %j', (path, found) => {
  expect(tryRead(path, DATA, SCOPE)).toEqual(found);
});

test('a field without a path has everything, one whose path is null nothing, and one that finds nothing fails', () => {
  expect(read(undefined, DATA, SCOPE, 'InputPath')).toBe(DATA);
  expect(read(null, DATA, SCOPE, 'InputPath')).toEqual({});
  expect(read('$.zero', DATA, SCOPE, 'InputPath')).toBe(0);
  expect(read("States.Format('{}', $.zero)", DATA, SCOPE, 'InputPath')).toBe('0');
  const lost = (path: string) => () => read(path, { a: 1 }, SCOPE, 'F');
  expect(lost('$.none')).toThrow(
    `The JSONPath '$.none' specified for the field 'F' could not be found in the input '{"a":1}'`,
  );
  expect(lost('$$.None')).toThrow(`'$$.None' specified for the field 'F' could not be found in the context object '`);
  expect(lost('$none')).toThrow(`could not be found in the input '{"a":1}'`);
  expect(lost('$.none')).toThrow(StateFailure);
});

// prettier-ignore
test.each<[path: string | null | undefined, input: unknown, made: unknown]>([
  [undefined,  { a: 1 },             'r'],
  ['$',        { a: 1 },             'r'],
  [null,       { a: 1 },             { a: 1 }],
  ['$.b',      { a: 1 },             { a: 1, b: 'r' }],
  ['$.a',      { a: 1 },             { a: 'r' }],
  ['$.b.c',    { a: 1 },             { a: 1, b: { c: 'r' } }],
  ['$.b.c',    { b: { d: 1 } },      { b: { d: 1, c: 'r' } }],
  ['$.b',      undefined,            { b: 'r' }],
])('a result put at %j of %j makes %j', (path, input, made) => {
  const before = JSON.stringify(input);
  expect(putAt(path, input, 'r')).toEqual(made);
  expect(JSON.stringify(input)).toBe(before);
});

test.each([[null], [[1]], ['text'], [3]])('no result is put beneath %j, which has no names', (at) => {
  const put = () => putAt('$.a.b', { a: at }, 'r');
  expect(put).toThrow(`Unable to apply step "b" to input ${JSON.stringify(at)}`);
  expect(put).toThrow(expect.objectContaining({ error: 'States.ResultPathMatchFailure' }) as Error);
  expect(putAt('$.a', { a: at }, 'r')).toEqual({ a: 'r' });
});

test('a template is filled wherever a name ends in .$, in lists and beneath names too', () => {
  const template = { 'x.$': '$.a.b[0]', y: [{ 'z.$': '$v.w' }, null, 'a.$'], 'w.$x': '$.a', n: null };
  expect(filled(template, DATA, SCOPE)).toEqual({ x: 1, y: [{ z: 1 }, null, 'a.$'], 'w.$x': '$.a', n: null });
  expect(filled('$.a', DATA, SCOPE)).toBe('$.a');
  expect(() => filled({ a: { 'b.$': '$.none' } }, DATA, SCOPE)).toThrow("specified for the field 'b.$'");
});

// prettier-ignore
test.each<[path: string, found: unknown]>([
  ["$.list[?(@.a != 1)].b",           ['y']],
  ["$.list[?(@.a >= 2)].b",           ['y']],
  ["$.list[?(@.a <= 1)].b",           ['x']],
  ["$.list[?(@.b == '=~^`')].a",      [3]],
  ['$.list[?(@.b == "it\\"s=")].a',   [4]],
])('a filter by %s is read', (path, found) => {
  const list = [{ a: 1, b: 'x' }, { a: 2, b: 'y' }].slice(0, path.includes('.b ==') ? 0 : 2);
  const quoted = path.includes('.b ==') ? [{ a: 3, b: '=~^`' }, { a: 4, b: 'it"s=' }] : [];
  expect(tryRead(path, { list: [...list, ...quoted] }, SCOPE)).toEqual(found);
});

test.each(['$.l[?(@.a = 1)]', '$.l[?(~@.a)]', '$.l[(@.length-1)]', '$.l[?(@.a)]^', '$.l[?(`x`)]', '$.l[?(@.a ==)]'])(
  '%s is not read',
  (path) => {
    const run = () => tryRead(path, { l: [{ a: 1 }] }, SCOPE);
    expect(run).toThrow(NotRun);
    expect(run).toThrow(`path '${path}' is of a kind that is not read`);
  },
);
