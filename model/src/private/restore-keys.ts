import { RestoreMetadataKey, RestoreMetadataNeed } from '../restore-metadata-key';

/**
 * Rows of a table of keys: how much a restore needs the key, whether a restore test may override it, what it says.
 *
 * Source   B8/7, and [restore-testing-inferred-metadata] for what tests may override. Needs of `MUST` and `NEW` are those that
 *          the pages on restoring each service mark as required.
 */
type Row = readonly [key: string, need: Need, description: string];
type Need = 'new' | 'must' | 'may' | 'test' | 'must-test';

const FRESH: Readonly<Record<Need, RestoreMetadataNeed>> = {
  new: RestoreMetadataNeed.NEW_VALUE,
  must: RestoreMetadataNeed.REQUIRED,
  'must-test': RestoreMetadataNeed.REQUIRED,
  may: RestoreMetadataNeed.OPTIONAL,
  test: RestoreMetadataNeed.OPTIONAL,
};

// prettier-ignore
const EBS: readonly Row[] = [
  ['availabilityZone',      'must-test', 'Availability Zone of the new volume'],
  ['volumeType',            'test',      'Type of the new volume, e.g. gp3'],
  ['volumeSize',            'test',      'Size of the new volume in GiB, at least that of the backup'],
  ['iops',                  'test',      'IOPS of the new volume'],
  ['throughput',            'test',      'Throughput of the new volume in MiB/s'],
  ['encrypted',             'may',       'true to encrypt the new volume'],
  ['kmsKeyId',              'test',      'Key that encrypts the new volume'],
  ['temporaryRestoreDays',  'may',       'Days for which an archived snapshot is made available'],
  ['restoreType',           'may',       'What is restored, where it is not a volume: files from an indexed snapshot'],
  ['destinationBucketName', 'may',       'Bucket that receives restored files'],
  ['pathsToRestore',        'may',       'JSON list of the paths of the files to restore'],
  ['encryptionType',        'may',       'SSE-S3 or SSE-KMS, for restored files'],
];

// prettier-ignore
const EC2: readonly Row[] = [
  ['InstanceType',           'test', 'Type of the new instance'],
  ['VpcId',                  'test', 'VPC of the subnet; tells, but does not decide'],
  ['SubnetId',               'test', 'Subnet of the new instance'],
  ['SecurityGroupIds',       'test', 'JSON list of the security groups of the new instance'],
  ['IamInstanceProfileName', 'test', 'Instance profile: that of the backup (needs iam:PassRole on its role), or an empty one for none'],
  ['RequireIMDSv2',          'test', 'true to demand version 2 of the instance metadata service'],
  ['KeyName',                'may',  'Key pair; must be that of the backup'],
  ['EbsOptimized',           'may',  'true for an EBS-optimized instance'],
  ['Placement',              'may',  'JSON of the placement'],
  ['DisableApiTermination',  'may',  'true to protect the new instance from termination'],
  ['BlockDeviceMappings',    'may',  'JSON of the volumes, without SnapshotId and OutpostArn; may name other keys'],
  ['CpuOptions',             'may',  'JSON of the CPU options'],
  ['HibernationOptions',     'may',  'JSON of the hibernation options'],
  ['CreditSpecification',    'may',  'JSON of the credit option of a burstable instance'],
  ['Monitoring',             'may',  'JSON that says whether detailed monitoring is on'],
  ['NetworkInterfaces',      'may',  'JSON of the network interfaces'],
  ['UserData',               'may',  'User data of the new instance; a backup holds none'],
];

// prettier-ignore
const EFS: readonly Row[] = [
  ['file-system-id',       'must', 'The file system that was backed up'],
  ['newFileSystem',        'must', 'true for a new file system; false writes into the one that was backed up'],
  ['CreationToken',        'may',  'Makes the request for a new file system unique'],
  ['Encrypted',            'may',  'true to encrypt the new file system'],
  ['KmsKeyId',             'test', 'Key that encrypts the new file system; needs Encrypted'],
  ['PerformanceMode',      'may',  'generalPurpose or maxIO'],
  ['ItemsToRestore',       'may',  'JSON list of at most 5 paths, where not all of it is restored'],
  ['singleAzFilesystem',   'may',  'true for a file system in one Availability Zone'],
  ['availabilityZoneName', 'may',  'That Availability Zone'],
];

// prettier-ignore
const S3: readonly Row[] = [
  ['DestinationBucketName',      'new',  'Bucket that receives the objects; it must have versioning on'],
  ['NewBucket',                  'may',  'true to make that bucket'],
  ['Encrypted',                  'may',  'true to encrypt the objects'],
  ['EncryptionType',             'test', 'original, SSE-S3 or SSE-KMS'],
  ['KMSKey',                     'test', 'Key for SSE-KMS'],
  ['RestoreACLs',                'may',  'true to restore access control lists and tags'],
  ['ItemsToRestore',             'may',  'JSON list of at most 5 objects or prefixes'],
  ['RestoreTime',                'may',  'Instant of a continuous backup, which needs one'],
  ['RestoreLatestVersionsUpTo',  'may',  'How many of the latest versions of each object are restored'],
  ['CreationToken',              'may',  'Makes the request unique'],
];

