import {
  BackupClient,
  CancelLegalHoldCommand,
  CreateBackupVaultCommand,
  CreateLegalHoldCommand,
  ListScanJobsCommand,
  PutBackupVaultLockConfigurationCommand,
  StartBackupJobCommand,
} from '@aws-sdk/client-backup';
import { AwsFault, DeployRefusal, IngestRefusal, World } from '@holdfast/engine';
import { Estate } from '@holdfast/model';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { temporaryFolder } from '../../support/synth';
import { TEMPLATE } from '../cli/run-cli';

const START = '2027-01-01T00:00:00Z';
const ENV = { partition: 'aws', account: '123456789012', region: 'us-east-1' };
const MAIN = 'arn:aws:backup:us-east-1:123456789012:backup-vault:main';
const ROLE = 'arn:aws:iam::123456789012:role/backup';

/** A vault and a plan for everything that is tagged. */
const ESTATE: Estate = {
  vaults: [{ backupVaultName: 'main', env: ENV }],
  plans: [
    {
      backupPlanName: 'p',
      env: ENV,
      rules: [
        {
          ruleName: 'daily',
          targetBackupVaultName: 'main',
          scheduleExpression: 'cron(0 5 ? * * *)',
          startWindowMinutes: 60,
          lifecycle: { deleteAfterDays: 35 },
        },
      ],
      selections: [
        {
          selectionName: 'tagged',
          iamRoleArn: ROLE,
          listOfTags: [{ conditionKey: 'backup', conditionValue: 'daily' }],
        },
      ],
    },
  ],
};

const TABLE = { type: 'DynamoDB', name: 'orders', sizeGiB: 40, dailyChangePercent: 3, tags: { backup: 'daily' } };

test('the world of the README: deploy, add, advance, ask', async () => {
  const world = new World({ start: START, seed: 1 });
  await world.deploy(ESTATE);
  const orders = world.add(TABLE);
  expect(orders.arn).toBe('arn:aws:dynamodb:us-east-1:123456789012:table/orders');
  await world.advance({ days: 400 });
  expect(world.now).toBe('2028-02-05T00:00:00Z');
  const summary = world.summary();
  expect(summary.backupJobs).toEqual({ COMPLETED: 400 });
  expect(summary.recoveryPoints.byVault[MAIN]?.live).toBe(world.pointsOf('orders').length);
  expect(world.pointsOf(orders.arn)).toEqual(world.pointsOf('orders'));
});

test('the clock moves by what is asked, in parts or at once, with the same result', async () => {
  const digests: string[] = [];
  for (const stretches of [
    [{ days: 3 }],
    [{ days: 1, hours: 11, minutes: 30 }, { hours: 12, minutes: 30 }, { days: 1 }],
  ]) {
    const world = new World({ start: START });
    await world.deploy(ESTATE);
    world.add(TABLE);
    for (const stretch of stretches) {
      await world.advance(stretch);
    }
    expect(world.now).toBe('2027-01-04T00:00:00Z');
    digests.push(world.summary().digest);
  }
  expect(digests[0]).toBe(digests[1]);
});

test.each([{ days: -1 }, { hours: Number.NaN }, { minutes: Infinity }])('fails to advance by %p', async (stretch) => {
  const world = new World({ start: START });
  await expect(world.advance(stretch)).rejects.toThrow('advance must be 0 or more days, hours and minutes');
  expect(world.now).toBe(START);
});

test('fails to start at what is no instant', () => {
  expect(() => new World({ start: 'today' })).toThrow("got 'today'");
});

test('account, Region and partition fill what an artifact leaves open', () => {
  const world = new World({ start: START, account: '210987654321', region: 'cn-north-1' });
  expect(world.add(TABLE).arn).toBe('arn:aws-cn:dynamodb:cn-north-1:210987654321:table/orders');
});

