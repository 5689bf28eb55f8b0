import {
  BackupClient,
  CopyJob,
  DescribeCopyJobCommand,
  DescribeRecoveryPointCommand,
  ListCopyJobsCommand,
  ListRecoveryPointsByBackupVaultCommand,
  RecoveryPointByBackupVault,
  StartCopyJobCommand,
} from '@aws-sdk/client-backup';
import { mockClient } from 'aws-sdk-client-mock';
import { configOf, copyBack, CopyReport, CopyRequest } from '../../lambda/copy-back';
import { answering } from './answering';

const TABLE = 'arn:aws:dynamodb:eu-central-1:111122223333:table/orders';
const BUCKET = 'arn:aws:s3:::ledger';
const CONFIG = {
  sourceVaultName: 'copies',
  destinationVaultArn: 'arn:aws:backup:eu-central-1:111122223333:backup-vault:primary',
  roleArn: 'arn:aws:iam::444455556666:role/copy-back',
};
const CONTEXT = { awsRequestId: 'request-1' };

const aws = mockClient(BackupClient);
const run = (request: CopyRequest, context = CONTEXT, config = CONFIG) =>
  copyBack(new BackupClient({}), config)(request, context) as Promise<CopyReport>;
const point = (
  id: string,
  day: string,
  over: Partial<RecoveryPointByBackupVault> = {},
): RecoveryPointByBackupVault => ({
  RecoveryPointArn: `arn:point:${id}`,
  CreationDate: new Date(`2027-01-${day}T05:00:00Z`),
  Status: 'COMPLETED',
  ...over,
});
const pages = (...all: RecoveryPointByBackupVault[][]) => {
  const list = aws.on(ListRecoveryPointsByBackupVaultCommand);
  all.forEach((RecoveryPoints, index) => {
    aws
      .on(ListRecoveryPointsByBackupVaultCommand, index === 0 ? {} : { NextToken: `page-${index}` })
      .resolves({ RecoveryPoints, NextToken: index + 1 < all.length ? `page-${index + 1}` : undefined });
  });
  return list;
};
const started = () => aws.commandCalls(StartCopyJobCommand).map((call) => call.args[0].input);

beforeEach(() => {
  aws.reset();
  jest.spyOn(console, 'log').mockImplementation();
  pages([point('1', '01')]);
  aws.on(DescribeRecoveryPointCommand).resolves({ StorageClass: 'WARM' });
  aws.on(ListCopyJobsCommand).resolves({ CopyJobs: [] });
  aws.on(StartCopyJobCommand).callsFake(({ RecoveryPointArn }: { RecoveryPointArn: string }) => ({
    CopyJobId: `copy-of-${RecoveryPointArn}`,
  }));
});
afterEach(() => jest.restoreAllMocks());

test('copies the newest point of all pages', async () => {
  pages([point('1', '01'), point('9', '09')], [point('20', '20')], [point('15', '15')]);
  expect(await run({ resourceArns: [TABLE] })).toEqual({
    complete: true,
    copyJobIds: ['copy-of-arn:point:20'],
    resources: [
      {
        resourceArn: TABLE,
        state: 'STARTED',
        recoveryPointArn: 'arn:point:20',
        backedUpAt: '2027-01-20T05:00:00.000Z',
        copyJobId: 'copy-of-arn:point:20',
      },
    ],
  });
  expect(started()).toEqual([
    {
      RecoveryPointArn: 'arn:point:20',
      SourceBackupVaultName: 'copies',
      DestinationBackupVaultArn: CONFIG.destinationVaultArn,
      IamRoleArn: CONFIG.roleArn,
      IdempotencyToken: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
      Lifecycle: undefined,
    },
  ]);
  expect(aws.commandCalls(ListRecoveryPointsByBackupVaultCommand)[0]?.args[0].input).toMatchObject({
    BackupVaultName: 'copies',
    ByResourceArn: TABLE,
    ByCreatedBefore: undefined,
  });
});

test('copies what was backed up until an instant, which counts itself', async () => {
  pages([point('1', '01'), point('9', '09'), point('10', '10')]);
  const before = '2027-01-09T05:00:00Z';
  expect((await run({ resourceArns: [TABLE], before })).copyJobIds).toEqual(['copy-of-arn:point:9']);
  expect(aws.commandCalls(ListRecoveryPointsByBackupVaultCommand)[0]?.args[0].input.ByCreatedBefore).toEqual(
    new Date('2027-01-09T05:00:00.001Z'),
  );
});

