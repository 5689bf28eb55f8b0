/**
 * Which Terraform types hold data, and what makes its ARN, and its size. `ResourceNames` and `ResourceKeys` tell of name and key.
 *
 * Pure.
 * Source   Schema of the AWS provider 5.100.0; service-support.json (`terraformTypes`).
 */
import { toText, Unknown } from './expression/values';
import { NotKnown } from './not-known';
import type { Resource } from './resource';

/** How one type is read. */
export interface StatefulType {
  /** Row of the table of service support; a function where an argument decides, undefined when it is none. */
  readonly service: string | ((resource: Resource) => string | undefined);
  /** Argument with a prefix for a name that Terraform makes. */
  readonly prefix?: string;
  /** What `id` is: the name (default), the ARN, or something of its own. */
  readonly id?: 'arn' | 'own';
  /** Other computed attributes that carry the name in the ARN. */
  readonly nameAttributes?: readonly string[];
  /** Other computed attributes that carry the ARN. */
  readonly arnAttributes?: readonly string[];
  /** Argument or attribute with what the ARN puts before the name. */
  readonly parent?: string;
  /** Arguments with the size, and how many of their unit make a GiB. */
  readonly size?: readonly (readonly [argument: string, perGiB: number])[];
  /** Arguments with the windows of its own that a service has. */
  readonly windows?: { readonly maintenance: string; readonly backup: string; readonly backupDays: string };
}

const GIB = 1024 ** 3;
const FSX: Pick<StatefulType, 'size' | 'windows'> = {
  size: [['storage_capacity', 1]],
  windows: {
    maintenance: 'weekly_maintenance_start_time',
    backup: 'daily_automatic_backup_start_time',
    backupDays: 'automatic_backup_retention_days',
  },
};
const CLUSTER = {
  prefix: 'cluster_identifier_prefix',
  windows: {
    maintenance: 'preferred_maintenance_window',
    backup: 'preferred_backup_window',
    backupDays: 'backup_retention_period',
  },
} as const;
const GATEWAY_VOLUME: StatefulType = {
  service: 'storage-gateway',
  id: 'arn',
  nameAttributes: ['volume_id'],
  arnAttributes: ['volume_arn'],
  parent: 'gateway_arn',
  size: [['volume_size_in_bytes', GIB]],
};

export const STATEFUL_TYPES: Readonly<Record<string, StatefulType>> = {
  aws_instance: {
    service: 'ec2',
  },
  aws_ebs_volume: { service: 'ebs', size: [['size', 1]] },
  aws_s3_bucket: { service: 's3', prefix: 'bucket_prefix' },
  aws_db_instance: {
    service: databaseInstance,
    prefix: 'identifier_prefix',
    id: 'own',
    size: [['allocated_storage', 1]],
    windows: { maintenance: 'maintenance_window', backup: 'backup_window', backupDays: 'backup_retention_period' },
  },
  aws_rds_cluster: {
    service: databaseCluster,
    ...CLUSTER,
    size: [['allocated_storage', 1]],
  },
  aws_dsql_cluster: { service: 'aurora-dsql', nameAttributes: ['identifier'] },
  aws_efs_file_system: { service: 'efs' },
  aws_fsx_lustre_file_system: { service: 'fsx-lustre', ...FSX },
  aws_fsx_windows_file_system: { service: 'fsx-windows', ...FSX },
  aws_fsx_openzfs_file_system: { service: 'fsx-openzfs', ...FSX },
  aws_fsx_ontap_volume: {
    service: 'fsx-ontap',
    parent: 'file_system_id',
    size: [
      ['size_in_bytes', GIB],
      ['size_in_megabytes', 1024],
    ],
  },
  aws_storagegateway_cached_iscsi_volume: GATEWAY_VOLUME,
  aws_storagegateway_stored_iscsi_volume: GATEWAY_VOLUME,
  aws_docdb_cluster: { service: 'documentdb', ...CLUSTER },
  aws_neptune_cluster: { service: 'neptune', ...CLUSTER },
  aws_dynamodb_table: {
    service: 'dynamodb-advanced',
  },
  aws_redshift_cluster: {
    service: 'redshift',
  },
  aws_redshiftserverless_namespace: {
    service: 'redshift-serverless',
    id: 'own',
    nameAttributes: ['namespace_id'],
  },
  aws_timestreamwrite_table: { service: 'timestream', parent: 'database_name', id: 'own' },
  aws_cloudformation_stack: { service: 'cloudformation', id: 'arn' },
  aws_eks_cluster: { service: 'eks' },
};

/** Engines whose instances belong to a cluster; AWS Backup protects the cluster. */
function databaseInstance(resource: Resource): string | undefined {
  const engine = engineOf(resource);
  return engine !== undefined && /^(aurora|docdb|neptune)/.test(engine) ? undefined : 'rds';
}

/** Source: service-support.json: `aurora-*` is Aurora, `mysql` and `postgres` are Multi-AZ clusters of RDS. */
function databaseCluster(resource: Resource): string | undefined {
  const engine = engineOf(resource);
  if (engine === 'mysql' || engine === 'postgres') return 'rds-multi-az-cluster';
  if (engine === 'docdb') return 'documentdb';
  return engine === 'neptune' ? 'neptune' : 'aurora';
}

/** @throws NotKnown when the artifact leaves the engine open */
function engineOf(resource: Resource): string | undefined {
  const engine = resource.declared('engine') ?? null;
  if (engine === null) return undefined;
  if (engine instanceof Unknown) throw new NotKnown(engine, resource.file, `${resource.address}.engine`);
  return toText(engine, 'an engine');
}
