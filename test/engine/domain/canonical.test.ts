// Two ways of saying the same are one: the digest of a World must not tell them apart.
import type { BackupRule, BackupSelection, RestoreTestingPlan, RestoreTestingSelection } from '@holdfast/model';
import {
  canonical,
  canonicalRule,
  canonicalSelection,
  canonicalTestingPlan,
  canonicalTestingSelection,
  inCanonicalOrder,
} from '../../../engine/src/domain/canonical';
import { rule } from '../scenarios/stage';

// prettier-ignore
test.each<[value: unknown, text: string]>([
  [{ b: 1, a: 2, c: 3 },                                   '{"a":2,"b":1,"c":3}'],
  [{ a: undefined, b: null, c: false, d: {}, e: [], f: '', g: 0, h: true }, '{"f":"","g":0,"h":true}'],
  [{ a: { b: { c: undefined } } },                         '{}'],
  [{ list: [{ b: 1, a: null }, null, 'x', false] },        '{"list":[{"b":1},null,"x",false]}'],
  [{ declaredAt: 'stack.ts:1', a: { declaredAt: 'x' } },   '{}'],
  [[],                                                     '[]'],
  [null,                                                   'null'],
  ['text',                                                 '"text"'],
])('%j is %s', (value, text) => {
  expect(JSON.stringify(canonical(value))).toBe(text);
});

const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);
const DAILY = rule('daily');
const copy = (name: string, days?: number) => ({
  destinationBackupVaultArn: `arn:${name}`,
  ...(days === undefined ? {} : { lifecycle: { deleteAfterDays: days } }),
});

// prettier-ignore
test.each<[one: boolean, what: string, a: Partial<BackupRule>, b: Partial<BackupRule>]>([
  [true,  'the schedule of AWS is what a rule without one has', {}, { scheduleExpression: 'cron(0 5 ? * * *)', scheduleExpressionTimezone: 'Etc/UTC' }],
  [true,  'so are its windows',                {}, { startWindowMinutes: 480, completionWindowMinutes: 10080 }],
  [false, 'another window is another',                  {}, { startWindowMinutes: 60 }],
  [true,  'days of -1 are none',               { lifecycle: { deleteAfterDays: -1 } }, { lifecycle: {} }],
  [true,  'so is a lifecycle that says nothing',        { lifecycle: { moveToColdStorageAfterDays: -1 } }, { lifecycle: {} }],
  [false, 'days that are given count',                  { lifecycle: { deleteAfterDays: 1 } }, { lifecycle: {} }],
  [true,  'copies are a set',                           { copyActions: [copy('a', 1), copy('b')] }, { copyActions: [copy('b'), copy('a', 1)] }],
  [true,  'no copies are none',                         { copyActions: [] }, {}],
  [true,  'days of -1 are none for copies',             { copyActions: [copy('a', -1)] }, { copyActions: [copy('a')] }],
  [false, 'other days of a copy are others',            { copyActions: [copy('a', 1)] }, { copyActions: [copy('a', 2)] }],
  [true,  'what is not continuous need not say so',     { enableContinuousBackup: false }, {}],
])('%p: %s', (one, _, a, b) => {
  expect(same(canonicalRule({ ...DAILY, ...a }), canonicalRule({ ...DAILY, ...b }))).toBe(one);
});

const SELECTION: BackupSelection = { selectionName: 's', iamRoleArn: 'arn:role', resources: ['a', 'b'] };
const tag = (conditionKey: string) => ({ conditionType: 'STRINGEQUALS', conditionKey, conditionValue: 'x' });

// prettier-ignore
test.each<[one: boolean, what: string, a: Partial<BackupSelection>, b: Partial<BackupSelection>]>([
  [true,  'resources are a set',     {},                                   { resources: ['b', 'a'] }],
  [false, 'with these members',               {},                                   { resources: ['a'] }],
  [true,  'the role does not count',          {},                                   { iamRoleArn: 'arn:other' }],
  [true,  'nor where it stands',              {},                                   { declaredAt: 'here' } as Partial<BackupSelection>],
  [true,  'what is left out is a set',        { notResources: ['x', 'y'] },         { notResources: ['y', 'x'] }],
  [false, 'that counts',                      { notResources: ['x'] },              {}],
  [true,  'tags are a set',                   { listOfTags: [tag('a'), tag('b')] }, { listOfTags: [tag('b'), tag('a')] }],
  [false, 'that counts as well',              { listOfTags: [tag('a')] },           { listOfTags: [tag('b')] }],
  [true,  'conditions are sets',              { conditions: { stringEquals: [{ conditionKey: 'a', conditionValue: '1' }, { conditionKey: 'b', conditionValue: '2' }] } },
                                              { conditions: { stringEquals: [{ conditionValue: '2', conditionKey: 'b' }, { conditionKey: 'a', conditionValue: '1' }] } }],
  [false, 'each of its operator',             { conditions: { stringEquals: [{ conditionKey: 'a', conditionValue: '1' }] } },
                                              { conditions: { stringLike: [{ conditionKey: 'a', conditionValue: '1' }] } }],
  [true,  'and none where there are none',    { conditions: {} },                   {}],
])('%p: of a selection, %s', (one, _, a, b) => {
  const form = (more: Partial<BackupSelection>) => canonicalSelection({ ...SELECTION, ...more });
  expect(same(form(a), form(b))).toBe(one);
});