describe('what can be deployed', () => {
  const folder = temporaryFolder('world');
  const file = path.join(folder, 'stack.yaml');
  fs.writeFileSync(file, TEMPLATE);
  const other = path.join(folder, 'other.json');
  const table = {
    Type: 'AWS::DynamoDB::Table',
    Properties: { TableName: 'more', Tags: [{ Key: 'backup', Value: 'daily' }] },
  };
  fs.writeFileSync(other, JSON.stringify({ Resources: { More: table } }));

  test('a path, with its findings and what was not read', async () => {
    const world = new World({ start: START });
    const { findings, notRead } = await world.deploy(file);
    await world.advance({ days: 2 });
    const summary = world.summary();
    expect(summary.backupJobs).toEqual({ COMPLETED: 2 });
    expect(summary.notRead).toEqual(notRead);
    expect(notRead.map(({ type }) => type)).toContain('AWS::SSM::Parameter');
    expect(summary.findings).toEqual(findings);
  });

  test('several paths as one estate', async () => {
    const world = new World({ start: START });
    await world.deploy([file, other]);
    await world.advance({ days: 2 });
    expect(world.summary().backupJobs).toEqual({ COMPLETED: 4 });
  });

  test('the object of a template', async () => {
    const world = new World({ start: START });
    await world.deploy(ESTATE);
    await world.deploy({ Resources: { More: table } });
    await world.advance({ days: 2 });
    expect(world.pointsOf('more')).toHaveLength(2);
  });

  test('the object of a Terraform configuration', async () => {
    const world = new World({ start: START });
    await world.deploy(ESTATE);
    await world.deploy({
      provider: { aws: [{ region: 'us-east-1' }] },
      resource: { aws_dynamodb_table: { more: { name: 'more', hash_key: 'id', tags: { backup: 'daily' } } } },
    });
    await world.advance({ days: 2 });
    expect(world.pointsOf('more')).toHaveLength(2);
  });

  test('parameters of the template', async () => {
    const world = new World({ start: START });
    const { estate } = await world.deploy(file, { parameters: { Days: '20' } });
    expect(estate.plans?.[0]?.rules[0]?.lifecycle?.deleteAfterDays).toBe(20);
  });

  test('fails on what cannot be read', async () => {
    const world = new World({ start: START });
    await expect(world.deploy(path.join(folder, 'gone.json'))).rejects.toThrow(IngestRefusal);
  });

  test('fails on what AWS refuses, with the call and its answer', async () => {
    const world = new World({ start: START });
    const [plan] = ESTATE.plans ?? [];
    const rules = [{ ...(plan?.rules[0] ?? { ruleName: '', targetBackupVaultName: '' }), startWindowMinutes: 30 }];
    const refused = world.deploy({ ...ESTATE, plans: [{ ...(plan as NonNullable<typeof plan>), rules }] });
    await expect(refused).rejects.toThrow(DeployRefusal);
    await expect(refused).rejects.toMatchObject({
      operation: 'CreateBackupPlan',
      fault: expect.any(AwsFault) as AwsFault,
    });
  });
});

