// Which items a search finds, by every operator, both sides.
import type { PointItem } from '../../../engine/src/domain/point-items';
import { Condition, isFound, PROPERTIES } from '../../../engine/src/domain/search-filters';
import { itemFiltersOf } from '../../../engine/src/operations/search-input';

const ITEM: PointItem = { type: 'S3', key: 'a/b.txt', versionId: 'v1', sizeBytes: 10, createdAt: 1000, etag: 'e1' };
const FILE: PointItem = {
  type: 'EBS',
  filePath: '/a',
  fileSystemIdentifier: 'fs',
  sizeBytes: 1,
  createdAt: undefined,
  modifiedAt: 5,
};

function finds(conditions: Condition<string>[], item = ITEM): boolean {
  return isFound([{ texts: [[PROPERTIES.objectKey, conditions]], numbers: [] }], item);
}

// prettier-ignore
test.each([
  ['EQUALS_TO',             'a/b.txt', 'a/b'],
  ['NOT_EQUALS_TO',         'a/b',     'a/b.txt'],
  ['CONTAINS',              '/b.',     '/c.'],
  ['DOES_NOT_CONTAIN',      '/c.',     '/b.'],
  ['BEGINS_WITH',           'a/',      'b'],
  ['DOES_NOT_BEGIN_WITH',   'b',       'a/'],
  ['ENDS_WITH',             '.txt',    '.tx'],
  ['DOES_NOT_END_WITH',     '.tx',     '.txt'],
  [undefined,               'a/b.txt', 'A/b.txt'],
])('a text is found by %s (B5.5/3)', (operator, found, missed) => {
  expect(finds([{ operator, value: found }])).toBe(true);
  expect(finds([{ operator, value: missed }])).toBe(false);
});

// prettier-ignore
test.each([
  ['EQUALS_TO',               [10],     [9, 11]],
  ['NOT_EQUALS_TO',           [9, 11],  [10]],
  ['LESS_THAN_EQUAL_TO',      [10, 11], [9]],
  ['GREATER_THAN_EQUAL_TO',   [10, 9],  [11]],
  [undefined,                 [10],     [9, 11]],
])('a size is found by %s (B5.5/3)', (Operator, found, missed) => {
  const by = (Value: number) =>
    isFound(itemFiltersOf({ S3ItemFilters: [{ Sizes: [{ Value, Operator: Operator as 'EQUALS_TO' }] }] }, 'S3'), ITEM);
  expect(found.map(by)).toEqual(found.map(() => true));
  expect(missed.map(by)).toEqual(missed.map(() => false));
});

test('of several values of a property any may match, of properties all, of filters any', () => {
  expect(
    finds([
      { operator: undefined, value: 'x' },
      { operator: undefined, value: 'a/b.txt' },
    ]),
  ).toBe(true);
  const by = (S3ItemFilters: object[]) => isFound(itemFiltersOf({ S3ItemFilters } as never, 'S3'), ITEM);
  const [key, other] = [{ ObjectKeys: [{ Value: 'a/b.txt' }] }, { VersionIds: [{ Value: 'v2' }] }];
  expect(by([{ ...key, ...other }])).toBe(false);
  expect(by([key, other])).toBe(true);
  expect(by([other])).toBe(false);
  expect(by([])).toBe(true);
  expect(by([{ Sizes: [{ Value: -1 }, { Value: ITEM.sizeBytes }] }])).toBe(true);
  expect(by([{ Sizes: [{ Value: -1 }, { Value: -2 }] }])).toBe(false);
  expect(by([{ ETags: [{ Value: 'e1' }], CreationTimes: [{ Value: new Date(1000) }] }])).toBe(true);
});

test('files are found by path, size and times; a time that is not kept matches nothing', () => {
  const by = (filter: object) => isFound(itemFiltersOf({ EBSItemFilters: [filter] } as never, 'EBS'), FILE);
  expect(by({ FilePaths: [{ Value: '/a' }], Sizes: [{ Value: 1 }] })).toBe(true);
  expect(by({ LastModificationTimes: [{ Value: new Date(5), Operator: 'LESS_THAN_EQUAL_TO' }] })).toBe(true);
  expect(by({ LastModificationTimes: [{ Value: new Date(4), Operator: 'LESS_THAN_EQUAL_TO' }] })).toBe(false);
  expect(by({ CreationTimes: [{ Value: new Date(0), Operator: 'NOT_EQUALS_TO' }] })).toBe(false);
});

test('fails on filters of the type that is not searched', () => {
  expect(() => itemFiltersOf({ EBSItemFilters: [{}] }, 'S3')).toThrow('ItemFilters must be those of S3');
  expect(() => itemFiltersOf({ S3ItemFilters: [{}] }, 'EBS')).toThrow('ItemFilters must be those of EBS');
});
