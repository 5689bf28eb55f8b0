// What a bucket says of its versions, as it was declared and as it is set: without them it is not backed up.
import { ENV, plan, resource, rule, until, vault, world } from '../scenarios/stage';

/** A World with a bucket, and how its backup ends after its settings were changed. */
function staged(versioning?: boolean) {
  const one = resource('s3', 'docs', versioning === undefined ? {} : { versioning });
  const state = world('2027-01-01', {
    vaults: [vault('main')],
    resources: [one],
    plans: [plan('p', [rule('daily', { scheduleExpression: 'cron(0 5 ? * * *)' })])],
  });
  const bucket = state.buckets.tryFind(ENV.partition, 'docs')!;
  return { state, bucket, ends: () => until(state, '2027-01-02').summary().backupJobs };
}

test('a setting of another kind leaves alone what nobody knows of its versions', () => {
  const { state, bucket, ends } = staged();
  state.buckets.set(bucket, 'tagging', { TagSet: [] });
  expect(bucket.resource.declaration.versioning).toBeUndefined();
  expect(ends()).toEqual({ COMPLETED: 1 });
});

test('versions that are suspended are none', () => {
  const { state, bucket, ends } = staged(true);
  expect(bucket.versioning).toBe('Enabled');
  state.buckets.set(bucket, 'versioning', { Status: 'Suspended' });
  expect(bucket.versioning).toBe('Suspended');
  expect(ends()).toEqual({ FAILED: 1 });
});

test('a bucket that was declared without versions has none to tell of', () => {
  const { bucket, ends } = staged(false);
  expect(bucket.versioning).toBeUndefined();
  expect(ends()).toEqual({ FAILED: 1 });
});
