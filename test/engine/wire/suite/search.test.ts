// Every operation of AWS Backup search, by boto3 and the AWS CLI: each tells one story to a World of its own, which the other
// one reads.
import { BackupClient, CreateBackupVaultCommand, StartBackupJobCommand } from '@aws-sdk/client-backup';
import { CreateBucketCommand, PutBucketVersioningCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { addFaults, clearFaults } from '../../../../engine/src/wire/control-faults';
import { exercised, testWith } from '../../../support/programs';
import { Python } from './drivers';
import { OWNER, REGION, ROLE, Stage, stage } from './stage';
import type { Step } from './step';

const Bucket = 'pictures-of-search';
const ABSENT = '00000000-0000-4000-8000-000000000000';
const NOT_FOUND = 'ResourceNotFoundException';
const INVALID = 'ValidationException';
const JOB = { SearchJobIdentifier: '$id' };
const EXPORT = { ...JOB, ExportSpecification: { s3ExportSpecification: { DestinationBucket: Bucket } } };
const SCOPE = { SearchScope: { BackupResourceTypes: ['S3'] } };
const absent = (member: string) => ({ error: NOT_FOUND, input: { [member]: ABSENT } });
const NO_JOB = `arn:aws:backup-search:${REGION}:${OWNER}:search-job/${ABSENT}`;

const STORY: readonly Step[] = [
  {
    operation: 'StartSearchJob',
    input: { ...SCOPE, Name: 'mine', Tags: { team: 'a' }, ClientToken: 'one' },
    keep: { id: 'SearchJobIdentifier', arn: 'SearchJobArn' },
    fails: [{ error: INVALID, input: { SearchScope: { BackupResourceTypes: ['S3', 'EBS'] } } }],
    then: { operation: 'GetSearchJob', input: JOB, shows: { Name: 'mine', Status: 'COMPLETED' } },
  },
  { operation: 'GetSearchJob', input: JOB, fails: [absent('SearchJobIdentifier')] },
  { operation: 'ListSearchJobs', input: {}, fails: [{ error: INVALID, input: { MaxResults: 1001 } }] },
  {
    operation: 'ListSearchJobBackups',
    input: JOB,
    fails: [absent('SearchJobIdentifier'), { error: INVALID, input: { ...JOB, MaxResults: 1001 } }],
  },
  {
    operation: 'ListSearchJobResults',
    input: JOB,
    fails: [absent('SearchJobIdentifier'), { error: INVALID, input: { ...JOB, MaxResults: 1001 } }],
    then: { operation: 'ListSearchJobResults', input: JOB, shows: { Results: [{}, {}] } },
  },
  {
    operation: 'StartSearchResultExportJob',
    input: { ...EXPORT, ClientToken: 'two' },
    keep: { export: 'ExportJobIdentifier' },
    fails: [{ error: NOT_FOUND, input: { ...EXPORT, SearchJobIdentifier: ABSENT } }],
    then: {
      operation: 'GetSearchResultExportJob',
      input: { ExportJobIdentifier: '$export' },
      shows: { Status: 'COMPLETED' },
    },
  },
  {
    operation: 'GetSearchResultExportJob',
    input: { ExportJobIdentifier: '$export' },
    fails: [absent('ExportJobIdentifier')],
  },
  {
    operation: 'ListSearchResultExportJobs',
    input: {},
    fails: [{ error: INVALID, input: { MaxResults: 1001 } }],
  },
  {
    operation: 'TagResource',
    input: { ResourceArn: '$arn', Tags: { cost: '1' } },
    fails: [{ error: NOT_FOUND, input: { ResourceArn: NO_JOB, Tags: { a: 'b' } } }],
    then: {
      operation: 'ListTagsForResource',
      input: { ResourceArn: '$arn' },
      shows: { Tags: { team: 'a', cost: '1' } },
    },
  },
  {
    operation: 'ListTagsForResource',
    input: { ResourceArn: '$arn' },
    fails: [{ error: NOT_FOUND, input: { ResourceArn: NO_JOB } }],
  },
  {
    operation: 'UntagResource',
    input: { ResourceArn: '$arn', TagKeys: ['team'] },
    fails: [{ error: NOT_FOUND, input: { ResourceArn: NO_JOB, TagKeys: ['team'] } }],
    then: { operation: 'ListTagsForResource', input: { ResourceArn: '$arn' }, shows: { Tags: { cost: '1' } } },
  },
];

/** A search is over as soon as it is started: to stop it is a conflict. */
const REFUSED = 'StopSearchJob';

/** What a fault of a World stands for. */
const BY_FAULT = ['ThrottlingException', 'AccessDeniedException'];
/** What no call of the story brings about, and no fault: failures of AWS itself, quotas, and what is not known to be. */
const BEYOND = ['InternalServerException', 'ServiceQuotaExceededException', INVALID];
/** A token that was given before answers as it did then; a list of what is not there is empty. */
const UNKNOWN = [
  'ListSearchResultExportJobs ResourceNotFoundException',
  'StartSearchJob ConflictException',
  'StartSearchJob ResourceNotFoundException',
  'StartSearchResultExportJob ConflictException',
];

/** What one client was told. */
interface Told {
  readonly operations: readonly string[];
  readonly done: Set<string>;
  /** Modelled errors that a call was answered with, and those that a fault of the World stood for. */
  readonly met: Set<string>;
  readonly modelled: readonly string[];
  readonly wrong: string[];
}

/** A bucket with two objects, backed up with an index. */
async function index({ world, front }: Stage): Promise<void> {
  const credentials = { accessKeyId: OWNER, secretAccessKey: 'secret' };
  const config = { region: REGION, endpoint: front.url, credentials };
  const [s3, backup] = [new S3Client({ ...config, forcePathStyle: true }), new BackupClient(config)];
  await s3.send(new CreateBucketCommand({ Bucket }));
  await s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: 'Enabled' } }));
  for (const Key of ['a.txt', 'b.txt']) {
    await s3.send(new PutObjectCommand({ Bucket, Key, Body: Key }));
  }
  await backup.send(new CreateBackupVaultCommand({ BackupVaultName: 'main' }));
  const job = { BackupVaultName: 'main', ResourceArn: `arn:aws:s3:::${Bucket}`, IamRoleArn: ROLE };
  await backup.send(new StartBackupJobCommand({ ...job, Index: 'ENABLED' }));
  await world.runUntil(world.state.now + 2 * 3_600_000);
  [s3, backup].forEach((client) => client.destroy());
}

