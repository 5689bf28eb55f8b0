// What keeps a restore from making what it is asked for.
import { RESTORE_BUCKET_ABSENT } from '../../../engine/src/domain/content-reasons';
import { NO_REASON } from '../../../engine/src/domain/reasons';
import { targetRefusal } from '../../../engine/src/domain/restore-result';
import type { RestoreJob } from '../../../engine/src/domain/restore-runs';
import { ENV, resource, world } from '../scenarios/stage';

const BUCKET = resource('s3', 'files');

// prettier-ignore
test.each<[string, object, string, number]>([
  ['of the account and Region',  ENV,                                  BUCKET.arn,         NO_REASON],
  ['of another account',         { ...ENV, account: '999999999999' },  BUCKET.arn,         RESTORE_BUCKET_ABSENT],
  ['of another Region',          { ...ENV, region: 'eu-west-1' },      BUCKET.arn,         RESTORE_BUCKET_ABSENT],
  ['that is not there',          ENV,                                  'arn:aws:s3:::no',  RESTORE_BUCKET_ABSENT],
])('files are restored to a bucket %s: the reason is %j', (_, env, arn, refusal) => {
  const { ledger } = world('2027-01-01', { resources: [BUCKET] });
  const metadata = { destinationBucketName: 'files', pathsToRestore: '["/a"]' };
  const job = { target: { arn, inPlace: true }, resourceType: 'EBS', request: { metadata, env } };
  expect(targetRefusal(ledger, job as unknown as RestoreJob)).toBe(refusal);
});

test('a bucket that is gone takes no files', () => {
  const state = world('2027-01-01', { resources: [BUCKET] });
  state.removeResource(state.ledger.resources.tryFind(BUCKET.arn)!);
  const metadata = { destinationBucketName: 'files', pathsToRestore: '["/a"]' };
  const job = { target: { arn: BUCKET.arn, inPlace: true }, resourceType: 'EBS', request: { metadata, env: ENV } };
  expect(targetRefusal(state.ledger, job as unknown as RestoreJob)).toBe(RESTORE_BUCKET_ABSENT);
});
