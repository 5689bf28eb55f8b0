import { BlueprintParts } from '@holdfast/model';

const tag = (conditionKey: string, conditionValue: string) => ({ conditionKey, conditionValue });

test('two values of one tag are in two maps, each key once in a map', () => {
  const tags = [tag('backup', 'daily'), tag('backup', 'weekly'), tag('tier', 'gold')];
  expect(BlueprintParts.tagMaps(tags)).toEqual([{ backup: 'daily', tier: 'gold' }, { backup: 'weekly' }]);
  expect(BlueprintParts.tagMaps([tag('constructor', 'x')])).toEqual([{ constructor: 'x' }]);
  expect(BlueprintParts.tagMaps([])).toEqual([{}]);
});

test('conditions lose the prefix of templates, and no more', () => {
  const conditions = [tag('aws:ResourceTag/stage', 'prod'), tag('owner', 'us')];
  expect(BlueprintParts.conditionMap(conditions)).toEqual({ stage: 'prod', owner: 'us' });
});

test('statements come from an object, from text, and from a policy of one statement or none', () => {
  const statement = { Effect: 'Deny', Action: 'backup:*' };
  expect(BlueprintParts.statements({ Statement: [statement] })).toEqual([statement]);
  expect(BlueprintParts.statements(JSON.stringify({ Statement: statement }))).toEqual([statement]);
  expect([BlueprintParts.statements(), BlueprintParts.statements({})]).toEqual([[], []]);
});

test('waivers of a place are those below it, and those of every place', () => {
  const waiver = (path: string) => ({ rule: 'r', path, reason: 'because' });
  const waivers = ['plans[0].rules[1].x', 'plans[1].rules[0].x', 'plans[0]x.y', '*'].map(waiver);
  expect(BlueprintParts.waiversAt(waivers, 'plans[0]').map(({ path }) => path)).toEqual(['rules[1].x', '*']);
});
