/**
 * Which properties of a CloudFormation type say how the resource is encrypted.
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

  private constructor() {}
}
