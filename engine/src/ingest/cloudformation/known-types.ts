/**
 * What `Ref` and `Fn::GetAtt` give for the types that backup estates refer to.
 *
 * Pure: a table. In its texts `{name}` is the resource's name or id, `{arn}` its ARN, `{p}`, `{r}`, `{a}` and `{u}` are
 * partition, Region, account and URL suffix, `{Property}` is a property of the resource and `{Property|x}` one with a default.
 * Source   AWS CloudFormation "Template reference", return values of each type; service authorization reference for ARNs.
 */
import { own } from './template';

export interface KnownType {
  /** The property that names the resource; absent where its service makes an id. */
  readonly naming?: string;
  /** Row of service support whose ARN the resource has. */
  readonly service?: string;
  /** An id that the service makes, for what is in no row of service support. */
  readonly id?: { readonly prefix: string; readonly digits: number } | 'uuid' | 'kms-key';
  /** ARN, for what is in no row of service support. */
  readonly arn?: string;
  /** What `Ref` gives. */
  readonly ref: string;
  readonly attributes?: Readonly<Record<string, string>>;
}

const NAME = '{name}';
const ARN = '{arn}';

/** A type that its author may name, with an ARN under `Arn`. */
function named(naming: string, arn: string, more: Partial<KnownType> = {}): KnownType {
  const { attributes, ...rest } = more;
  return { naming, arn, ref: NAME, attributes: { Arn: ARN, ...attributes }, ...rest };
}

/** A type of service support. */
function stateful(
  service: string,
  naming: string | undefined,
  attributes: Readonly<Record<string, string>>,
): KnownType {
  return { service, ref: NAME, attributes, ...(naming !== undefined && { naming }) };
}

/** A type of EC2 or the like, whose id the service makes. */
function numbered(prefix: string, attribute: string, arn?: string): KnownType {
  return {
    id: { prefix, digits: 17 },
    ref: NAME,
    attributes: { [attribute]: NAME },
    ...(arn !== undefined && { arn }),
  };
}

const BACKUP: Readonly<Record<string, KnownType>> = {
  'AWS::Backup::BackupVault': {
    naming: 'BackupVaultName',
    arn: 'arn:{p}:backup:{r}:{a}:backup-vault:{name}',
    ref: NAME,
    attributes: { BackupVaultName: NAME, BackupVaultArn: ARN },
  },
  'AWS::Backup::LogicallyAirGappedBackupVault': {
    naming: 'BackupVaultName',
    arn: 'arn:{p}:backup:{r}:{a}:backup-vault:{name}',
    ref: NAME,
    attributes: {
      BackupVaultName: NAME,
      BackupVaultArn: ARN,
      VaultState: 'AVAILABLE',
      VaultType: 'LOGICALLY_AIR_GAPPED_BACKUP_VAULT',
    },
  },
  'AWS::Backup::BackupPlan': {
    id: 'uuid',
    arn: 'arn:{p}:backup:{r}:{a}:backup-plan:{name}',
    ref: NAME,
    attributes: { BackupPlanId: NAME, BackupPlanArn: ARN },
  },
};

const STATEFUL: Readonly<Record<string, KnownType>> = {
  'AWS::DynamoDB::Table': stateful('dynamodb-advanced', 'TableName', { Arn: ARN }),
  'AWS::DynamoDB::GlobalTable': stateful('dynamodb-advanced', 'TableName', { Arn: ARN }),
  'AWS::S3::Bucket': stateful('s3', 'BucketName', {
    Arn: ARN,
    DomainName: '{name}.s3.{u}',
    RegionalDomainName: '{name}.s3.{r}.{u}',
  }),
  'AWS::RDS::DBInstance': stateful('rds', 'DBInstanceIdentifier', { DBInstanceArn: ARN }),
  'AWS::RDS::DBCluster': stateful('aurora', 'DBClusterIdentifier', { DBClusterArn: ARN }),
  'AWS::DocDB::DBCluster': stateful('documentdb', 'DBClusterIdentifier', {}),
  'AWS::Neptune::DBCluster': stateful('neptune', 'DBClusterIdentifier', {}),
  'AWS::EFS::FileSystem': stateful('efs', undefined, { Arn: ARN, FileSystemId: NAME }),
  'AWS::EC2::Instance': stateful('ec2', undefined, { InstanceId: NAME }),
  'AWS::EC2::Volume': stateful('ebs', undefined, { VolumeId: NAME }),
  'AWS::FSx::FileSystem': stateful('fsx-lustre', undefined, { ResourceARN: ARN }),
  'AWS::FSx::Volume': stateful('fsx-ontap', undefined, { ResourceARN: ARN, VolumeId: NAME }),
  'AWS::Redshift::Cluster': stateful('redshift', 'ClusterIdentifier', {}),
  'AWS::RedshiftServerless::Namespace': {
    service: 'redshift-serverless',
    ref: '{NamespaceName}',
    attributes: {
      'Namespace.NamespaceArn': ARN,
      'Namespace.NamespaceId': NAME,
      'Namespace.NamespaceName': '{NamespaceName}',
    },
  },
  'AWS::Timestream::Table': {
    service: 'timestream',
    naming: 'TableName',
    ref: '{DatabaseName}|{name}',
    attributes: { Arn: ARN, Name: NAME },
  },
  'AWS::DSQL::Cluster': stateful('aurora-dsql', undefined, { ResourceArn: ARN, Identifier: NAME }),
  'AWS::EKS::Cluster': stateful('eks', 'Name', { Arn: ARN }),
};