// prettier-ignore
const RDS: readonly Row[] = [
  ['DBInstanceIdentifier',            'new',  'Name of the new instance'],
  ['Engine',                          'test', 'Engine of the new instance'],
  ['DBInstanceClass',                 'test', 'Class of the new instance'],
  ['DBSubnetGroupName',               'test', 'Subnet group of the new instance; without it the default VPC'],
  ['VpcSecurityGroupIds',             'test', 'JSON list of the security groups'],
  ['AvailabilityZone',                'test', 'Availability Zone of the new instance'],
  ['MultiAZ',                         'test', 'true for a standby in another Availability Zone'],
  ['PubliclyAccessible',              'test', 'true for a public address'],
  ['OptionGroupName',                 'test', 'Option group'],
  ['DBParameterGroupName',            'test', 'Parameter group'],
  ['StorageType',                     'test', 'Type of the storage'],
  ['Iops',                            'test', 'Provisioned IOPS'],
  ['Port',                            'test', 'Port'],
  ['DBName',                          'test', 'Name of the database'],
  ['LicenseModel',                    'test', 'License model'],
  ['EnableIAMDatabaseAuthentication', 'test', 'true to let IAM authenticate'],
  ['EnableCloudwatchLogsExports',     'test', 'JSON list of the logs that are exported'],
  ['ProcessorFeatures',               'test', 'JSON of the processor features'],
  ['DeletionProtection',              'test', 'true to protect the new instance from deletion'],
  ['Domain',                          'test', 'Directory that the instance joins'],
  ['DomainIAMRoleName',               'test', 'Role for the calls to that directory (needs iam:PassRole)'],
  ['AutoMinorVersionUpgrade',         'may',  'true to take minor versions of the engine'],
  ['CopyTagsToSnapshot',              'may',  'true to copy tags to snapshots'],
  ['KmsKeyId',                        'may',  'Key of the new instance'],
  ['RestoreTime',                     'may',  'Instant of a continuous backup'],
  ['UseLatestRestorableTime',         'may',  'true for the latest instant of a continuous backup'],
];

// prettier-ignore
const CLUSTER: readonly Row[] = [
  ['dbClusterIdentifier',         'new',  'Name of the new cluster, which has no instances until some are added'],
  ['engine',                      'must', 'Engine of the new cluster'],
  ['engineVersion',               'may',  'Version of the engine'],
  ['engineMode',                  'test', 'Mode of the engine'],
  ['dbSubnetGroupName',           'test', 'Subnet group of the new cluster; without it the default VPC'],
  ['vpcSecurityGroupIds',         'test', 'JSON list of the security groups'],
  ['availabilityZones',           'test', 'JSON list of up to 3 Availability Zones'],
  ['port',                        'test', 'Port'],
  ['databaseName',                'test', 'Name of the database'],
  ['kmsKeyId',                    'test', 'Key of the new cluster'],
  ['dbClusterParameterGroupName', 'test', 'Parameter group'],
  ['optionGroupName',             'test', 'Option group'],
  ['scalingConfiguration',        'test', 'JSON of the scaling of a serverless cluster'],
  ['backtrackWindow',             'test', 'Seconds that the cluster can be taken back'],
  ['enableCloudwatchLogsExports', 'test', 'JSON list of the logs that are exported'],
  ['enableIAMDatabaseAuthentication', 'test', 'true to let IAM authenticate'],
  ['copyTagsToSnapshot',          'may',  'true to copy tags to snapshots'],
  ['deletionProtection',          'may',  'true to protect the new cluster from deletion'],
  ['restoreToTime',               'may',  'Instant of a continuous backup'],
  ['useLatestRestorableTime',     'may',  'true for the latest instant of a continuous backup'],
];

// prettier-ignore
const DYNAMODB: readonly Row[] = [
  ['targetTableName',    'new',  'Name of the new table'],
  ['encryptionType',     'test', 'Default, or KMS for a key of AWS or of yours'],
  ['kmsMasterKeyArn',    'test', 'Key for KMS'],
  ['deletionProtection', 'may',  'true to protect the new table from deletion'],
];