async function play(here: Stage, client: Python, reader: Python): Promise<Told> {
  const errors = await client.errors();
  const modelled = Object.entries(errors).flatMap(([operation, names]) => names.map((name) => `${operation} ${name}`));
  const told: Told = { operations: Object.keys(errors), done: new Set(), met: new Set(), modelled, wrong: [] };
  const kept: Record<string, string> = {};
  const filled = (value: unknown) =>
    JSON.parse(JSON.stringify(value).replace(/"\$(\w+)"/g, (_, name: string) => `"${kept[name]}"`)) as object;
  const expectError = async (operation: string, input: object, error: string) => {
    const answer = await client.call(operation, filled(input), OWNER);
    if (answer.error === error) {
      told.met.add(`${operation} ${error}`);
    } else {
      told.wrong.push(`${operation}: ${answer.error ?? 'success'} rather than ${error}`);
    }
  };
  for (const { operation, input, keep = {}, fails = [], then } of STORY) {
    const { output, error, message } = await client.call(operation, filled(input), OWNER);
    if (output === undefined) {
      told.wrong.push(`${operation}: ${error} ${message}`);
      continue;
    }
    told.done.add(operation);
    Object.entries(keep).forEach(([name, member]) => (kept[name] = String(output[member])));
    for (const refused of fails) {
      await expectError(operation, refused.input, refused.error);
    }
    if (then !== undefined) {
      const seen = await reader.call(then.operation, filled(then.input), OWNER);
      expect(seen.output).toMatchObject(then.shows);
    }
  }
  await expectError(REFUSED, JOB, 'ConflictException');
  await expectError(REFUSED, { SearchJobIdentifier: ABSENT }, NOT_FOUND);
  for (const one of modelled.filter((name) => !told.met.has(name))) {
    const [operation = '', exception = ''] = one.split(' ');
    if (!BY_FAULT.includes(exception)) {
      continue;
    }
    addFaults(here.world, { kind: 'calls-refused', service: 'backup-search', operation, exception });
    await expectError(operation, STORY.find((step) => step.operation === operation)?.input ?? JOB, exception);
    clearFaults(here.world, undefined, '');
  }
  return told;
}

testWith('boto3', 'python3', ['-c', 'import botocore, awscli.clidriver'])(
  'two clients do every operation of AWS Backup search, see what the other did, and are told the same errors',
  async () => {
    exercised('boto3', 'every operation of AWS Backup search');
    exercised('aws', 'every operation of AWS Backup search');
    const kinds = [
      ['boto3', 'boto3'],
      ['AWS CLI', 'cli'],
    ] as const;
    for (const [number, [name]] of kinds.entries()) {
      const here = await stage();
      await index(here);
      const [client, reader] = [number, 1 - number].map((one) => {
        const [label, kind] = kinds[one] ?? kinds[0];
        return new Python(label, kind, here.front.url, REGION, 'backupsearch');
      }) as [Python, Python];
      try {
        const { operations, done, met, modelled, wrong } = await play(here, client, reader);
        process.stdout.write(
          `suite: ${name}, search: operations ${done.size} of ${operations.length}, and ${REFUSED} as of a search that is over\n` +
            `suite: ${name}, search: modelled errors ${met.size} of ${modelled.length}\n`,
        );
        expect(wrong).toEqual([]);
        expect(operations.filter((one) => !done.has(one))).toEqual([REFUSED]);
        const unmet = modelled.filter((one) => !met.has(one) && !BEYOND.includes(one.split(' ')[1] ?? ''));
        expect(unmet.sort()).toEqual(UNKNOWN);
      } finally {
        [client, reader].forEach((one) => one.close());
        await here.front.close();
      }
    }
  },
  300_000,
);