test('takes an empty instant for none', async () => {
  pages([point('1', '01'), point('9', '09')]);
  expect((await run({ resourceArns: [TABLE], before: '' })).copyJobIds).toEqual(['copy-of-arn:point:9']);
});

test('passes over points that are not complete, and over cold ones', async () => {
  pages([
    point('1', '01'),
    point('9', '09'),
    point('10', '10', { Status: 'PARTIAL' }),
    point('11', '11', { Status: 'EXPIRED' }),
  ]);
  aws.on(DescribeRecoveryPointCommand, { RecoveryPointArn: 'arn:point:9' }).resolves({ StorageClass: 'COLD' });
  expect((await run({ resourceArns: [TABLE] })).copyJobIds).toEqual(['copy-of-arn:point:1']);
});

// prettier-ignore
test.each([
  ['none is there',          [],                                            undefined,              'copies has no completed point'],
  ['none is complete',       [point('1', '01', { Status: 'DELETING' })],    undefined,              'copies has no completed point'],
  ['all are too new',        [point('9', '09')],                            '2027-01-08T00:00:00Z', 'copies has no completed point until 2027-01-08T00:00:00.000Z'],
  ['all are cold',           [point('1', '01'), point('2', '02')],          undefined,              'all 2 points are in cold storage, from which AWS Backup copies nothing'],
  ['one has no date',        [point('1', '01', { CreationDate: undefined })], '2027-01-08T00:00:00Z', 'copies has no completed point until 2027-01-08T00:00:00.000Z'],
])('says why it copies nothing where %s', async (_, points, before, because) => {
  pages(points);
  aws.on(DescribeRecoveryPointCommand).resolves({ StorageClass: 'COLD' });
  expect(await run({ resourceArns: [TABLE], before })).toEqual({
    complete: false,
    copyJobIds: [],
    resources: [{ resourceArn: TABLE, state: 'NO_POINT', because }],
  });
});

test('takes a point without storage class for a warm one', async () => {
  aws.on(DescribeRecoveryPointCommand).resolves({});
  expect((await run({ resourceArns: [TABLE] })).complete).toBe(true);
});

describe('asked again', () => {
  const job = (over: Partial<CopyJob>): CopyJob => ({
    CopyJobId: 'earlier',
    SourceRecoveryPointArn: 'arn:point:1',
    State: 'RUNNING',
    ...over,
  });

  test.each(['CREATED', 'RUNNING'] as const)('tells of a copy that is %s, on whatever page', async (State) => {
    aws.on(ListCopyJobsCommand).resolves({ CopyJobs: [job({ SourceRecoveryPointArn: 'other' })], NextToken: 'more' });
    aws.on(ListCopyJobsCommand, { NextToken: 'more' }).resolves({ CopyJobs: [job({ State })] });
    const report = await run({ resourceArns: [TABLE] });
    expect(report.resources).toEqual([expect.objectContaining({ state: 'UNDER_WAY', copyJobId: 'earlier' })]);
    expect(report.copyJobIds).toEqual(['earlier']);
    expect(started()).toEqual([]);
    expect(aws.commandCalls(ListCopyJobsCommand)[0]?.args[0].input).toMatchObject({
      ByResourceArn: TABLE,
      ByDestinationVaultArn: CONFIG.destinationVaultArn,
    });
  });

  test.each(['FAILED', 'COMPLETED'] as const)('copies again where the earlier copy is %s', async (State) => {
    aws.on(ListCopyJobsCommand).resolves({ CopyJobs: [job({ State })] });
    expect((await run({ resourceArns: [TABLE] })).copyJobIds).toEqual(['copy-of-arn:point:1']);
  });

  test('by the same invocation, or with the same token, gives AWS Backup the same token', async () => {
    await run({ resourceArns: [TABLE] });
    await run({ resourceArns: [TABLE] });
    await run({ resourceArns: [TABLE] }, { awsRequestId: 'request-2' });
    await run({ resourceArns: [TABLE], token: 'mine' });
    await run({ resourceArns: [TABLE], token: 'mine' }, { awsRequestId: 'request-2' });
    const [first, again, other, mine, mineAgain] = started().map(({ IdempotencyToken }) => IdempotencyToken);
    expect(again).toBe(first);
    expect(mineAgain).toBe(mine);
    expect(new Set([first, other, mine]).size).toBe(3);
  });
});

