/**
 * Volumes, instances, file systems and buckets of an account in a Region.
 *
 * Pure: asks through the reader.
 * Source   APIs of EC2, EFS, FSx, S3 and CloudWatch.
 */
import { CloudWatchClient, GetMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import { DescribeInstancesCommand, DescribeVolumesCommand, EC2Client } from '@aws-sdk/client-ec2';
import { DescribeFileSystemsCommand as DescribeEfs, EFSClient } from '@aws-sdk/client-efs';
import {
  DescribeFileSystemsCommand as DescribeFsx,
  DescribeVolumesCommand as FsxVolumes,
  FSxClient,
} from '@aws-sdk/client-fsx';
import { GetBucketVersioningCommand, ListBucketsCommand, S3Client } from '@aws-sdk/client-s3';
import type { Environment } from '@holdfast/model';
import { type Reader, unlessDenied } from './reader';
import { Entry, gib, known, Source, tagsOf } from './source';

const PAGE = 500;
const FSX_PAGE = 100;
/** Six metrics for each, 500 in a call. */
const BUCKETS = 83;
const DAY_S = 86_400;
/** Storage of S3 that AWS Backup copies; what is archived it leaves alone. */
const STORED = [
  'StandardStorage',
  'StandardIAStorage',
  'OneZoneIAStorage',
  'IntelligentTieringFAStorage',
  'IntelligentTieringIAStorage',
];
/** Objects, older versions among them; archived ones are not told apart. */
const COUNTED = 'AllStorageTypes';

const VOLUMES: Source = {
  name: 'ebs',
  async page(reader, env, NextToken) {
    const client = reader.client(EC2Client, env.region);
    const command = new DescribeVolumesCommand({ MaxResults: PAGE, ...(NextToken !== undefined && { NextToken }) });
    const { Volumes = [], NextToken: next } = await reader.ask(`ec2 ${env.region}`, () => client.send(command));
    const attached: Record<string, number> = {};
    for (const { Size = 0, Attachments = [] } of Volumes) {
      for (const { InstanceId } of Attachments) {
        const arn = ec2Arn(env, 'instance', InstanceId);
        attached[arn] = (attached[arn] ?? 0) + Size;
      }
    }
    const entries = Volumes.map(({ VolumeId, Size, Tags, KmsKeyId, State }) =>
      known({
        arn: ec2Arn(env, 'volume', VolumeId),
        sizeGiB: Size,
        tags: tagsOf(Tags),
        encryptedWith: KmsKeyId,
        state: State,
      }),
    );
    return { entries, attached, next };
  },
};

const INSTANCES: Source = {
  name: 'ec2',
  async page(reader, env, NextToken) {
    const client = reader.client(EC2Client, env.region);
    const command = new DescribeInstancesCommand({ MaxResults: PAGE, ...(NextToken !== undefined && { NextToken }) });
    const { Reservations = [], NextToken: next } = await reader.ask(`ec2 ${env.region}`, () => client.send(command));
    const instances = Reservations.flatMap(({ Instances = [] }) => Instances);
    const standing = instances.filter(({ State }) => State?.Name !== 'terminated');
    const entries = standing.map(({ InstanceId, Tags, State }) =>
      known({ arn: ec2Arn(env, 'instance', InstanceId), tags: tagsOf(Tags), state: State?.Name }),
    );
    return { entries, next };
  },
};

const EFS: Source = {
  name: 'efs',
  async page(reader, env, Marker) {
    const client = reader.client(EFSClient, env.region);
    const command = new DescribeEfs({ MaxItems: FSX_PAGE, ...(Marker !== undefined && { Marker }) });
    const { FileSystems = [], NextMarker } = await reader.ask(`efs ${env.region}`, () => client.send(command));
    const entries = FileSystems.map(({ FileSystemArn, FileSystemId, SizeInBytes, Tags, KmsKeyId, LifeCycleState }) =>
      known({
        arn:
          FileSystemArn ??
          `arn:${env.partition}:elasticfilesystem:${env.region}:${env.account}:file-system/${FileSystemId}`,
        sizeGiB: gib(SizeInBytes?.Value),
        tags: tagsOf(Tags),
        encryptedWith: KmsKeyId,
        state: LifeCycleState,
      }),
    );
    return { entries, next: NextMarker };
  },
};

/** The volumes of ONTAP are backed up, not their file systems. */
const FSX: Source = {
  name: 'fsx',
  async page(reader, env, NextToken) {
    const client = reader.client(FSxClient, env.region);
    const command = new DescribeFsx({ MaxResults: FSX_PAGE, ...(NextToken !== undefined && { NextToken }) });
    const { FileSystems = [], NextToken: next } = await reader.ask(`fsx ${env.region}`, () => client.send(command));
    const own = FileSystems.filter(({ FileSystemType }) => FileSystemType !== 'ONTAP');
    const entries = own.flatMap(({ ResourceARN, FileSystemType, StorageCapacity, Tags, KmsKeyId, Lifecycle }) =>
      ResourceARN === undefined
        ? []
        : [
            known({
              arn: ResourceARN,
              type: `fsx-${(FileSystemType ?? '').toLowerCase()}`,
              sizeGiB: StorageCapacity,
              tags: tagsOf(Tags),
              encryptedWith: KmsKeyId,
              state: Lifecycle,
            }),
          ],
    );
    return { entries, next };
  },
};

const ONTAP: Source = {
  name: 'fsx-ontap',
  async page(reader, env, NextToken) {
    const client = reader.client(FSxClient, env.region);
    const command = new FsxVolumes({ MaxResults: FSX_PAGE, ...(NextToken !== undefined && { NextToken }) });
    const { Volumes = [], NextToken: next } = await reader.ask(`fsx ${env.region}`, () => client.send(command));
    const entries = Volumes.filter(({ VolumeType }) => VolumeType === 'ONTAP').flatMap(
      ({ ResourceARN, OntapConfiguration, Tags, Lifecycle }) =>
        ResourceARN === undefined
          ? []
          : [
              known({
                arn: ResourceARN,
                type: 'fsx-ontap',
                sizeGiB: gib(OntapConfiguration?.SizeInBytes),
                tags: tagsOf(Tags),
                state: Lifecycle,
              }),
            ],
    );
    return { entries, next };
  },
};

const BUCKET: Source = {
  name: 's3',
  async page(reader, env, ContinuationToken) {
    const client = reader.client(S3Client, env.region);
    const command = new ListBucketsCommand({
      BucketRegion: env.region,
      MaxBuckets: BUCKETS,
      ...(ContinuationToken !== undefined && { ContinuationToken }),
    });
    const { Buckets = [], ContinuationToken: next } = await reader.ask(`s3 ${env.region}`, () => client.send(command));
    const names = Buckets.flatMap(({ Name }) => (Name === undefined ? [] : [Name]));
    const measured = await bucketMeasures(reader, env, names);
    const versioned = await versionings(reader, env, names);
    const entries: Entry[] = names.map((name) =>
      known({
        arn: `arn:${env.partition}:s3:::${name}`,
        account: env.account,
        region: env.region,
        sizeGiB: gib(measured.get(name)?.bytes),
        objectCount: measured.get(name)?.objects,
        versioning: versioned.get(name),
      }),
    );
    const hidden = names.filter((name) => !versioned.has(name)).length;
    const note = `not read: whether ${hidden} of the buckets in ${env.region} keep versions, as s3:GetBucketVersioning is denied; simulations take it that they do`;
    return { entries, next, ...(hidden > 0 && { notes: [note] }) };
  },
};

/** Which buckets keep versions; those of which AWS does not say it are left out. Source S3 API: a bucket never set says nothing. */
async function versionings(reader: Reader, env: Environment, names: readonly string[]): Promise<Map<string, boolean>> {
  const client = reader.client(S3Client, env.region);
  const found = new Map<string, boolean>();
  for (const Bucket of names) {
    const command = new GetBucketVersioningCommand({ Bucket });
    const answer = await unlessDenied(() => reader.ask(`s3 ${env.region}`, () => client.send(command)));
    if (answer !== undefined) {
      found.set(Bucket, answer.Status === 'Enabled');
    }
  }
  return found;
}

interface BucketMeasures {
  readonly bytes?: number | undefined;
  readonly objects?: number | undefined;
}

/** What CloudWatch saw of each bucket last; buckets without a metric are left out. */
async function bucketMeasures(
  reader: Reader,
  env: Environment,
  names: readonly string[],
): Promise<Map<string, BucketMeasures>> {
  const queries = names.flatMap((name, bucket) =>
    [...STORED, COUNTED].map((type, kind) => ({
      Id: type === COUNTED ? `n${bucket}` : `b${bucket}_${kind}`,
      MetricStat: {
        Metric: {
          Namespace: 'AWS/S3',
          MetricName: type === COUNTED ? 'NumberOfObjects' : 'BucketSizeBytes',
          Dimensions: [
            { Name: 'BucketName', Value: name },
            { Name: 'StorageType', Value: type },
          ],
        },
        Period: DAY_S,
        Stat: 'Average',
      },
    })),
  );
  const measured = new Map<string, BucketMeasures>();
  for (const { Id, value } of await latest(reader, env, queries)) {
    const name = names[Number(/^[bn](\d+)/.exec(Id)?.[1])] ?? '';
    const before = measured.get(name);
    const more = Id.startsWith('n') ? { objects: Math.round(value) } : { bytes: (before?.bytes ?? 0) + value };
    measured.set(name, { ...before, ...more });
  }
  return measured;
}

type Queries = NonNullable<ConstructorParameters<typeof GetMetricDataCommand>[0]['MetricDataQueries']>;

/** The newest value of each metric of the last three days: metrics of storage come once a day. */
export async function latest(
  reader: Reader,
  env: Environment,
  MetricDataQueries: Queries,
): Promise<{ readonly Id: string; readonly value: number }[]> {
  if (MetricDataQueries.length === 0) {
    return [];
  }
  const client = reader.client(CloudWatchClient, env.region);
  const EndTime = reader.today();
  const StartTime = new Date(EndTime.getTime() - 3 * DAY_S * 1000);
  const command = new GetMetricDataCommand({ MetricDataQueries, StartTime, EndTime, ScanBy: 'TimestampDescending' });
  const { MetricDataResults = [] } = await reader.ask(`cloudwatch ${env.region}`, () => client.send(command));
  return MetricDataResults.flatMap(({ Id, Values = [] }) =>
    Id === undefined || Values[0] === undefined ? [] : [{ Id, value: Values[0] }],
  );
}

function ec2Arn({ partition, region, account }: Environment, kind: string, id: string | undefined): string {
  return `arn:${partition}:ec2:${region}:${account}:${kind}/${id ?? ''}`;
}

export const STORAGE_SOURCES: readonly Source[] = [VOLUMES, INSTANCES, EFS, FSX, ONTAP, BUCKET];