describe('a resource by name', () => {
  test('is explained: its points, why, and until when', async () => {
    const world = new World({ start: START });
    await world.deploy(ESTATE);
    world.add(TABLE);
    world.add({ ...TABLE, name: 'bare', tags: {} });
    await world.advance({ days: 1 });
    const [point] = world.explain('orders').recoveryPoints;
    expect(point).toMatchObject({ plan: 'p', rule: 'daily', deleteAt: '2027-02-05T05:00:00Z', backupVaultArn: MAIN });
    expect(world.explain('bare')).toMatchObject({ plans: [], recoveryPoints: [] });
  });

  test('is explained by what stands: plans, locks and holds that clients put, too', async () => {
    const world = new World({ start: START });
    world.add(TABLE);
    const client = world.client(BackupClient);
    const byHand = () => world.explain('orders').recoveryPoints[0]?.byHand;
    await client.send(new CreateBackupVaultCommand({ BackupVaultName: 'made' }));
    const job = { BackupVaultName: 'made', ResourceArn: world.explain('orders').resource.arn, IamRoleArn: ROLE };
    await client.send(new StartBackupJobCommand(job));
    await world.advance({ hours: 1 });
    expect(byHand()).toContain('neither lock nor access policy');
    const hold = { Title: 'case', Description: 'case', RecoveryPointSelection: { VaultNames: ['made'] } };
    const { LegalHoldId } = await client.send(new CreateLegalHoldCommand(hold));
    await world.advance({ minutes: 2 });
    expect(byHand()).toContain('nobody, until whoever may cancel legal holds');
    await client.send(new CancelLegalHoldCommand({ LegalHoldId, CancelDescription: 'over' }));
    const lock = { BackupVaultName: 'made', MinRetentionDays: 7, ChangeableForDays: 3 };
    await client.send(new PutBackupVaultLockConfigurationCommand(lock));
    await world.advance({ days: 1 });
    expect(byHand()).toContain('nobody, once the 2 days');
    await world.advance({ days: 2 });
    expect(byHand()).toContain('nobody: the lock is in compliance mode');
  });

  test('is explained by one of its points: that alone, until it is gone', async () => {
    const world = new World({ start: START });
    await world.deploy(ESTATE);
    world.add(TABLE);
    await world.advance({ days: 3 });
    const { resource, recoveryPoints } = world.explain('orders');
    expect(recoveryPoints).toHaveLength(3);
    const [first, second] = recoveryPoints;
    const arn = second?.recoveryPointArn ?? '';
    expect(world.explain(arn)).toMatchObject({ resource, recoveryPoints: [second] });
    expect(world.explain(arn).recoveryPoints).toHaveLength(1);
    await world.advance({ days: 33 });
    expect(world.explain(arn).recoveryPoints).toEqual([second]);
    expect(() => world.explain(first?.recoveryPointArn ?? '')).toThrow("resource must be one of the World's");
  });

  test('fails when there is none, or more than one', () => {
    const world = new World({ start: START });
    world.add(TABLE);
    world.add({ ...TABLE, region: 'eu-west-1' });
    expect(() => world.pointsOf('gone')).toThrow("resource must be one of the World's 2, got 'gone'");
    expect(() => world.pointsOf('orders')).toThrow(
      "resource must be an ARN, as 2 are named 'orders': arn:aws:dynamodb",
    );
  });

  test('fails to add what has neither ARN nor type and name', () => {
    const world = new World({ start: START });
    expect(() => world.add({ sizeGiB: 4 })).toThrow(IngestRefusal);
  });
});

test('what is backed up of a resource since it was infected has threats found by scans (B5.6/3)', async () => {
  const [plan] = ESTATE.plans ?? [];
  const scanner = { malwareScanner: 'GUARDDUTY', scannerRoleArn: 'arn:aws:iam::123456789012:role/scanner' };
  const rules = (plan?.rules ?? []).map((rule) => ({
    ...rule,
    scanActions: [{ malwareScanner: 'GUARDDUTY', scanMode: 'FULL_SCAN' }],
  }));
  const scanSettings = [{ ...scanner, resourceTypes: ['S3'] }];
  const world = new World({ start: START });
  await world.deploy({ ...ESTATE, plans: plan === undefined ? [] : [{ ...plan, rules, scanSettings }] });
  world.add({ type: 'S3', name: 'pictures', tags: { backup: 'daily' } });
  await world.advance({ days: 1 });
  world.infect('pictures');
  await world.advance({ days: 1 });
  const { ScanJobs = [] } = await world.client(BackupClient).send(new ListScanJobsCommand({}));
  const results = ScanJobs.map((job) => job.ScanResult?.ScanResultStatus);
  expect(results).toEqual(['THREATS_FOUND', 'NO_THREATS_FOUND']);
  expect(() => {
    world.infect('nothing');
  }).toThrow('nothing');
});

test.each([
  [undefined, 'COMPLETED'],
  [true, 'COMPLETED'],
  [false, 'FAILED'],
])('a bucket that is added with versioning %p has its backup %s', async (versioning, state) => {
  const world = new World({ start: START });
  await world.deploy(ESTATE);
  world.add({ type: 'S3', name: 'logs', tags: { backup: 'daily' }, ...(versioning !== undefined && { versioning }) });
  await world.advance({ days: 1 });
  expect(world.summary().backupJobs).toEqual({ [state]: 1 });
});
