// AWS Backup search over a socket: raw signed requests, boto3 and the AWS CLI.
import { BackupClient, CreateBackupVaultCommand, StartBackupJobCommand } from '@aws-sdk/client-backup';
import {
  CreateBucketCommand,
  GetObjectCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { HttpFront } from '../../../engine/src/host/http-front';
import { ServedWorld } from '../../../engine/src/host/served-world';
import { exercised, testWith } from '../../support/programs';
import { sendSigned } from '../../support/signed';

const [ACCOUNT, REGION] = ['111111111111', 'eu-central-1'];
const CREDENTIALS = { accessKeyId: ACCOUNT, secretAccessKey: 'holdfast' };
const [Bucket, BackupVaultName] = ['pictures', 'main'];
const BUCKET_ARN = `arn:aws:s3:::${Bucket}`;
const PREFIX = `arn:aws:backup-search:${REGION}:${ACCOUNT}`;
const TYPES = { SearchScope: { BackupResourceTypes: ['S3'] } };

let front: HttpFront;
let world: ServedWorld;

beforeEach(async () => {
  const env = { partition: 'aws', account: ACCOUNT, region: REGION };
  world = new ServedWorld({ env, start: Date.UTC(2027, 0, 1), seed: 1, version: '0' });
  front = await HttpFront.open(world);
});

afterEach(() => front.close());

function send(method: string, path: string, body?: object) {
  const by = { service: 'backup-search', region: REGION, ...CREDENTIALS };
  return sendSigned(front.url, by, [method, path, body]);
}

/** A bucket with three versions of two objects, backed up once with an index. */
async function indexed(): Promise<string[]> {
  const config = { region: REGION, endpoint: front.url, credentials: CREDENTIALS, maxAttempts: 1 };
  const [s3, backup] = [new S3Client({ ...config, forcePathStyle: true }), new BackupClient(config)];
  await s3.send(new CreateBucketCommand({ Bucket }));
  await s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: 'Enabled' } }));
  const versions: string[] = [];
  for (const [Key, Body] of [
    ['a.txt', 'old'],
    ['a.txt', 'newer'],
    ['b/c.png', 'picture'],
  ]) {
    versions.push((await s3.send(new PutObjectCommand({ Bucket, Key, Body }))).VersionId ?? '');
  }
  await backup.send(new CreateBackupVaultCommand({ BackupVaultName }));
  const IamRoleArn = `arn:aws:iam::${ACCOUNT}:role/backup`;
  await backup.send(
    new StartBackupJobCommand({ BackupVaultName, ResourceArn: BUCKET_ARN, IamRoleArn, Index: 'ENABLED' }),
  );
  await advance();
  [s3, backup].forEach((client) => client.destroy());
  return versions;
}

async function advance(): Promise<void> {
  const answer = await fetch(`${front.url}/_holdfast/clock`, {
    method: 'POST',
    body: JSON.stringify({ advance: 'PT2H' }),
  });
  expect(answer.status).toBe(200);
}

async function exportedText(Key: string): Promise<string> {
  const s3 = new S3Client({ region: REGION, endpoint: front.url, credentials: CREDENTIALS, forcePathStyle: true });
  const text = await (await s3.send(new GetObjectCommand({ Bucket, Key }))).Body?.transformToString();
  s3.destroy();
  return text ?? '';
}

async function started(body: object = TYPES): Promise<string> {
  const answer = await send('PUT', '/search-jobs', body);
  expect([answer.status, answer.error]).toEqual([200, null]);
  return answer.body.SearchJobIdentifier;
}

