/**
 * Databases and tables of an account in a Region, and the tags that only the tagging API lists page by page.
 *
 * Pure: asks through the reader.
 * Source   APIs of RDS, DynamoDB, Redshift, Resource Groups Tagging and CloudWatch. A cluster of Aurora, Neptune or
 *          DocumentDB says 1 GiB of itself; its size is a metric.
 */
import { DescribeTableCommand, DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { DescribeDBClustersCommand, DescribeDBInstancesCommand, RDSClient } from '@aws-sdk/client-rds';
import { DescribeClustersCommand, RedshiftClient } from '@aws-sdk/client-redshift';
import { GetResourcesCommand, ResourceGroupsTaggingAPIClient } from '@aws-sdk/client-resource-groups-tagging-api';
import type { Environment } from '@holdfast/model';
import type { Reader } from './reader';
import { gib, known, Source, tagsOf } from './source';
import { latest } from './storage-sources';

const PAGE = 100;
const TAG_PAGE = 100;
const MIB_PER_GIB = 1024;
const DAY_S = 86_400;
const CLUSTER_TYPES: Readonly<Record<string, string>> = { neptune: 'Neptune', docdb: 'DocumentDB' };

/** Members of a cluster are not backed up one by one (Source B3.2/5). */
const INSTANCES: Source = {
  name: 'rds',
  async page(reader, env, Marker) {
    const client = reader.client(RDSClient, env.region);
    const command = new DescribeDBInstancesCommand({ MaxRecords: PAGE, ...(Marker !== undefined && { Marker }) });
    const { DBInstances = [], Marker: next } = await reader.ask(`rds ${env.region}`, () => client.send(command));
    const entries = DBInstances.filter(({ DBClusterIdentifier }) => DBClusterIdentifier === undefined).flatMap((one) =>
      one.DBInstanceArn === undefined
        ? []
        : [
            known({
              arn: one.DBInstanceArn,
              sizeGiB: one.AllocatedStorage,
              tags: tagsOf(one.TagList),
              encryptedWith: one.KmsKeyId,
              state: one.DBInstanceStatus,
              preferredMaintenanceWindow: one.PreferredMaintenanceWindow,
              preferredBackupWindow: one.PreferredBackupWindow,
              automatedBackupDays: one.BackupRetentionPeriod,
            }),
          ],
    );
    return { entries, next };
  },
};

const CLUSTERS: Source = {
  name: 'rds-clusters',
  async page(reader, env, Marker) {
    const client = reader.client(RDSClient, env.region);
    const command = new DescribeDBClustersCommand({ MaxRecords: PAGE, ...(Marker !== undefined && { Marker }) });
    const { DBClusters = [], Marker: next } = await reader.ask(`rds ${env.region}`, () => client.send(command));
    const queries = DBClusters.map(({ DBClusterIdentifier = '' }, index) => ({
      Id: `c${index}`,
      MetricStat: {
        Metric: {
          Namespace: 'AWS/RDS',
          MetricName: 'VolumeBytesUsed',
          Dimensions: [{ Name: 'DBClusterIdentifier', Value: DBClusterIdentifier }],
        },
        Period: DAY_S,
        Stat: 'Average',
      },
    }));
    const sizes = new Map((await latest(reader, env, queries)).map(({ Id, value }) => [Id, gib(value)]));
    const entries = DBClusters.flatMap((one, index) => {
      const stated = (one.AllocatedStorage ?? 0) > 1 ? one.AllocatedStorage : undefined;
      return one.DBClusterArn === undefined
        ? []
        : [
            known({
              arn: one.DBClusterArn,
              type: clusterType(one.Engine),
              sizeGiB: sizes.get(`c${index}`) ?? stated,
              tags: tagsOf(one.TagList),
              encryptedWith: one.KmsKeyId,
              state: one.Status,
              preferredMaintenanceWindow: one.PreferredMaintenanceWindow,
              preferredBackupWindow: one.PreferredBackupWindow,
              automatedBackupDays: one.BackupRetentionPeriod,
            }),
          ];
    });
    return { entries, next };
  },
};

/** Clusters of all engines have ARNs alike; those of Aurora need no word. */
function clusterType(engine = ''): string | undefined {
  return CLUSTER_TYPES[engine] ?? (engine.startsWith('aurora') ? undefined : 'rds-multi-az-cluster');
}

const TABLES: Source = {
  name: 'dynamodb',
  async page(reader, env, ExclusiveStartTableName) {
    const client = reader.client(DynamoDBClient, env.region);
    const lane = `dynamodb ${env.region}`;
    const command = new ListTablesCommand({
      Limit: PAGE,
      ...(ExclusiveStartTableName !== undefined && { ExclusiveStartTableName }),
    });
    const { TableNames = [], LastEvaluatedTableName: next } = await reader.ask(lane, () => client.send(command));
    const entries = [];
    for (const TableName of TableNames) {
      const { Table } = await reader.ask(lane, () => client.send(new DescribeTableCommand({ TableName })));
      if (Table?.TableArn !== undefined) {
        const { TableArn: arn, TableSizeBytes, SSEDescription, TableStatus } = Table;
        const encryptedWith = SSEDescription?.KMSMasterKeyArn;
        entries.push(known({ arn, sizeGiB: gib(TableSizeBytes), encryptedWith, state: TableStatus }));
      }
    }
    return { entries, next };
  },
};

const WAREHOUSES: Source = {
  name: 'redshift',
  async page(reader, env, Marker) {
    const client = reader.client(RedshiftClient, env.region);
    const command = new DescribeClustersCommand({ MaxRecords: PAGE, ...(Marker !== undefined && { Marker }) });
    const { Clusters = [], Marker: next } = await reader.ask(`redshift ${env.region}`, () => client.send(command));
    const { partition, region, account } = env;
    const entries = Clusters.map((one) =>
      known({
        arn: `arn:${partition}:redshift:${region}:${account}:cluster:${one.ClusterIdentifier}`,
        sizeGiB:
          one.TotalStorageCapacityInMegaBytes === undefined
            ? undefined
            : one.TotalStorageCapacityInMegaBytes / MIB_PER_GIB,
        tags: tagsOf(one.Tags),
        encryptedWith: one.KmsKeyId,
        state: one.ClusterStatus,
        preferredMaintenanceWindow: one.PreferredMaintenanceWindow,
        automatedBackupDays: one.AutomatedSnapshotRetentionPeriod,
      }),
    );
    return { entries, next };
  },
};

/** A page of what has tags, of some types, and where the next begins. */
export async function taggedOf(
  reader: Reader,
  env: Environment,
  ResourceTypeFilters: string[],
  PaginationToken: string | undefined,
): Promise<{
  readonly found: readonly { readonly arn: string; readonly tags: Record<string, string> }[];
  readonly next: string | undefined;
}> {
  const client = reader.client(ResourceGroupsTaggingAPIClient, env.region);
  const command = new GetResourcesCommand({
    ResourceTypeFilters,
    ResourcesPerPage: TAG_PAGE,
    ...(PaginationToken !== undefined && { PaginationToken }),
  });
  const answer = await reader.ask(`tagging ${env.region}`, () => client.send(command));
  const found = (answer.ResourceTagMappingList ?? []).map(({ ResourceARN: arn = '', Tags }) => ({
    arn,
    tags: tagsOf(Tags),
  }));
  // The last page has an empty token.
  return { found, next: answer.PaginationToken === '' ? undefined : answer.PaginationToken };
}

/** DynamoDB and S3 say tags one resource at a time; this lists them by the hundred. */
const TAGS: Source = {
  name: 'tags',
  async page(reader, env, token) {
    const { found, next } = await taggedOf(reader, env, ['dynamodb:table', 's3'], token);
    return { tags: Object.fromEntries(found.map(({ arn, tags }) => [arn, tags])), next };
  },
};

export const DATABASE_SOURCES: readonly Source[] = [INSTANCES, CLUSTERS, TABLES, WAREHOUSES, TAGS];
