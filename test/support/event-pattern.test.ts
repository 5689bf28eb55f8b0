import { matchesPattern } from './event-pattern';

// prettier-ignore
test.each<[verdict: boolean, pattern: object, happened: object]>([
  [true,  { a: ['x'] },                                             { a: 'x' }],
  [false, { a: ['x'] },                                             { a: 'y' }],
  [true,  { a: ['y', 'x'] },                                        { a: 'x' }],
  [true,  { a: ['x'] },                                             { a: ['w', 'x'] }],
  [false, { a: ['x'] },                                             { a: [] }],
  [false, { a: ['x'], b: ['y'] },                                   { a: 'x' }],
  [true,  { a: { b: { c: ['x'] } } },                               { a: { b: { c: 'x' } } }],
  [false, { a: { b: ['x'] } },                                      {}],
  [true,  { a: { b: ['x'] } },                                      { a: [{ b: 'w' }, { b: 'x' }] }],
  [true,  { a: [true] },                                            { a: true }],
  [false, { a: [true] },                                            { a: 'true' }],
  [true,  { a: [null] },                                            { a: null }],
  [true,  { a: [{ prefix: 'ab' }] },                                { a: 'abc' }],
  [false, { a: [{ prefix: 'bc' }] },                                { a: 'abc' }],
  [true,  { a: [{ prefix: { 'equals-ignore-case': 'AB' } }] },      { a: 'abc' }],
  [true,  { a: [{ suffix: 'bc' }] },                                { a: 'abc' }],
  [true,  { a: [{ suffix: { 'equals-ignore-case': 'BC' } }] },      { a: 'abc' }],
  [false, { a: [{ suffix: 'ab' }] },                                { a: 'abc' }],
  [true,  { a: [{ 'equals-ignore-case': 'ABC' }] },                 { a: 'abc' }],
  [true,  { a: [{ wildcard: 'a*c*' }] },                            { a: 'abc' }],
  [false, { a: [{ wildcard: 'b*' }] },                              { a: 'abc' }],
  [true,  { a: [{ wildcard: '*.*' }] },                             { a: 'b.c' }],
  [false, { a: [{ wildcard: '*.*' }] },                             { a: 'abc' }],
  [true,  { a: [{ exists: true }] },                                { a: '' }],
  [false, { a: [{ exists: true }] },                                { a: { b: 1 } }],
  [false, { a: [{ exists: true }] },                                {}],
  [true,  { a: [{ exists: false }] },                               {}],
  [false, { a: [{ exists: false }] },                               { a: 'x' }],
  [true,  { a: [{ 'anything-but': ['x'] }] },                       { a: 'y' }],
  [false, { a: [{ 'anything-but': ['x'] }] },                       { a: 'x' }],
  [false, { a: [{ 'anything-but': 'x' }] },                         { a: 'x' }],
  [false, { a: [{ 'anything-but': ['x'] }] },                       {}],
  [false, { a: [{ 'anything-but': { prefix: 'ab' } }] },            { a: 'abc' }],
  [true,  { a: [{ 'anything-but': { suffix: ['ab', 'x'] } }] },     { a: 'abc' }],
  [false, { a: [{ 'anything-but': { wildcard: 'a*' } }] },          { a: 'abc' }],
  [true,  { a: [{ numeric: ['>', 0, '<=', 5] }] },                  { a: 5 }],
  [false, { a: [{ numeric: ['>', 0, '<', 5] }] },                   { a: 5 }],
  [true,  { a: [{ numeric: ['=', 5] }] },                           { a: 5 }],
  [true,  { a: [{ numeric: ['>=', 5] }] },                          { a: 5 }],
  [false, { a: [{ numeric: ['=', 5] }] },                           { a: '5' }],
  [true,  { $or: [{ a: ['x'] }, { b: ['y'] }] },                    { b: 'y' }],
  [false, { $or: [{ a: ['x'] }, { b: ['y'] }] },                    { a: 'y' }],
  [false, { c: ['z'], $or: [{ a: ['x'] }, { b: ['y'] }] },          { a: 'x' }],
])('%p: %j over %j', (verdict, pattern, happened) => {
  expect(matchesPattern(pattern as Record<string, unknown>, happened as Record<string, unknown>)).toBe(verdict);
});

// prettier-ignore
test.each<[message: string, pattern: Record<string, unknown>]>([
  ['an event pattern must have a list that is not empty, got {"a":[]}',            { a: [] }],
  ['an event pattern must have a list that is not empty, got {"a":"x"}',           { a: 'x' }],
  ['an event pattern must have an operator of EventBridge, got "regex"',           { a: [{ regex: 'x' }] }],
  ['an event pattern must have one operator, got {"prefix":"x","suffix":"y"}',     { a: [{ prefix: 'x', suffix: 'y' }] }],
  ['an event pattern must have at least two alternatives, got [{"a":["x"]}]',      { $or: [{ a: ['x'] }] }],
  ['an event pattern must have pairs of an operator and a number, got [">"]',      { a: [{ numeric: ['>'] }] }],
])('fails: %s', (message, pattern) => {
  expect(() => matchesPattern(pattern, { a: 1 })).toThrow(message);
});