const POINTS = {
  algorithm: 'LATEST_WITHIN_WINDOW',
  recoveryPointTypes: ['SNAPSHOT', 'CONTINUOUS'],
  includeVaults: ['a', 'b'],
};
const TESTED = {
  restoreTestingPlanName: 't',
  scheduleExpression: 'cron(0 5 ? * * *)',
  recoveryPointSelection: POINTS,
  selections: [],
} as unknown as RestoreTestingPlan;

// prettier-ignore
test.each<[one: boolean, what: string, a: object, b: object]>([
  [true,  'types are a set',                  {}, { recoveryPointTypes: ['CONTINUOUS', 'SNAPSHOT'] }],
  [false, 'with these members',               {}, { recoveryPointTypes: ['SNAPSHOT'] }],
  [true,  'vaults are a set',                 {}, { includeVaults: ['b', 'a'] }],
  [false, 'of these vaults',                  {}, { includeVaults: ['a'] }],
  [true,  'vaults that are left out are one', { excludeVaults: ['x', 'y'] }, { excludeVaults: ['y', 'x'] }],
  [true,  'and none where there are none',    { excludeVaults: [] }, {}],
  [false, 'but some where there are',         { excludeVaults: ['x'] }, {}],
  [true,  'thirty days are the window', { selectionWindowDays: 30 }, {}],
  [false, 'another window is another',        { selectionWindowDays: 7 }, {}],
])('%p: of the points of a restore testing plan, %s', (one, _, a, b) => {
  const form = (more: object) =>
    canonicalTestingPlan({ ...TESTED, recoveryPointSelection: { ...POINTS, ...more } } as unknown as RestoreTestingPlan);
  expect(same(form(a), form(b))).toBe(one);
});

test('a restore testing plan starts within 24 hours unless it says otherwise', () => {
  const form = (startWindowHours?: number) =>
    canonicalTestingPlan({ ...TESTED, ...(startWindowHours === undefined ? {} : { startWindowHours }) });
  expect([same(form(), form(24)), same(form(), form(8))]).toEqual([true, false]);
});

const CHOSEN = {
  restoreTestingSelectionName: 's',
  iamRoleArn: 'arn:role',
  protectedResourceType: 'EBS',
} as unknown as RestoreTestingSelection;

// prettier-ignore
test.each<[one: boolean, what: string, a: object, b: object]>([
  [true,  'a star goes without saying', { protectedResourceArns: ['*'] }, {}],
  [false, 'resources that are named do not',  { protectedResourceArns: ['a'] }, {}],
  [true,  'resources are a set',              { protectedResourceArns: ['a', 'b'] }, { protectedResourceArns: ['b', 'a'] }],
  [true,  'the role does not count',          { iamRoleArn: 'arn:other' }, {}],
  [true,  'no time for validation is none',   { validationWindowHours: 0 }, {}],
  [false, 'some is some',                     { validationWindowHours: 1 }, {}],
  [true,  'conditions are sets',              { protectedResourceConditions: { stringEquals: [{ key: 'a', value: '1' }, { key: 'b', value: '2' }] } },
                                              { protectedResourceConditions: { stringEquals: [{ key: 'b', value: '2' }, { key: 'a', value: '1' }] } }],
  [false, 'each of its operator',             { protectedResourceConditions: { stringEquals: [{ key: 'a', value: '1' }] } },
                                              { protectedResourceConditions: { stringNotEquals: [{ key: 'a', value: '1' }] } }],
])('%p: of a restore testing selection, %s', (one, _, a, b) => {
  const form = (more: object) => canonicalTestingSelection({ ...CHOSEN, ...more });
  expect(same(form(a), form(b))).toBe(one);
});

test('copies are in the order of their destinations, then of what else they say', () => {
  const copies = [copy('b'), copy('a', 9), copy('a', 10), copy('c')];
  const texts = inCanonicalOrder(copies).map((one) => JSON.stringify(one));
  expect(texts).toEqual([copy('a', 10), copy('a', 9), copy('b'), copy('c')].map((one) => JSON.stringify(one)));
  expect(inCanonicalOrder([...copies].reverse()).map((one) => JSON.stringify(one))).toEqual(texts);
  expect(copies[0]).toEqual(copy('b'));
});