test('copies nothing in a dry run, also where it is said in words', async () => {
  for (const dryRun of [true, 'True', 'true']) {
    const report = await run({ resourceArns: [TABLE], dryRun });
    expect(report).toMatchObject({ complete: true, copyJobIds: [], resources: [{ state: 'WOULD_START' }] });
  }
  expect(started()).toEqual([]);
});

test('copies the others where one fails, and each resource once', async () => {
  aws.on(ListRecoveryPointsByBackupVaultCommand, { ByResourceArn: BUCKET }).rejects(new Error('denied'));
  const report = await run({ resourceArns: [BUCKET, TABLE, TABLE] });
  expect(report).toMatchObject({ complete: false, copyJobIds: ['copy-of-arn:point:1'] });
  expect(report.resources).toEqual([
    { resourceArn: BUCKET, state: 'FAILED', because: 'Error: denied' },
    expect.objectContaining({ resourceArn: TABLE, state: 'STARTED' }),
  ]);
});

test('gives the copy a lifecycle of its own where the construct has one', async () => {
  await run({ resourceArns: [TABLE] }, CONTEXT, { ...CONFIG, deleteAfterDays: 14 } as typeof CONFIG);
  expect(started()).toEqual([expect.objectContaining({ Lifecycle: { DeleteAfterDays: 14 } })]);
});

// prettier-ignore
test.each([
  [{ resourceArns: [] },                       'resourceArns must be at least 1 ARN, got []'],
  [{} as CopyRequest,                          'resourceArns must be at least 1 ARN, got nothing'],
  [{ resourceArns: [TABLE], before: 'noon' },  'before must be an instant of ISO 8601, e.g. 2027-01-31T05:00:00Z, got noon'],
])('fails for %j', async (request, message) => {
  await expect(run(request)).rejects.toThrow(message);
});

test('tells how far copies are', async () => {
  aws.on(DescribeCopyJobCommand, { CopyJobId: 'a' }).resolves({
    CopyJob: { State: 'COMPLETED', DestinationRecoveryPointArn: 'arn:copy:a' },
  });
  aws
    .on(DescribeCopyJobCommand, { CopyJobId: 'b' })
    .resolves({ CopyJob: { State: 'FAILED', StatusMessage: 'no key' } });
  aws.on(DescribeCopyJobCommand, { CopyJobId: 'c' }).resolves({});
  const ask = copyBack(new BackupClient({}), CONFIG);
  expect(await ask({ copyJobIds: ['a', 'b', 'c'] }, CONTEXT)).toEqual({
    complete: false,
    jobs: [
      { copyJobId: 'a', state: 'COMPLETED', destinationRecoveryPointArn: 'arn:copy:a' },
      { copyJobId: 'b', state: 'FAILED', because: 'no key' },
      { copyJobId: 'c', state: 'UNKNOWN' },
    ],
  });
  expect(await ask({ copyJobIds: ['a'] }, CONTEXT)).toMatchObject({ complete: true });
});

test('waits out throttling', async () => {
  aws.restore();
  const slow = { status: 429, body: { __type: 'ThrottlingException', message: 'slow down' } };
  const listed = {
    RecoveryPoints: [{ RecoveryPointArn: 'arn:point:1', Status: 'COMPLETED', CreationDate: 1800000000 }],
  };
  const { client, paths } = answering([
    slow,
    { status: 200, body: listed },
    { status: 200, body: { StorageClass: 'WARM' } },
    slow,
    { status: 200, body: { CopyJobs: [] } },
    slow,
    { status: 200, body: { CopyJobId: 'copy-1' } },
  ]);
  const report = await copyBack(client, CONFIG)({ resourceArns: [TABLE] }, CONTEXT);
  expect(report).toMatchObject({ complete: true, copyJobIds: ['copy-1'] });
  expect(paths).toHaveLength(7);
});

test('reads what the construct wrote into the environment', () => {
  const environment = {
    SOURCE_VAULT_NAME: 'copies',
    DESTINATION_VAULT_ARN: CONFIG.destinationVaultArn,
    ROLE_ARN: CONFIG.roleArn,
  };
  expect(configOf(environment)).toEqual(CONFIG);
  expect(configOf({ ...environment, DELETE_AFTER_DAYS: '14' })).toEqual({ ...CONFIG, deleteAfterDays: 14 });
});