// prettier-ignore
const FSX: readonly Row[] = [
  ['SubnetIds',            'test', 'JSON list of the subnets of the new file system'],
  ['SecurityGroupIds',     'test', 'JSON list of the security groups'],
  ['StorageCapacity',      'may',  'Capacity in GiB'],
  ['StorageType',          'may',  'SSD or HDD'],
  ['KmsKeyId',             'test', 'Key of the new file system'],
  ['Name',                 'test', 'Name of the new volume of NetApp ONTAP'],
  ['LustreConfiguration',  'test', 'JSON of the configuration for Lustre'],
  ['WindowsConfiguration', 'test', 'JSON of the configuration for Windows, with activeDirectoryId where a directory is joined'],
  ['OntapConfiguration',   'test', 'JSON of the configuration for NetApp ONTAP: junctionPath, sizeInMegabytes, storageVirtualMachineId'],
  ['OpenZFSConfiguration', 'test', 'JSON of the configuration for OpenZFS'],
];

// prettier-ignore
const REDSHIFT: readonly Row[] = [
  ['ClusterIdentifier', 'new', 'Name of the new cluster'],
  ['NodeType',          'may', 'Type of the nodes'],
  ['NumberOfNodes',     'may', 'How many nodes'],
  ['RestoreType',       'may', 'CLUSTER_RESTORE or TABLE_RESTORE'],
];

// prettier-ignore
const REDSHIFT_SERVERLESS: readonly Row[] = [
  ['NamespaceIdentifier', 'must', 'Namespace that receives the data'],
  ['RestoreType',         'may',  'NAMESPACE_RESTORE or TABLE_RESTORE'],
];

// prettier-ignore
const TIMESTREAM: readonly Row[] = [
  ['TableName',                          'new',  'Name of the new table'],
  ['DestinationDatabase',                'must', 'Database that receives the table'],
  ['MemoryStoreRetentionPeriodInHours',  'may',  'Hours in the memory store'],
  ['MagneticStoreRetentionPeriodInDays', 'may',  'Days in the magnetic store'],
  ['EnableMagneticStoreWrites',          'may',  'true to let late data into the magnetic store'],
];

// prettier-ignore
const VIRTUAL_MACHINE: readonly Row[] = [
  ['RestoreTo',           'must', 'Where to: a hypervisor, an EBS volume or an EC2 instance'],
  ['HypervisorArn',       'may',  'Hypervisor that receives the machine'],
  ['VMName',              'may',  'Name of the new machine'],
  ['VMPath',              'may',  'Folder of the new machine'],
  ['ComputeResourceName', 'may',  'Host or cluster of the new machine'],
  ['VMDatastore',         'may',  'Datastore of the new machine'],
  ['DisksToRestore',      'may',  'JSON of the disks to restore'],
];

// prettier-ignore
const EKS: readonly Row[] = [
  ['clusterName',           'must', 'Cluster that receives what is restored'],
  ['newCluster',            'may',  'true to make that cluster'],
  ['eksClusterVersion',     'may',  'Kubernetes version of a new cluster'],
  ['clusterRole',           'may',  'Role of a new cluster (needs iam:PassRole)'],
  ['namespaceLevelRestore', 'may',  'true to restore single namespaces'],
  ['namespaces',            'may',  'JSON list of those namespaces'],
  ['nestedRestoreJobs',     'may',  'JSON of the metadata of the volumes, by recovery point'],
];

// prettier-ignore
const AURORA_DSQL: readonly Row[] = [
  ['regionalConfig',              'may', 'JSON of the new cluster in each Region'],
  ['witnessRegion',               'may', 'Witness Region of a multi-Region cluster'],
  ['peerRegion',                  'may', 'JSON list of the other Region'],
  ['useMultiRegionOrchestration', 'may', 'true to let AWS Backup make both clusters'],
];

// prettier-ignore
const STORAGE_GATEWAY: readonly Row[] = [
  ['gatewayArn',  'must', 'Gateway that receives the volume'],
  ['gatewayType', 'may',  'CACHED or STORED'],
  ['targetName',  'must', 'Name of the iSCSI target of the new volume'],
  ['kmsKey',      'may',  'Key of the new volume'],
  ['volumeSize',  'may',  'Size of the new volume'],
  ['diskId',      'may',  'Disk of a stored volume'],
];

/** Resource type, as AWS Backup writes it, to its keys. */
export const RESTORE_KEYS: ReadonlyMap<string, readonly RestoreMetadataKey[]> = new Map(
  Object.entries({
    Aurora: CLUSTER,
    'Aurora DSQL': AURORA_DSQL,
    DocumentDB: CLUSTER,
    DynamoDB: DYNAMODB,
    EBS,
    EC2,
    EFS,
    EKS,
    FSx: FSX,
    Neptune: CLUSTER,
    RDS,
    Redshift: REDSHIFT,
    'Redshift Serverless': REDSHIFT_SERVERLESS,
    S3,
    'Storage Gateway': STORAGE_GATEWAY,
    Timestream: TIMESTREAM,
    VirtualMachine: VIRTUAL_MACHINE,
  }).map(([type, rows]) => [type, rows.map(keyOf)]),
);

function keyOf([key, need, description]: Row): RestoreMetadataKey {
  return { key, description, need: FRESH[need], overridable: need === 'test' || need === 'must-test' };
}
