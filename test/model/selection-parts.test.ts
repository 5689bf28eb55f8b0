import { BackupSelection, BackupSelectionRules, IValueProbe, SelectionParts } from '@holdfast/model';
import * as fc from 'fast-check';
import { many, PLAIN, selection } from './rows';

const plain = (count: number) => many(count, (i) => `arn:aws:s3:::bucket-${i}`);
const starred = (count: number) => many(count, (i) => `arn:aws:s3:::prefix-${i}-*`);
const tags = (count: number) => many(count, (i) => ({ conditionKey: 'backup', conditionValue: `v${i}` }));

/** How many ARNs without and with a star, and how many tags, each part has. */
function sizes(declared: BackupSelection): [plain: number, starred: number, tags: number][] {
  return SelectionParts.split(declared, PLAIN).map(({ resources = [], listOfTags = [] }) => {
    const wild = resources.filter((arn) => arn.includes('*')).length;
    return [resources.length - wild, wild, listOfTags.length];
  });
}

// prettier-ignore
test.each<[string, Partial<BackupSelection>, ReturnType<typeof sizes>]>([
  ['500 ARNs',                         { resources: plain(500) },                                 [[500, 0, 0]]],
  ['501 ARNs',                         { resources: plain(501) },                                 [[500, 0, 0], [1, 0, 0]]],
  ['30 stars',                         { resources: starred(30) },                                [[0, 30, 0]]],
  ['31 stars',                         { resources: starred(31) },                                [[0, 30, 0], [0, 1, 0]]],
  ['30 tags',                          { listOfTags: tags(30) },                                  [[0, 0, 30]]],
  ['31 tags',                          { listOfTags: tags(31) },                                  [[0, 0, 30], [0, 0, 1]]],
  ['the three together, within',       { resources: [...plain(500), ...starred(30)], listOfTags: tags(30) }, [[500, 30, 30]]],
  ['one of the three over its limit',  { resources: [...starred(61), ...plain(2)], listOfTags: tags(2) },    [[2, 30, 2], [0, 30, 0], [0, 1, 0]]],
  ['an ARN that stands there twice',   { resources: [...plain(500), ...plain(1)] },               [[500, 0, 0], [1, 0, 0]]],
])('splits %s into as few parts as there can be', (_, over, expected) => {
  expect(sizes(selection({ resources: undefined, ...over }))).toEqual(expected);
});

test('a selection within the limits stays itself', () => {
  const declared = selection({ resources: plain(3) });
  expect(SelectionParts.split(declared, PLAIN)).toEqual([declared]);
  expect(SelectionParts.split(declared, PLAIN)[0]).toBe(declared);
});

test('each part carries what is left out, the conditions and the role', () => {
  const conditions = { stringEquals: [{ conditionKey: 'aws:ResourceTag/stage', conditionValue: 'prod' }] };
  const declared = selection({ resources: plain(1001), notResources: starred(2), conditions });
  const parts = SelectionParts.split(declared, PLAIN);
  expect(parts.map((part) => ({ ...part, resources: part.resources?.length }))).toEqual(
    ['all', 'all-2', 'all-3'].map((selectionName, index) => ({
      ...declared,
      selectionName,
      resources: index === 2 ? 1 : 500,
    })),
  );
});

test('names stay within 50 characters', () => {
  const declared = selection({ selectionName: 'n'.repeat(50), resources: starred(30 * 10) });
  const names = SelectionParts.split(declared, PLAIN).map(({ selectionName }) => selectionName);
  expect(names.slice(0, 2)).toEqual(['n'.repeat(50), `${'n'.repeat(48)}-2`]);
  expect(names.at(-1)).toBe(`${'n'.repeat(47)}-10`);
  expect(new Set(names).size).toBe(10);
});

test('what cannot be split stays a finding of each part', () => {
  const declared = selection({ resources: plain(501), notResources: plain(501) });
  for (const part of SelectionParts.split(declared, PLAIN)) {
    const found = BackupSelectionRules.check(part, '', PLAIN).map(({ rule, path }) => `${rule} ${path}`);
    expect(found).toContain('selection-arns notResources');
    expect(found).not.toContain('selection-arns resources');
  }
});

test('a value that is known only at deployment counts as an ARN without a star', () => {
  const probe: IValueProbe = { known: (value) => typeof value !== 'string' || !value.startsWith('TOKEN') };
  const resources = [...many(500, (i) => `TOKEN*${i}`), ...starred(30)];
  expect(SelectionParts.split(selection({ resources }), probe)).toHaveLength(1);
  const more = selection({ selectionName: 'TOKEN', resources: [...resources, 'TOKEN'] });
  const parts = SelectionParts.split(more, probe);
  expect(parts.map((part) => [part.selectionName, part.resources?.length])).toEqual([
    ['TOKEN', 530],
    ['TOKEN-2', 1],
  ]);
  const list = selection({ resources: 'TOKEN' as never });
  expect(SelectionParts.split(list, probe)).toEqual([list]);
});

test('nothing is lost, nothing is added, and every part is within the limits', () => {
  const sized = fc.record({ p: fc.nat(1200), s: fc.nat(100), t: fc.nat(100) }).filter(({ p, s, t }) => p + s + t > 0);
  fc.assert(
    fc.property(sized, ({ p, s, t }) => {
      const declared = selection({ resources: [...starred(s), ...plain(p)], listOfTags: tags(t) });
      const parts = SelectionParts.split(declared, PLAIN);
      const all = <T>(of: (part: BackupSelection) => T[] | undefined) => parts.flatMap((part) => of(part) ?? []);
      expect(new Set(all((part) => part.resources))).toEqual(new Set(declared.resources));
      expect(all((part) => part.listOfTags)).toEqual(declared.listOfTags);
      const over = ['selection-arns', 'selection-wildcard-arns', 'selection-tags', 'selection-empty'];
      const found = parts.flatMap((part) => BackupSelectionRules.check(part, '', PLAIN));
      expect(found.filter(({ rule }) => over.includes(rule))).toEqual([]);
    }),
    { numRuns: 30 },
  );
});