test('a search finds a version of an object in an indexed backup, and its export lands in a bucket (B5.5/2)', async () => {
  const versions = await indexed();
  const S3ItemFilters = [{ ObjectKeys: [{ Value: 'a.', Operator: 'BEGINS_WITH' }], Sizes: [{ Value: 5 }] }];
  const id = await started({ ...TYPES, Name: 'mine', ItemFilters: { S3ItemFilters }, Tags: { team: 'a' } });
  const job = (await send('GET', `/search-jobs/${id}`)).body;
  expect(job).toMatchObject({
    Name: 'mine',
    Status: 'COMPLETED',
    SearchJobArn: `${PREFIX}:search-job/${id}`,
    ItemFilters: { S3ItemFilters },
    CurrentSearchProgress: { RecoveryPointsScannedCount: 1, ItemsScannedCount: 3, ItemsMatchedCount: 1 },
    SearchScopeSummary: { TotalRecoveryPointsToScanCount: 1, TotalItemsToScanCount: 3 },
  });
  const [{ S3ResultItem: item }] = (await send('GET', `/search-jobs/${id}/search-results`)).body.Results;
  expect(item).toMatchObject({
    SourceResourceArn: BUCKET_ARN,
    BackupVaultName,
    ObjectKey: 'a.txt',
    ObjectSize: 5,
    VersionId: versions[1],
  });
  const backups = (await send('GET', `/search-jobs/${id}/backups`)).body.Results;
  expect(backups).toMatchObject([
    { Status: 'COMPLETED', ResourceType: 'S3', BackupResourceArn: item.BackupResourceArn },
  ]);

  const s3ExportSpecification = { DestinationBucket: Bucket, DestinationPrefix: 'found' };
  const asked = { SearchJobIdentifier: id, ExportSpecification: { s3ExportSpecification } };
  const made = (await send('PUT', '/export-search-jobs', asked)).body;
  const exported = (await send('GET', `/export-search-jobs/${made.ExportJobIdentifier}`)).body;
  expect(exported).toMatchObject({ Status: 'COMPLETED', ExportSpecification: { s3ExportSpecification } });
  const [columns, line] = (await exportedText(`found/${made.ExportJobIdentifier}.csv`)).trim().split('\r\n');
  expect(columns).toBe(
    'BackupResourceArn,SourceResourceArn,BackupVaultName,ObjectKey,ObjectSize,CreationTime,ETag,VersionId',
  );
  expect(line).toContain(`,${BackupVaultName},a.txt,5,`);
  const listed = (await send('GET', `/export-search-jobs?Status=COMPLETED&SearchJobIdentifier=${id}`)).body.ExportJobs;
  expect(listed).toHaveLength(1);
  expect((await send('GET', '/export-search-jobs?Status=RUNNING')).body.ExportJobs).toEqual([]);
});

test('results come in pages, and a token that is none is refused', async () => {
  await indexed();
  const id = await started();
  const first = (await send('GET', `/search-jobs/${id}/search-results?maxResults=2`)).body;
  expect(first.Results).toHaveLength(2);
  const next = encodeURIComponent(first.NextToken);
  const second = (await send('GET', `/search-jobs/${id}/search-results?maxResults=2&nextToken=${next}`)).body;
  expect([second.Results.length, second.NextToken]).toEqual([1, undefined]);
  const wrong = await send('GET', `/search-jobs/${id}/search-results?nextToken=nonsense`);
  expect([wrong.status, wrong.error]).toEqual([400, 'ValidationException']);
});

test('the scope leaves out points by source, time, tags and type', async () => {
  await indexed();
  const count = async (scope: object) => {
    const id = await started({ SearchScope: { ...TYPES.SearchScope, ...scope } });
    return (await send('GET', `/search-jobs/${id}/backups`)).body.Results.length;
  };
  expect(await count({ SourceResourceArns: [BUCKET_ARN] })).toBe(1);
  expect(await count({ SourceResourceArns: ['arn:aws:s3:::other'] })).toBe(0);
  expect(await count({ BackupResourceCreationTime: { CreatedAfter: Date.UTC(2026, 0) / 1000 } })).toBe(1);
  expect(await count({ BackupResourceCreationTime: { CreatedBefore: Date.UTC(2026, 0) / 1000 } })).toBe(0);
  expect(await count({ BackupResourceTags: { team: 'none' } })).toBe(0);
  expect(await count({ BackupResourceTypes: ['EBS'] })).toBe(0);
});

test('a token is answered with what it began; tags come and go', async () => {
  const [id, again] = [
    await started({ ...TYPES, ClientToken: 'one' }),
    await started({ ...TYPES, ClientToken: 'one' }),
  ];
  expect(again).toBe(id);
  expect(await started({ ...TYPES, ClientToken: 'two' })).not.toBe(id);
  const path = `/tags/${encodeURIComponent(`${PREFIX}:search-job/${id}`)}`;
  await send('POST', path, { Tags: { a: '1', b: '2' } });
  await send('DELETE', `${path}?tagKeys=a`);
  expect((await send('GET', path)).body.Tags).toEqual({ b: '2' });
  expect((await send('POST', path, { Tags: { 'aws:x': '1' } })).error).toBe('ValidationException');
});

