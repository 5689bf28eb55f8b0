/**
 * What a role has to be allowed so that AWS Backup can back up, delete and restore with it.
 *
 * Pure: a table. Of each service it has the actions without which nothing is made; what describes and tags is left out.
 * Source   AWSBackupServiceRolePolicyForBackup v29, …ForRestores v25, …ForS3Backup v5 and …ForS3Restore v2, which have them.
 *          Assumed: that each of these is asked for, and on which ARN.
 * Spec     role-permissions.md
 */

/** An action, and what it is on: the resource itself, what is in it, or the point. */
export interface NeededAction {
  readonly action: string;
  readonly on: 'resource' | 'content' | 'point';
}

const CLUSTERS = ['rds-multi-az-cluster', 'aurora', 'documentdb', 'neptune'];
const FILE_SYSTEMS = ['fsx-lustre', 'fsx-windows', 'fsx-ontap', 'fsx-openzfs'];

/** By id of the service. */
export type ActionTable = Readonly<Record<string, readonly NeededAction[]>>;

export const BACKUP_ACTIONS: ActionTable = {
  ec2: [on('resource', 'ec2:CreateImage')],
  ebs: [on('resource', 'ec2:CreateSnapshot')],
  s3: [
    on('resource', 's3:GetBucketVersioning'),
    on('resource', 's3:ListBucketVersions'),
    on('resource', 's3:PutInventoryConfiguration'),
    on('content', 's3:GetObjectVersion'),
  ],
  rds: [on('resource', 'rds:CreateDBSnapshot')],
  ...each(CLUSTERS, on('resource', 'rds:CreateDBClusterSnapshot')),
  'aurora-dsql': [on('resource', 'dsql:StartBackupJob')],
  efs: [on('resource', 'elasticfilesystem:Backup')],
  ...each(FILE_SYSTEMS, on('resource', 'fsx:CreateBackup')),
  'storage-gateway': [on('resource', 'storagegateway:CreateSnapshot')],
  dynamodb: [on('resource', 'dynamodb:CreateBackup')],
  'dynamodb-advanced': [on('resource', 'dynamodb:StartAwsBackupJob')],
  redshift: [on('resource', 'redshift:CreateClusterSnapshot')],
  'redshift-serverless': [on('resource', 'redshift-serverless:CreateSnapshot')],
  timestream: [on('resource', 'timestream:StartAwsBackupJob')],
  'virtual-machine': [on('resource', 'backup-gateway:Backup')],
  cloudformation: [on('resource', 'cloudformation:GetTemplate')],
  'sap-hana': [on('resource', 'ssm-sap:BackupDatabase')],
  eks: [on('resource', 'eks:DescribeCluster')],
};

/** Source B12: these points are deleted with the role that made them, all others with the service-linked role. */
export const DELETION_ACTIONS: ActionTable = {
  ec2: [on('point', 'ec2:DeregisterImage')],
  ebs: [on('point', 'ec2:DeleteSnapshot')],
};

/** The resource is the one that is made. A machine of VMware goes to a hypervisor, which nothing declares: no row. */
export const RESTORE_ACTIONS: ActionTable = {
  ec2: [on('resource', 'ec2:RunInstances')],
  ebs: [on('resource', 'ec2:CreateVolume')],
  s3: [on('resource', 's3:ListBucket'), on('content', 's3:PutObject')],
  rds: [on('resource', 'rds:RestoreDBInstanceFromDBSnapshot')],
  ...each(CLUSTERS, on('resource', 'rds:RestoreDBClusterFromSnapshot')),
  'aurora-dsql': [on('resource', 'dsql:StartRestoreJob')],
  efs: [on('resource', 'elasticfilesystem:Restore')],
  ...each(FILE_SYSTEMS, on('resource', 'fsx:CreateFileSystemFromBackup')),
  'fsx-ontap': [on('resource', 'fsx:CreateVolumeFromBackup')],
  'storage-gateway': [on('resource', 'storagegateway:CreateStorediSCSIVolume')],
  dynamodb: [on('point', 'dynamodb:RestoreTableFromBackup')],
  'dynamodb-advanced': [on('resource', 'dynamodb:RestoreTableFromAwsBackup')],
  redshift: [on('resource', 'redshift:RestoreFromClusterSnapshot')],
  'redshift-serverless': [on('resource', 'redshift-serverless:RestoreTableFromSnapshot')],
  timestream: [on('resource', 'timestream:StartAwsRestoreJob')],
  cloudformation: [on('resource', 'cloudformation:CreateChangeSet')],
  'sap-hana': [on('resource', 'ssm-sap:RestoreDatabase')],
  eks: [on('resource', 'eks:CreateCluster')],
};

/** The resource is the bucket that receives the files. Source: AWSBackupServiceRolePolicyForItemRestores. */
export const FILE_RESTORE_ACTIONS: readonly NeededAction[] = [
  on('point', 'ebs:ListSnapshotBlocks'),
  on('point', 'ebs:GetSnapshotBlock'),
  on('content', 's3:PutObject'),
];

/** How a service reads what is under a key. */
export interface Reading {
  /** The service that asks KMS. */
  readonly via: string;
  /** The encryption context, of the ARN of what is read. */
  readonly context: (arn: string) => Readonly<Record<string, string>>;
}

/**
 * Services whose data AWS Backup reads under their key with the role.
 *
 * Source   AWSBackupServiceRolePolicyForBackup v29 (Aurora DSQL); DynamoDB developer guide, "DynamoDB encryption context", cited
 *          from memory. That DynamoDB has it here, too, is Assumed.
 */
export const READ_UNDER_THEIR_KEY: Readonly<Record<string, Reading>> = {
  'dynamodb-advanced': {
    via: 'dynamodb',
    context: (arn) => ({
      'aws:dynamodb:subscriberId': arn.split(':')[4] ?? '',
      'aws:dynamodb:tableName': nameIn(arn),
    }),
  },
  'aurora-dsql': { via: 'dsql', context: (arn) => ({ 'aws:dsql:ClusterId': nameIn(arn) }) },
};

/** Source: EBS user guide, "Encryption context", cited from memory. A snapshot of its volume: the id is that of the point. */
export const SNAPSHOT_READING: Reading = { via: 'ec2', context: (arn) => ({ 'aws:ebs:id': nameIn(arn) }) };

function nameIn(arn: string): string {
  return arn.slice(arn.lastIndexOf('/') + 1);
}

function on(what: NeededAction['on'], action: string): NeededAction {
  return { action, on: what };
}

function each(services: readonly string[], needed: NeededAction): ActionTable {
  return Object.fromEntries(services.map((service) => [service, [needed]]));
}
