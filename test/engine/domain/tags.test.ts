// Tags that were changed after something was made.
import { ChangedTags } from '../../../engine/src/domain/tags';

const POINT = 'arn:aws:backup:eu-central-1:111122223333:recovery-point:1b2c3d4e';

test('tags of what was never tagged again are those that it was made with', () => {
  const changed = new ChangedTags();
  expect([changed.of(POINT, { a: '1' }), changed.has(POINT), changed.ofPoints]).toEqual([{ a: '1' }, false, false]);
  changed.put(POINT, { b: '2' });
  expect([changed.of(POINT, { a: '1' }), changed.has(POINT), changed.ofPoints]).toEqual([{ b: '2' }, true, true]);
  changed.put(POINT, {});
  expect(changed.of(POINT, { a: '1' })).toEqual({});
});

// prettier-ignore
test.each<[arn: string, ofPoints: boolean]>([
  [POINT,                                                                     true],
  ['arn:aws:ec2:eu-central-1::snapshot/snap-0123456789abcdef0',               true],
  ['arn:aws:rds:eu-central-1:111122223333:snapshot:awsbackup:job-1',          true],
  ['arn:aws:backup:eu-central-1:111122223333:backup-vault:main',              false],
  ['arn:aws:backup:eu-central-1:111122223333:backup-plan:1b2c3d4e',           false],
  ['arn:aws:backup-search:eu-central-1:111122223333:search-job/1b2c3d4e',     false],
  ['arn:aws:mpa:eu-central-1:111122223333:approval-team/team',                false],
])('tags of %s are of a point: %p', (arn, ofPoints) => {
  const changed = new ChangedTags();
  changed.put(arn, { a: '1' });
  expect(changed.ofPoints).toBe(ofPoints);
  changed.put(arn.replace(/.$/, 'x'), {});
  expect(changed.ofPoints).toBe(ofPoints);
});
