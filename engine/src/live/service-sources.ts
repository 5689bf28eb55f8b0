/**
 * Clusters of EKS and Aurora DSQL, volumes of Storage Gateway, tables of Timestream and namespaces of Redshift Serverless.
 *
 * Pure: asks through the reader.
 * Source   APIs of those services and CloudWatch. Tags and keys come one resource at a time. Aurora DSQL user guide, "Monitoring
 *          with CloudWatch": ClusterStorageSize, bytes (read 2026-11-27).
 * Assumed  The metric of Redshift Serverless is DataStorage in MB, by namespace; that of DSQL goes by ClusterId. What
 *          Timestream stores no metric tells: its tables get the default of their service.
 */
import { DSQLClient, GetClusterCommand, ListClustersCommand as ListDsql } from '@aws-sdk/client-dsql';
import { DescribeClusterCommand, EKSClient, ListClustersCommand as ListEks } from '@aws-sdk/client-eks';
import {
  ListNamespacesCommand,
  ListTagsForResourceCommand as NamespaceTags,
  RedshiftServerlessClient,
} from '@aws-sdk/client-redshift-serverless';
import {
  DescribeCachediSCSIVolumesCommand,
  ListTagsForResourceCommand as GatewayTags,
  ListVolumesCommand,
  StorageGatewayClient,
} from '@aws-sdk/client-storage-gateway';
import {
  ListDatabasesCommand,
  ListTablesCommand,
  ListTagsForResourceCommand as TableTags,
  TimestreamWriteClient,
} from '@aws-sdk/client-timestream-write';
import type { Environment } from '@holdfast/model';
import type { Reader } from './reader';
import { type Entry, gib, known, plainTags, type Source, tagsOf } from './source';
import { latest } from './storage-sources';

const PAGE = 100;
const MIB_PER_GIB = 1024;
const DAY_S = 86_400;
/** Most that Timestream gives at once. */
const SERIES_PAGE = 20;

/** Volumes of a cluster are found by their tags, once all pages are there (members.ts). */
const EKS: Source = {
  name: 'eks',
  async page(reader, env, nextToken) {
    const client = reader.client(EKSClient, env.region);
    const lane = `eks ${env.region}`;
    const command = new ListEks({ maxResults: PAGE, ...(nextToken !== undefined && { nextToken }) });
    const { clusters = [], nextToken: next } = await reader.ask(lane, () => client.send(command));
    const entries: Entry[] = [];
    for (const name of clusters) {
      const { cluster } = await reader.ask(lane, () => client.send(new DescribeClusterCommand({ name })));
      if (cluster?.arn !== undefined) {
        const encryptedWith = cluster.encryptionConfig?.[0]?.provider?.keyArn;
        entries.push(
          known({ arn: cluster.arn, tags: plainTags(cluster.tags), encryptedWith, state: cluster.status }) as Entry,
        );
      }
    }
    return { entries, next };
  },
};

const DSQL: Source = {
  name: 'dsql',
  async page(reader, env, nextToken) {
    const client = reader.client(DSQLClient, env.region);
    const lane = `dsql ${env.region}`;
    const command = new ListDsql({ maxResults: PAGE, ...(nextToken !== undefined && { nextToken }) });
    const { clusters = [], nextToken: next } = await reader.ask(lane, () => client.send(command));
    const ids = (clusters ?? []).map(({ identifier = '' }) => identifier);
    const sizes = await sizesOf(reader, env, ids, ['AWS/AuroraDSQL', 'ClusterStorageSize', 'ClusterId']);
    const entries: Entry[] = [];
    for (const identifier of ids) {
      const one = await reader.ask(lane, () => client.send(new GetClusterCommand({ identifier })));
      entries.push(
        known({
          arn: one.arn ?? '',
          sizeGiB: gib(sizes.get(identifier)),
          tags: plainTags(one.tags),
          encryptedWith: one.encryptionDetails?.kmsKeyArn,
          state: one.status,
        }) as Entry,
      );
    }
    return { entries, next };
  },
};

