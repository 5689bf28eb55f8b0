/**
 * Which properties of a CloudFormation type, or arguments of a Terraform type, say how the resource is encrypted.
 */
export interface ResourceKeyProperties {
  /**
   * Path to the property with the key; `0` is the first member of a list. Empty: the key stands elsewhere.
   */
  readonly keyPath: string[];

  /**
   * Path to the property that turns encryption on.
   *
   * @default - the type has none
   */
  readonly encryptedPath?: string[];
}

const DISK = ['BlockDeviceMappings', '0', 'Ebs'];
const BUCKET = ['BucketEncryption', 'ServerSideEncryptionConfiguration', '0', 'ServerSideEncryptionByDefault'];
const DATABASE = { keyPath: ['KmsKeyId'], encryptedPath: ['StorageEncrypted'] };
const DISKS = { keyPath: ['KmsKeyId'], encryptedPath: ['Encrypted'] };
const ELSEWHERE = { keyPath: [] };

/** Source   AWS CloudFormation "Template reference" of each type. */
const PROPERTIES: ReadonlyMap<string, ResourceKeyProperties> = new Map<string, ResourceKeyProperties>([
  ['AWS::DSQL::Cluster', { keyPath: ['KmsEncryptionKey'] }],
  ['AWS::DocDB::DBCluster', DATABASE],
  [
    'AWS::DynamoDB::Table',
    { keyPath: ['SSESpecification', 'KMSMasterKeyId'], encryptedPath: ['SSESpecification', 'SSEEnabled'] },
  ],
  ['AWS::EC2::Instance', { keyPath: [...DISK, 'KmsKeyId'], encryptedPath: [...DISK, 'Encrypted'] }],
  ['AWS::EC2::Volume', DISKS],
  ['AWS::EFS::FileSystem', DISKS],
  ['AWS::EKS::Cluster', { keyPath: ['EncryptionConfig', '0', 'Provider', 'KeyArn'] }],
  ['AWS::FSx::FileSystem', { keyPath: ['KmsKeyId'] }],
  ['AWS::FSx::Volume', ELSEWHERE],
  ['AWS::Neptune::DBCluster', DATABASE],
  ['AWS::RDS::DBCluster', DATABASE],
  ['AWS::RDS::DBInstance', DATABASE],
  ['AWS::Redshift::Cluster', DISKS],
  ['AWS::RedshiftServerless::Namespace', { keyPath: ['KmsKeyId'] }],
  ['AWS::S3::Bucket', { keyPath: [...BUCKET, 'KMSMasterKeyID'] }],
  ['AWS::Timestream::Table', ELSEWHERE],
]);

const NAMED = { keyPath: ['kms_key_id'] };
const ENCRYPTED = { ...NAMED, encryptedPath: ['encrypted'] };
const STORED = { ...NAMED, encryptedPath: ['storage_encrypted'] };

/** Source   Schema of the AWS provider 5.100.0. The key of a bucket is a resource of its own. */
const ARGUMENTS: ReadonlyMap<string, ResourceKeyProperties> = new Map<string, ResourceKeyProperties>([
  ['aws_db_instance', STORED],
  ['aws_docdb_cluster', STORED],
  ['aws_dsql_cluster', { keyPath: ['kms_encryption_key'] }],
  [
    'aws_dynamodb_table',
    { keyPath: ['server_side_encryption', 'kms_key_arn'], encryptedPath: ['server_side_encryption', 'enabled'] },
  ],
  ['aws_ebs_volume', ENCRYPTED],
  ['aws_efs_file_system', ENCRYPTED],
  ['aws_eks_cluster', { keyPath: ['encryption_config', 'provider', 'key_arn'] }],
  ['aws_fsx_lustre_file_system', NAMED],
  ['aws_fsx_ontap_volume', ELSEWHERE],
  ['aws_fsx_openzfs_file_system', NAMED],
  ['aws_fsx_windows_file_system', NAMED],
  ['aws_instance', { keyPath: ['root_block_device', 'kms_key_id'], encryptedPath: ['root_block_device', 'encrypted'] }],
  ['aws_neptune_cluster', { keyPath: ['kms_key_arn'], encryptedPath: ['storage_encrypted'] }],
  ['aws_rds_cluster', STORED],
  ['aws_redshift_cluster', ENCRYPTED],
  ['aws_redshiftserverless_namespace', NAMED],
  ['aws_s3_bucket', ELSEWHERE],
  ['aws_storagegateway_cached_iscsi_volume', { keyPath: ['kms_key'] }],
  ['aws_storagegateway_stored_iscsi_volume', { keyPath: ['kms_key'] }],
  ['aws_timestreamwrite_table', ELSEWHERE],
]);

/** Services whose resources are never without encryption, and take the service's own key where none is given. */
const ALWAYS: readonly string[] = ['fsx-lustre', 'fsx-openzfs', 'fsx-windows'];

/** Source   The user guide of each service on encryption at rest. */
const MANAGED: ReadonlyMap<string, string> = new Map([
  ['aurora', 'alias/aws/rds'],
  ['documentdb', 'alias/aws/rds'],
  ['dynamodb-advanced', 'alias/aws/dynamodb'],
  ['ebs', 'alias/aws/ebs'],
  ['ec2', 'alias/aws/ebs'],
  ['efs', 'alias/aws/elasticfilesystem'],
  ['fsx-lustre', 'alias/aws/fsx'],
  ['fsx-openzfs', 'alias/aws/fsx'],
  ['fsx-windows', 'alias/aws/fsx'],
  ['neptune', 'alias/aws/rds'],
  ['rds', 'alias/aws/rds'],
  ['rds-multi-az-cluster', 'alias/aws/rds'],
  ['redshift', 'alias/aws/redshift'],
]);

/** Source   AWS Backup facts B6.2/1, B7.5/3. */
const PLAIN_WITH_THEIR_CLUSTER: readonly string[] = ['aurora', 'documentdb', 'neptune'];

/**
 * Where a resource says which key encrypts it, and which key it has when it says none.
 */
export class ResourceKeys {
  /**
   * The properties of a CloudFormation type that tell of its key; nothing for a type that is not protected.
   *
   * @param resourceType e.g. `AWS::RDS::DBInstance`
   */
  public static tryFind(resourceType: string): ResourceKeyProperties | undefined {
    return PROPERTIES.get(resourceType);
  }

  /**
   * The arguments of a Terraform type that tell of its key; nothing for a type that is not protected.
   *
   * A step of a path into a block means its first one.
   *
   * @param resourceType e.g. `aws_db_instance`
   */
  public static tryFindTerraform(resourceType: string): ResourceKeyProperties | undefined {
    return ARGUMENTS.get(resourceType);
  }

  /**
   * The key that AWS manages and a resource gets that names none, as its alias; nothing when it is not encrypted, or under a
   * key that AWS owns.
   *
   * Assumed: the account has not set a key of its own as default for EBS.
   *
   * @param serviceId id of `ServiceSupport`
   * @param encrypted whether encryption is turned on
   */
  public static managedKey(serviceId: string, encrypted: boolean): string | undefined {
    return encrypted || ALWAYS.includes(serviceId) ? MANAGED.get(serviceId) : undefined;
  }

  /**
   * Whether the snapshots of a resource that is not encrypted, and the copies of those, are not encrypted either, wherever they
   * are: logically air-gapped vaults do not take them.
   *
   * @param serviceId id of `ServiceSupport`
   */
  public static staysPlain(serviceId: string): boolean {
    return PLAIN_WITH_THEIR_CLUSTER.includes(serviceId);
  }

  private constructor() {}
}
