import { BackupClient, DeleteBackupVaultCommand } from '@aws-sdk/client-backup';
import { CloudWatchClient, GetMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import { GetBucketVersioningCommand, ListBucketsCommand, S3Client } from '@aws-sdk/client-s3';
import { mockClient } from 'aws-sdk-client-mock';
import type { KeptPage } from '../../../engine/src/live/inventory';
import { Reader } from '../../../engine/src/live/reader';
import { STORAGE_SOURCES } from '../../../engine/src/live/storage-sources';
import { answerOf, cli } from '../cli/run-cli';
import { account, AWAY, ESTATE, HOME, outsideOf, read, resources } from './account';

const MANY = 10_000;
/** Enough for some kills. */
const SOME = 1500;

describe('an account of thousands of resources', () => {
  const wanted = resources(MANY);

  test('is read whole while a third of the calls are throttled, by reads alone', async () => {
    const world = await account(MANY);
    world.faults.add({ kind: 'calls-refused', probability: 0.33 });
    const { document, reader, sent, notRead } = await read(world);
    expect(notRead).toEqual([]);
    expect(document.resources.map(({ arn }) => arn)).toEqual(wanted.map(({ arn }) => arn).sort());
    expect(reader.waits).toBeGreaterThan(reader.calls / 5);
    expect(new Set(sent.filter((name) => !/^(Describe|List|Get)/.test(name)))).toEqual(new Set());
    // The client of Timestream asks for its endpoint by itself.
    expect(sent.filter((name) => name !== 'DescribeEndpointsCommand')).toHaveLength(reader.calls);
  });

  test('comes to the same when it is killed again and again and goes on from what was kept', async () => {
    const world = await account(SOME);
    const whole = await read(world);
    let kept: KeptPage[] = [];
    let kills = 0;
    let last = 0;
    for (let done = false; !done;) {
      const lives = kept.length + 9;
      let dead = false;
      try {
        const run = await read(world, kept, (page) => {
          dead ||= kept.length === lives;
          if (dead) {
            throw new Error('killed');
          }
          kept = [...kept, page];
        });
        done = run.notRead.length === 0;
        last = run.reader.calls;
      } catch {
        kills++;
      }
      expect(kills).toBeLessThan(30);
    }
    const again = await read(world, kept);
    expect(again.reader.calls).toBe(0);
    expect(again.document).toEqual(whole.document);
    expect(kills).toBeGreaterThan(3);
    expect(last).toBeLessThan(whole.reader.calls / 2);
  });
});

test('a source whose token has grown old meanwhile is read anew, and counts once', async () => {
  const world = await account(400);
  const whole = await read(world);
  const volumes = whole.kept.find(({ source, region }) => source === 'ebs' && region === HOME.region);
  const stale = {
    ...(volumes as KeptPage),
    next: 'of another year',
    attached: { 'arn:aws:ec2:us-east-1:1:instance/i-1': 9 },
  };
  const again = await read(world, [stale]);
  expect(again.notRead).toEqual([]);
  expect(again.kept.filter(({ anew }) => anew).map(({ source }) => source)).toEqual(['ebs']);
  expect(again.document).toEqual(whole.document);
});

test('sizes, tags, keys and states come along', async () => {
  const world = await account(40);
  const { document } = await read(world);
  const given = new Map(resources(40).map((one) => [one.arn, one]));
  for (const { arn, tags, sizeGiB } of document.resources) {
    expect([arn, tags]).toEqual([arn, given.get(arn)?.tags]);
    // Sizes of buckets and clusters are metrics, those of instances are their volumes'.
    if (!/:s3:|:cluster:|instance/.test(arn)) {
      expect([arn, sizeGiB]).toEqual([arn, given.get(arn)?.sizeGiB]);
    }
  }
});

test('vaults, plans, selections and opt-in settings come as they were declared', async () => {
  const world = await account(0);
  const { document } = await read(world);
  const [main] = ESTATE.vaults ?? [];
  expect(document.vaults).toContainEqual({ ...main, encryptionKeyArn: expect.any(String) as string });
  expect(document.plans).toMatchObject(ESTATE.plans ?? []);
  const home = document.regionSettings.find(({ env }) => env.region === HOME.region);
  expect(home?.resourceTypeOptInPreference).toMatchObject({ EFS: false });
});

test('a service that refuses is told, and the inventory is not called complete', async () => {
  const world = await account(20);
  world.faults.add({ kind: 'calls-refused', service: 'rds', exception: 'AccessDeniedException' });
  const { document, notRead } = await read(world);
  expect(notRead.map(({ source, region }) => `${source} ${region}`)).toEqual([
    'rds eu-central-1',
    'rds-clusters eu-central-1',
    'rds us-east-1',
    'rds-clusters us-east-1',
  ]);
  expect(document.resourcesAreComplete).toBe(false);
});

test('fails before anything is sent that is not a read', async () => {
  const world = await account(0);
  const sent: string[] = [];
  const reader = new Reader(outsideOf(world, sent), 10);
  const client = reader.client(BackupClient, HOME.region);
  await expect(client.send(new DeleteBackupVaultCommand({ BackupVaultName: 'far' }))).rejects.toThrow(
    'an inventory must not send DeleteBackupVaultCommand',
  );
  expect(sent).toEqual([]);
});

test('one service in one Region is asked so often a second and no more; what is throttled waits longer each time', async () => {
  let clock = 0;
  const slept: number[] = [];
  const outside = {
    now: () => clock,
    sleep: async (ms: number) => {
      slept.push(ms);
      clock += ms;
    },
    make: () => {
      throw new Error('no client is made');
    },
  };
  const reader = new Reader(outside, 10);
  for (let call = 0; call < 4; call++) {
    await reader.ask('ec2 us-east-1', () => Promise.resolve(call));
  }
  await reader.ask('ec2 eu-central-1', () => Promise.resolve(4));
  expect(slept).toEqual([100, 100, 100]);
  slept.length = 0;
  let left = 3;
  const busy = async () => {
    if (left-- > 0) {
      throw Object.assign(new Error('Rate exceeded'), { name: 'ThrottlingException' });
    }
    return 'done';
  };
  expect(await reader.ask('rds us-east-1', busy)).toBe('done');
  expect(slept.filter((ms) => ms >= 200)).toEqual([200, 400, 800]);
  const always = () => Promise.reject(Object.assign(new Error('no'), { name: 'SlowDown' }));
  await expect(reader.ask('s3 us-east-1', always)).rejects.toThrow('no');
  const denied = () => Promise.reject(Object.assign(new Error('no'), { name: 'AccessDenied' }));
  const before = reader.calls;
  await expect(reader.ask('sts us-east-1', denied)).rejects.toThrow('no');
  expect(reader.calls).toBe(before + 1);
});

test('a bucket is as large as CloudWatch says of what AWS Backup copies, and keeps versions as S3 says, where it may be asked', async () => {
  const s3 = mockClient(S3Client);
  const watch = mockClient(CloudWatchClient);
  s3.on(ListBucketsCommand).resolves({
    Buckets: ['pictures', 'empty', 'halted', 'hidden'].map((Name) => ({ Name })),
  });
  const refused = (name: string) => Object.assign(new Error('no'), { name });
  s3.on(GetBucketVersioningCommand, { Bucket: 'pictures' }).resolves({ Status: 'Enabled' });
  s3.on(GetBucketVersioningCommand, { Bucket: 'empty' }).resolves({});
  s3.on(GetBucketVersioningCommand, { Bucket: 'halted' }).resolves({ Status: 'Suspended' });
  s3.on(GetBucketVersioningCommand, { Bucket: 'hidden' }).rejects(refused('AccessDenied'));
  watch.on(GetMetricDataCommand).resolves({
    MetricDataResults: [
      { Id: 'b0_0', Values: [3 * 1_073_741_824, 1] },
      { Id: 'b0_1', Values: [1_073_741_824] },
      { Id: 'n0', Values: [1200, 7] },
      { Id: 'b1_0', Values: [] },
    ],
  });
  const outside = {
    now: () => 0,
    sleep: async () => {},
    make: <C>(Class: new (config: { region: string; maxAttempts: number }) => C, region: string) =>
      new Class({ region, maxAttempts: 1 }),
  };
  const source = STORAGE_SOURCES.find(({ name }) => name === 's3');
  const page = await source?.page(new Reader(outside, 1000), AWAY, undefined);
  expect(page?.entries).toEqual([
    {
      arn: 'arn:aws:s3:::pictures',
      account: AWAY.account,
      region: AWAY.region,
      sizeGiB: 4,
      objectCount: 1200,
      versioning: true,
    },
    { arn: 'arn:aws:s3:::empty', account: AWAY.account, region: AWAY.region, versioning: false },
    { arn: 'arn:aws:s3:::halted', account: AWAY.account, region: AWAY.region, versioning: false },
    { arn: 'arn:aws:s3:::hidden', account: AWAY.account, region: AWAY.region },
  ]);
  expect(page?.notes).toEqual([expect.stringContaining('1 of the buckets in eu-central-1')]);
  s3.on(GetBucketVersioningCommand, { Bucket: 'hidden' }).rejects(refused('InvalidRequest'));
  await expect(source?.page(new Reader(outside, 1000), AWAY, undefined)).rejects.toThrow('no');
  s3.restore();
  watch.restore();
});

test('check, simulate and cost take what an inventory says', async () => {
  const { document } = await read(await account(30));
  const files = { 'account.json': JSON.stringify(document) };
  const checked = await cli('check account.json --format json'.split(' '), files);
  const { coverage } = answerOf<{ coverage: { plans: string[] }[] }>(checked);
  expect(coverage).toHaveLength(30);
  // Fifteen have the tag; three live where there is no plan, and EFS is opted out.
  expect(coverage.filter(({ plans }) => plans.length > 0)).toHaveLength(9);
  const ran = await cli('simulate account.json --days 3 --format json'.split(' '), files);
  const { backupJobs } = answerOf<{ backupJobs: Record<string, number> }>(ran);
  expect(backupJobs['COMPLETED']).toBeGreaterThan(30);
  const cost = await cli('cost account.json --months 1 --no-steady-state --format json'.split(' '), files);
  expect(answerOf<{ totalUsdMicros: number }>(cost).totalUsdMicros).toBeGreaterThan(0);
});