test('each of the twelve operations leaves a record of CloudTrail, those that change something with their answer', async () => {
  const { trail } = world.state.services;
  trail.listen();
  const id = await started();
  const s3ExportSpecification = { DestinationBucket: Bucket };
  const asked = { SearchJobIdentifier: id, ExportSpecification: { s3ExportSpecification } };
  const { ExportJobIdentifier } = (await send('PUT', '/export-search-jobs', asked)).body;
  const tags = `/tags/${encodeURIComponent(`${PREFIX}:search-job/${id}`)}`;
  await send('GET', `/search-jobs/${id}`);
  await send('GET', '/search-jobs');
  await send('GET', `/search-jobs/${id}/backups`);
  await send('GET', `/search-jobs/${id}/search-results`);
  await send('GET', `/export-search-jobs/${ExportJobIdentifier}`);
  await send('GET', '/export-search-jobs');
  await send('POST', tags, { Tags: { a: '1' } });
  await send('GET', tags);
  await send('DELETE', `${tags}?tagKeys=a`);
  await send('PUT', `/search-jobs/${id}/actions/cancel`, {});
  const records = trail.list();
  expect(records.map(({ eventName, readOnly }) => [eventName, readOnly])).toEqual([
    ['StartSearchJob', false],
    ['StartSearchResultExportJob', false],
    ['GetSearchJob', true],
    ['ListSearchJobs', true],
    ['ListSearchJobBackups', true],
    ['ListSearchJobResults', true],
    ['GetSearchResultExportJob', true],
    ['ListSearchResultExportJobs', true],
    ['TagResource', false],
    ['ListTagsForResource', true],
    ['UntagResource', false],
    ['StopSearchJob', false],
  ]);
  expect(new Set(records.map(({ eventSource }) => eventSource))).toEqual(new Set(['backup-search.amazonaws.com']));
  expect(records[0]).toMatchObject({
    requestParameters: { searchScope: { backupResourceTypes: ['S3'] } },
    responseElements: { searchJobIdentifier: id },
    recipientAccountId: ACCOUNT,
    awsRegion: REGION,
  });
  expect(records.at(-1)).toMatchObject({ errorCode: 'ConflictException', responseElements: null });
});

test('a search is kept for seven days', async () => {
  const id = await started();
  const wait = (advance: string) =>
    fetch(`${front.url}/_holdfast/clock`, { method: 'POST', body: JSON.stringify({ advance }) });
  await wait('PT167H');
  expect((await send('GET', `/search-jobs/${id}`)).status).toBe(200);
  await wait('PT1H');
  expect((await send('GET', `/search-jobs/${id}`)).error).toBe('ResourceNotFoundException');
});

test('fails in the words of the model', async () => {
  const id = await started();
  const s3ExportSpecification = { DestinationBucket: 'none' };
  // prettier-ignore
  const refused: [number, string, string, string, object?][] = [
    [404, 'ResourceNotFoundException', 'GET',    '/search-jobs/none'],
    [404, 'ResourceNotFoundException', 'GET',    '/search-jobs/none/backups'],
    [404, 'ResourceNotFoundException', 'GET',    '/export-search-jobs/none'],
    [404, 'ResourceNotFoundException', 'GET',    `/tags/${encodeURIComponent(`${PREFIX}:search-job/x`)}`],
    [409, 'ConflictException',         'PUT',    `/search-jobs/${id}/actions/cancel`, {}],
    [400, 'ValidationException',       'PUT',    '/search-jobs', {}],
    [400, 'ValidationException',       'PUT',    '/search-jobs', { SearchScope: { BackupResourceTypes: ['EFS'] } }],
    [400, 'ValidationException',       'PUT',    '/search-jobs', { SearchScope: { BackupResourceTypes: ['S3', 'EBS'] } }],
    [400, 'ValidationException',       'GET',    '/search-jobs?MaxResults=1001'],
    [404, 'ResourceNotFoundException', 'PUT',    '/export-search-jobs', { SearchJobIdentifier: 'x', ExportSpecification: { s3ExportSpecification } }],
  ];
  for (const [status, error, method, path, body] of refused) {
    const answer = await send(method, path, body);
    expect([method, path, answer.status, answer.error]).toEqual([method, path, status, error]);
    expect(answer.body.message).not.toBe('');
  }
  const made = await send('PUT', '/export-search-jobs', {
    SearchJobIdentifier: id,
    ExportSpecification: { s3ExportSpecification },
  });
  const failed = (await send('GET', `/export-search-jobs/${made.body.ExportJobIdentifier}`)).body;
  expect(failed).toMatchObject({ Status: 'FAILED', StatusMessage: 'The bucket none does not exist.' });
});