const SECURITY: Readonly<Record<string, KnownType>> = {
  'AWS::IAM::Role': named('RoleName', 'arn:{p}:iam::{a}:role{Path|/}{name}'),
  'AWS::IAM::User': named('UserName', 'arn:{p}:iam::{a}:user{Path|/}{name}'),
  'AWS::IAM::Group': named('GroupName', 'arn:{p}:iam::{a}:group{Path|/}{name}'),
  'AWS::IAM::InstanceProfile': named('InstanceProfileName', 'arn:{p}:iam::{a}:instance-profile{Path|/}{name}'),
  'AWS::IAM::ManagedPolicy': {
    naming: 'ManagedPolicyName',
    arn: 'arn:{p}:iam::{a}:policy{Path|/}{name}',
    ref: ARN,
    attributes: { PolicyArn: ARN },
  },
  'AWS::KMS::Key': {
    id: 'kms-key',
    arn: 'arn:{p}:kms:{r}:{a}:key/{name}',
    ref: NAME,
    attributes: { Arn: ARN, KeyId: NAME },
  },
  'AWS::KMS::ReplicaKey': {
    id: 'kms-key',
    arn: 'arn:{p}:kms:{r}:{a}:key/{name}',
    ref: NAME,
    attributes: { Arn: ARN, KeyId: NAME },
  },
  'AWS::KMS::Alias': { naming: 'AliasName', arn: 'arn:{p}:kms:{r}:{a}:{name}', ref: NAME },
  'AWS::SecretsManager::Secret': {
    naming: 'Name',
    arn: 'arn:{p}:secretsmanager:{r}:{a}:secret:{name}',
    ref: ARN,
    attributes: { Id: ARN },
  },
  'AWS::SSM::Parameter': { naming: 'Name', ref: NAME, attributes: { Type: '{Type}', Value: '{Value}' } },
};

const MESSAGING: Readonly<Record<string, KnownType>> = {
  'AWS::SNS::Topic': {
    naming: 'TopicName',
    arn: 'arn:{p}:sns:{r}:{a}:{name}',
    ref: ARN,
    attributes: { TopicArn: ARN, TopicName: NAME },
  },
  'AWS::SQS::Queue': {
    naming: 'QueueName',
    arn: 'arn:{p}:sqs:{r}:{a}:{name}',
    ref: 'https://sqs.{r}.{u}/{a}/{name}',
    attributes: { Arn: ARN, QueueName: NAME, QueueUrl: 'https://sqs.{r}.{u}/{a}/{name}' },
  },
  'AWS::Events::Rule': named('Name', 'arn:{p}:events:{r}:{a}:rule/{name}'),
  'AWS::Events::EventBus': named('Name', 'arn:{p}:events:{r}:{a}:event-bus/{name}', { attributes: { Name: NAME } }),
  'AWS::Lambda::Function': named('FunctionName', 'arn:{p}:lambda:{r}:{a}:function:{name}'),
  'AWS::Logs::LogGroup': {
    naming: 'LogGroupName',
    arn: 'arn:{p}:logs:{r}:{a}:log-group:{name}:*',
    ref: NAME,
    attributes: { Arn: ARN },
  },
  'AWS::CloudWatch::Alarm': named('AlarmName', 'arn:{p}:cloudwatch:{r}:{a}:alarm:{name}'),
  'AWS::StepFunctions::StateMachine': named('StateMachineName', 'arn:{p}:states:{r}:{a}:stateMachine:{name}', {
    ref: ARN,
    attributes: { Name: NAME },
  }),
};

const COMPUTE: Readonly<Record<string, KnownType>> = {
  'AWS::EC2::VPC': numbered('vpc-', 'VpcId', 'arn:{p}:ec2:{r}:{a}:vpc/{name}'),
  'AWS::EC2::Subnet': numbered('subnet-', 'SubnetId', 'arn:{p}:ec2:{r}:{a}:subnet/{name}'),
  'AWS::EC2::SecurityGroup': numbered('sg-', 'GroupId', 'arn:{p}:ec2:{r}:{a}:security-group/{name}'),
  'AWS::EC2::LaunchTemplate': numbered('lt-', 'LaunchTemplateId'),
  'AWS::EFS::AccessPoint': numbered('fsap-', 'AccessPointId', 'arn:{p}:elasticfilesystem:{r}:{a}:access-point/{name}'),
  'AWS::FSx::StorageVirtualMachine': numbered('svm-', 'StorageVirtualMachineId'),
  'AWS::ECS::Cluster': named('ClusterName', 'arn:{p}:ecs:{r}:{a}:cluster/{name}'),
  'AWS::ECR::Repository': named('RepositoryName', 'arn:{p}:ecr:{r}:{a}:repository/{name}'),
  'AWS::Timestream::Database': named('DatabaseName', 'arn:{p}:timestream:{r}:{a}:database/{name}'),
  'AWS::RDS::DBSubnetGroup': { naming: 'DBSubnetGroupName', ref: NAME },
  'AWS::RDS::DBParameterGroup': { naming: 'DBParameterGroupName', ref: NAME },
};

/** The types, by CloudFormation name. */
export const KNOWN_TYPES: Readonly<Record<string, KnownType>> = {
  ...BACKUP,
  ...STATEFUL,
  ...SECURITY,
  ...MESSAGING,
  ...COMPUTE,
};

/** What is known of a type, undefined when nothing is. */
export function knownType(type: string): KnownType | undefined {
  return own(KNOWN_TYPES, type);
}
