import { Lifecycle, LifecycleRules } from '@holdfast/model';
import { PLAIN, Row, testRows } from './rows';

// prettier-ignore
const ROWS: Row<Lifecycle>[] = [
  ['lifecycle-delete-after', 'fails',  { deleteAfterDays: 0 },     'lifecycle.deleteAfterDays', '0'],
  ['lifecycle-delete-after', 'passes', { deleteAfterDays: 1 }],
  ['lifecycle-delete-after', 'passes', { deleteAfterDays: 36500 }],
  ['lifecycle-delete-after', 'fails',  { deleteAfterDays: 36501 }, 'lifecycle.deleteAfterDays', '36501'],
  ['lifecycle-delete-after', 'passes', { deleteAfterDays: -1 }],
  ['lifecycle-delete-after', 'fails',  { deleteAfterDays: -2 },    'lifecycle.deleteAfterDays', '-2'],
  ['lifecycle-delete-after', 'fails',  { deleteAfterDays: 1.5 },   'lifecycle.deleteAfterDays', '1.5'],
  ['lifecycle-delete-after', 'passes', {}],

  ['lifecycle-cold-after',   'passes', { moveToColdStorageAfterDays: -1 }],
  ['lifecycle-cold-after',   'fails',  { moveToColdStorageAfterDays: -2 },    'lifecycle.moveToColdStorageAfterDays', '-2'],
  ['lifecycle-cold-after',   'passes', { moveToColdStorageAfterDays: 0 }],
  ['lifecycle-cold-after',   'passes', { moveToColdStorageAfterDays: 36500 }],
  ['lifecycle-cold-after',   'fails',  { moveToColdStorageAfterDays: 36501 }, 'lifecycle.moveToColdStorageAfterDays', '36501'],
  ['lifecycle-cold-after',   'fails',  { moveToColdStorageAfterDays: 7.5 },   'lifecycle.moveToColdStorageAfterDays', '7.5'],

  // Vector 3 of the reference.
  ['lifecycle-cold-gap',     'fails',  { moveToColdStorageAfterDays: 30, deleteAfterDays: 119 }, 'lifecycle.deleteAfterDays', '119'],
  ['lifecycle-cold-gap',     'passes', { moveToColdStorageAfterDays: 30, deleteAfterDays: 120 }],
  ['lifecycle-cold-gap',     'fails',  { moveToColdStorageAfterDays: 0,  deleteAfterDays: 89 },  'lifecycle.deleteAfterDays', '89'],
  ['lifecycle-cold-gap',     'passes', { moveToColdStorageAfterDays: 0,  deleteAfterDays: 90 }],
  ['lifecycle-cold-gap',     'passes', { moveToColdStorageAfterDays: 7 }],
  ['lifecycle-cold-gap',     'passes', { moveToColdStorageAfterDays: 7,  deleteAfterDays: -1 }],
  ['lifecycle-cold-gap',     'passes', { moveToColdStorageAfterDays: -1, deleteAfterDays: 1 }],

  ['lifecycle-cold-at-once', 'fails',  { moveToColdStorageAfterDays: 0 }, 'lifecycle.moveToColdStorageAfterDays', '0'],
  ['lifecycle-cold-at-once', 'passes', { moveToColdStorageAfterDays: 1 }],
  ['lifecycle-warm-days',    'fails',  { moveToColdStorageAfterDays: 7 }, 'lifecycle.moveToColdStorageAfterDays', '7'],
  ['lifecycle-warm-days',    'passes', { moveToColdStorageAfterDays: 8 }],

  ['lifecycle-archive-opt-in', 'fails',  { optInToArchiveForSupportedResources: true }, 'lifecycle.optInToArchiveForSupportedResources', 'true alone'],
  ['lifecycle-archive-opt-in', 'fails',  { optInToArchiveForSupportedResources: true, moveToColdStorageAfterDays: -1 }, 'lifecycle.optInToArchiveForSupportedResources', 'true alone'],
  ['lifecycle-archive-opt-in', 'passes', { optInToArchiveForSupportedResources: true, moveToColdStorageAfterDays: 30 }],
  ['lifecycle-archive-opt-in', 'passes', { optInToArchiveForSupportedResources: false }],
];

testRows((lifecycle) => LifecycleRules.check(lifecycle, 'lifecycle', PLAIN), ROWS);

test('names the least retention that the cold days ask for', () => {
  const [finding] = LifecycleRules.check({ moveToColdStorageAfterDays: 30, deleteAfterDays: 60 }, '', PLAIN);
  expect(finding?.message).toBe('must be at least 120 days, 90 after moveToColdStorageAfterDays 30, got 60');
  expect(finding?.path).toBe('deleteAfterDays');
});