const run = promisify(execFile);

async function output(command: string, ...args: string[]) {
  const { PATH, HOME } = process.env;
  const keys = { AWS_ACCESS_KEY_ID: ACCOUNT, AWS_SECRET_ACCESS_KEY: 'holdfast', AWS_DEFAULT_REGION: REGION };
  const env = { PATH, HOME, ...keys, AWS_ENDPOINT_URL: front.url, AWS_EC2_METADATA_DISABLED: 'true', AWS_PAGER: '' };
  const { stdout } = await run(command, args, { env });
  return stdout.trim() === '' ? {} : JSON.parse(stdout);
}

const SCRIPT = `
import boto3, json
from botocore.exceptions import ClientError
search = boto3.client('backupsearch')
made = search.start_search_job(SearchScope={'BackupResourceTypes': ['S3']}, ItemFilters={'S3ItemFilters': [{'ETags': [{'Value': 'x', 'Operator': 'NOT_EQUALS_TO'}]}]})
id, arn = made['SearchJobIdentifier'], made['SearchJobArn']
pages = search.get_paginator('list_search_job_results').paginate(SearchJobIdentifier=id, PaginationConfig={'PageSize': 2})
keys = [one['S3ResultItem']['ObjectKey'] for page in pages for one in page['Results']]
search.tag_resource(ResourceArn=arn, Tags={'a': '1', 'b': '2'})
search.untag_resource(ResourceArn=arn, TagKeys=['a'])
export = search.start_search_result_export_job(SearchJobIdentifier=id, ExportSpecification={'s3ExportSpecification': {'DestinationBucket': '${Bucket}'}})['ExportJobIdentifier']
codes = []
for call in [lambda: search.stop_search_job(SearchJobIdentifier=id), lambda: search.get_search_job(SearchJobIdentifier='x')]:
    try:
        call()
    except ClientError as error:
        codes.append([error.response['Error']['Code'], error.response['resourceType']])
print(json.dumps([keys, search.list_tags_for_resource(ResourceArn=arn)['Tags'], search.get_search_job(SearchJobIdentifier=id)['Status'],
    search.get_search_result_export_job(ExportJobIdentifier=export)['Status'], len(search.list_search_jobs()['SearchJobs']),
    len(search.list_search_result_export_jobs()['ExportJobs']), len(search.list_search_job_backups(SearchJobIdentifier=id)['Results']), codes]))
`;

testWith('boto3', 'python3', ['-c', 'import boto3'])(
  'boto3 calls every operation of backup-search',
  async () => {
    exercised('boto3', 'backup-search over a socket');
    await indexed();
    expect(await output('python3', '-c', SCRIPT)).toEqual([
      ['a.txt', 'a.txt', 'b/c.png'],
      { b: '2' },
      'COMPLETED',
      'COMPLETED',
      1,
      1,
      1,
      [
        ['ConflictException', 'search-job'],
        ['ResourceNotFoundException', 'search-job'],
      ],
    ]);
  },
  120_000,
);

testWith('aws', 'aws')(
  'the AWS CLI searches, and exports what it found',
  async () => {
    exercised('aws', 'backup-search over a socket');
    await indexed();
    const cli = (operation: string, ...args: string[]) => output('aws', 'backupsearch', operation, ...args);
    const { SearchJobIdentifier: id } = await cli('start-search-job', '--search-scope', 'BackupResourceTypes=S3');
    const results = await cli('list-search-job-results', '--search-job-identifier', id);
    expect(results.Results).toHaveLength(3);
    const to = JSON.stringify({ s3ExportSpecification: { DestinationBucket: Bucket } });
    await cli('start-search-result-export-job', '--search-job-identifier', id, '--export-specification', to);
    const { ExportJobs } = await cli('list-search-result-export-jobs');
    expect(ExportJobs).toMatchObject([{ Status: 'COMPLETED' }]);
  },
  120_000,
);