const GATEWAYS: Source = {
  name: 'storage-gateway',
  async page(reader, env, Marker) {
    const client = reader.client(StorageGatewayClient, env.region);
    const lane = `storagegateway ${env.region}`;
    const command = new ListVolumesCommand({ Limit: PAGE, ...(Marker !== undefined && { Marker }) });
    const { VolumeInfos = [], Marker: next } = await reader.ask(lane, () => client.send(command));
    const cached = VolumeInfos.filter(({ VolumeType = '' }) => VolumeType.startsWith('CACHED'));
    const keys = new Map<string | undefined, string | undefined>();
    // Of one gateway at a time, as the API wants it.
    for (const gateway of new Set(cached.map(({ GatewayARN }) => GatewayARN))) {
      const VolumeARNs = cached
        .filter(({ GatewayARN }) => GatewayARN === gateway)
        .map(({ VolumeARN = '' }) => VolumeARN);
      const { CachediSCSIVolumes = [] } = await reader.ask(lane, () =>
        client.send(new DescribeCachediSCSIVolumesCommand({ VolumeARNs })),
      );
      CachediSCSIVolumes.forEach(({ VolumeARN, KMSKey }) => keys.set(VolumeARN, KMSKey));
    }
    const entries: Entry[] = [];
    for (const { VolumeARN: ResourceARN = '', VolumeSizeInBytes } of VolumeInfos) {
      const { Tags } = await reader.ask(lane, () => client.send(new GatewayTags({ ResourceARN })));
      entries.push(
        known({
          arn: ResourceARN,
          sizeGiB: gib(VolumeSizeInBytes),
          tags: tagsOf(Tags),
          encryptedWith: keys.get(ResourceARN),
        }) as Entry,
      );
    }
    return { entries, next };
  },
};

/** A page is that of databases, with all tables of each. */
const TIMESTREAM: Source = {
  name: 'timestream',
  async page(reader, env, NextToken) {
    const client = reader.client(TimestreamWriteClient, env.region);
    const lane = `timestream ${env.region}`;
    const command = new ListDatabasesCommand({
      MaxResults: SERIES_PAGE,
      ...(NextToken !== undefined && { NextToken }),
    });
    const { Databases = [], NextToken: next } = await reader.ask(lane, () => client.send(command));
    const entries: Entry[] = [];
    for (const { DatabaseName, KmsKeyId } of Databases) {
      let token: string | undefined;
      do {
        const list = new ListTablesCommand({
          DatabaseName,
          MaxResults: SERIES_PAGE,
          ...(token !== undefined && { NextToken: token }),
        });
        const { Tables = [], NextToken: more } = await reader.ask(lane, () => client.send(list));
        for (const { Arn: ResourceARN = '', TableStatus } of Tables) {
          const { Tags } = await reader.ask(lane, () => client.send(new TableTags({ ResourceARN })));
          entries.push(
            known({ arn: ResourceARN, tags: tagsOf(Tags), encryptedWith: KmsKeyId, state: TableStatus }) as Entry,
          );
        }
        token = more;
      } while (token !== undefined);
    }
    return { entries, next };
  },
};

const NAMESPACES: Source = {
  name: 'redshift-serverless',
  async page(reader, env, nextToken) {
    const client = reader.client(RedshiftServerlessClient, env.region);
    const lane = `redshift-serverless ${env.region}`;
    const command = new ListNamespacesCommand({ maxResults: PAGE, ...(nextToken !== undefined && { nextToken }) });
    const { namespaces, nextToken: next } = await reader.ask(lane, () => client.send(command));
    const found = namespaces ?? [];
    const names = found.map(({ namespaceName = '' }) => namespaceName);
    const sizes = await sizesOf(reader, env, names, ['AWS/Redshift-Serverless', 'DataStorage', 'Namespace']);
    const entries: Entry[] = [];
    for (const { namespaceArn: resourceArn = '', namespaceName = '', kmsKeyId, status } of found) {
      const { tags = [] } = await reader.ask(lane, () => client.send(new NamespaceTags({ resourceArn })));
      const megabytes = sizes.get(namespaceName);
      entries.push(
        known({
          arn: resourceArn,
          sizeGiB: megabytes === undefined ? undefined : megabytes / MIB_PER_GIB,
          tags: tagsOf(tags.map(({ key: Key, value: Value }) => ({ Key, Value }))),
          // The word stands for a key that AWS owns.
          encryptedWith: kmsKeyId === 'AWS_OWNED_KMS_KEY' ? undefined : kmsKeyId,
          state: status,
        }) as Entry,
      );
    }
    return { entries, next };
  },
};

/** What a metric of CloudWatch with one dimension said last of each name. */
async function sizesOf(
  reader: Reader,
  env: Environment,
  names: readonly string[],
  [Namespace, MetricName, Name]: readonly [string, string, string],
): Promise<Map<string, number>> {
  const queries = names.map((Value, index) => ({
    Id: `m${index}`,
    MetricStat: {
      Metric: { Namespace, MetricName, Dimensions: [{ Name, Value }] },
      Period: DAY_S,
      Stat: 'Average',
    },
  }));
  const found = await latest(reader, env, queries);
  return new Map(found.map(({ Id, value }) => [names[Number(Id.slice(1))] ?? '', value]));
}

export const SERVICE_SOURCES: readonly Source[] = [EKS, DSQL, GATEWAYS, TIMESTREAM, NAMESPACES];
