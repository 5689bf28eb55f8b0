/**
 * What CloudFormation calls a resource of one type, its ARN, and what `Ref` and `Fn::GetAtt` give.
 *
 * In the templates `{name}` is the resource's name or id, `{arn}` its ARN, `{p}`, `{r}`, `{a}` and `{u}` are partition, Region,
 * account and URL suffix, `{Property}` is a property of the resource and `{Property|x}` one with a default.
 */
export interface CloudFormationType {
  /**
   * The property by which an author names the resource.
   *
   * @default - its service makes an id
   */
  readonly nameProperty?: string;

  /**
   * Id of the row of `ServiceSupport` whose ARN the resource has; where several share the type, of one of them.
   *
   * @default - not a resource that AWS Backup protects
   */
  readonly service?: string;

  /**
   * Template of the ARN, for what is in no row of `ServiceSupport`.
   *
   * @default - as `ServiceSupport` has it, or none
   */
  readonly arnTemplate?: string;

  /**
   * Template of what `Ref` gives.
   */
  readonly refTemplate: string;

  /**
   * Name of an attribute to the template of what `Fn::GetAtt` gives.
   *
   * @default - no attribute that is known
   */
  readonly attributeTemplates?: { [name: string]: string };
}

const NAME = '{name}';
const ARN = '{arn}';

/** A type that its author may name, with an ARN under `Arn`. */
function named(nameProperty: string, arnTemplate: string, more: Partial<CloudFormationType> = {}): CloudFormationType {
  const { attributeTemplates, ...rest } = more;
  return {
    nameProperty,
    arnTemplate,
    refTemplate: NAME,
    attributeTemplates: { Arn: ARN, ...attributeTemplates },
    ...rest,
  };
}

/** A type of service support. */
function stateful(
  service: string,
  nameProperty: string | undefined,
  attributeTemplates: { [name: string]: string },
): CloudFormationType {
  return { service, refTemplate: NAME, attributeTemplates, ...(nameProperty !== undefined && { nameProperty }) };
}

/** A type of EC2 or the like, whose id the service makes. */
function made(attribute: string, arnTemplate?: string): CloudFormationType {
  return {
    refTemplate: NAME,
    attributeTemplates: { [attribute]: NAME },
    ...(arnTemplate !== undefined && { arnTemplate }),
  };
}

const BACKUP: Readonly<Record<string, CloudFormationType>> = {
  'AWS::Backup::BackupVault': {
    nameProperty: 'BackupVaultName',
    arnTemplate: 'arn:{p}:backup:{r}:{a}:backup-vault:{name}',
    refTemplate: NAME,
    attributeTemplates: { BackupVaultName: NAME, BackupVaultArn: ARN },
  },
  'AWS::Backup::LogicallyAirGappedBackupVault': {
    nameProperty: 'BackupVaultName',
    arnTemplate: 'arn:{p}:backup:{r}:{a}:backup-vault:{name}',
    refTemplate: NAME,
    attributeTemplates: {
      BackupVaultName: NAME,
      BackupVaultArn: ARN,
      VaultState: 'AVAILABLE',
      VaultType: 'LOGICALLY_AIR_GAPPED_BACKUP_VAULT',
    },
  },
  'AWS::Backup::BackupPlan': {
    arnTemplate: 'arn:{p}:backup:{r}:{a}:backup-plan:{name}',
    refTemplate: NAME,
    attributeTemplates: { BackupPlanId: NAME, BackupPlanArn: ARN },
  },
  // The ARN ends in an id that AWS Backup makes.
  'AWS::Backup::RestoreTestingPlan': {
    nameProperty: 'RestoreTestingPlanName',
    refTemplate: NAME,
    attributeTemplates: { RestoreTestingPlanArn: ARN },
  },
};

const STATEFUL: Readonly<Record<string, CloudFormationType>> = {
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
    refTemplate: '{NamespaceName}',
    attributeTemplates: {
      'Namespace.NamespaceArn': ARN,
      'Namespace.NamespaceId': NAME,
      'Namespace.NamespaceName': '{NamespaceName}',
    },
  },
  'AWS::Timestream::Table': {
    service: 'timestream',
    nameProperty: 'TableName',
    refTemplate: '{DatabaseName}|{name}',
    attributeTemplates: { Arn: ARN, Name: NAME },
  },
  'AWS::DSQL::Cluster': stateful('aurora-dsql', undefined, { ResourceArn: ARN, Identifier: NAME }),
  'AWS::EKS::Cluster': stateful('eks', 'Name', { Arn: ARN }),
};

const SECURITY: Readonly<Record<string, CloudFormationType>> = {
  'AWS::IAM::Role': named('RoleName', 'arn:{p}:iam::{a}:role{Path|/}{name}'),
  'AWS::IAM::User': named('UserName', 'arn:{p}:iam::{a}:user{Path|/}{name}'),
  'AWS::IAM::Group': named('GroupName', 'arn:{p}:iam::{a}:group{Path|/}{name}'),
  'AWS::IAM::InstanceProfile': named('InstanceProfileName', 'arn:{p}:iam::{a}:instance-profile{Path|/}{name}'),
  'AWS::IAM::ManagedPolicy': {
    nameProperty: 'ManagedPolicyName',
    arnTemplate: 'arn:{p}:iam::{a}:policy{Path|/}{name}',
    refTemplate: ARN,
    attributeTemplates: { PolicyArn: ARN },
  },
  'AWS::KMS::Key': {
    arnTemplate: 'arn:{p}:kms:{r}:{a}:key/{name}',
    refTemplate: NAME,
    attributeTemplates: { Arn: ARN, KeyId: NAME },
  },
  'AWS::KMS::ReplicaKey': {
    arnTemplate: 'arn:{p}:kms:{r}:{a}:key/{name}',
    refTemplate: NAME,
    attributeTemplates: { Arn: ARN, KeyId: NAME },
  },
  'AWS::KMS::Alias': { nameProperty: 'AliasName', arnTemplate: 'arn:{p}:kms:{r}:{a}:{name}', refTemplate: NAME },
  'AWS::SecretsManager::Secret': {
    nameProperty: 'Name',
    arnTemplate: 'arn:{p}:secretsmanager:{r}:{a}:secret:{name}',
    refTemplate: ARN,
    attributeTemplates: { Id: ARN },
  },
  'AWS::SSM::Parameter': {
    nameProperty: 'Name',
    refTemplate: NAME,
    attributeTemplates: { Type: '{Type}', Value: '{Value}' },
  },
};

const MESSAGING: Readonly<Record<string, CloudFormationType>> = {
  'AWS::SNS::Topic': {
    nameProperty: 'TopicName',
    arnTemplate: 'arn:{p}:sns:{r}:{a}:{name}',
    refTemplate: ARN,
    attributeTemplates: { TopicArn: ARN, TopicName: NAME },
  },
  'AWS::SQS::Queue': {
    nameProperty: 'QueueName',
    arnTemplate: 'arn:{p}:sqs:{r}:{a}:{name}',
    refTemplate: 'https://sqs.{r}.{u}/{a}/{name}',
    attributeTemplates: { Arn: ARN, QueueName: NAME, QueueUrl: 'https://sqs.{r}.{u}/{a}/{name}' },
  },
  'AWS::Events::Rule': named('Name', 'arn:{p}:events:{r}:{a}:rule/{name}'),
  'AWS::Events::EventBus': named('Name', 'arn:{p}:events:{r}:{a}:event-bus/{name}', {
    attributeTemplates: { Name: NAME },
  }),
  'AWS::Lambda::Function': named('FunctionName', 'arn:{p}:lambda:{r}:{a}:function:{name}'),
  'AWS::Logs::LogGroup': {
    nameProperty: 'LogGroupName',
    arnTemplate: 'arn:{p}:logs:{r}:{a}:log-group:{name}:*',
    refTemplate: NAME,
    attributeTemplates: { Arn: ARN },
  },
  'AWS::CloudWatch::Alarm': named('AlarmName', 'arn:{p}:cloudwatch:{r}:{a}:alarm:{name}'),
  'AWS::CloudWatch::CompositeAlarm': named('AlarmName', 'arn:{p}:cloudwatch:{r}:{a}:alarm:{name}'),
  'AWS::StepFunctions::StateMachine': named('StateMachineName', 'arn:{p}:states:{r}:{a}:stateMachine:{name}', {
    refTemplate: ARN,
    attributeTemplates: { Name: NAME },
  }),
};

const COMPUTE: Readonly<Record<string, CloudFormationType>> = {
  'AWS::EC2::VPC': made('VpcId', 'arn:{p}:ec2:{r}:{a}:vpc/{name}'),
  'AWS::EC2::Subnet': made('SubnetId', 'arn:{p}:ec2:{r}:{a}:subnet/{name}'),
  'AWS::EC2::SecurityGroup': made('GroupId', 'arn:{p}:ec2:{r}:{a}:security-group/{name}'),
  'AWS::EC2::LaunchTemplate': made('LaunchTemplateId'),
  'AWS::EFS::AccessPoint': made('AccessPointId', 'arn:{p}:elasticfilesystem:{r}:{a}:access-point/{name}'),
  'AWS::FSx::StorageVirtualMachine': made('StorageVirtualMachineId'),
  'AWS::ECS::Cluster': named('ClusterName', 'arn:{p}:ecs:{r}:{a}:cluster/{name}'),
  'AWS::ECR::Repository': named('RepositoryName', 'arn:{p}:ecr:{r}:{a}:repository/{name}'),
  'AWS::Timestream::Database': named('DatabaseName', 'arn:{p}:timestream:{r}:{a}:database/{name}'),
  'AWS::RDS::DBSubnetGroup': { nameProperty: 'DBSubnetGroupName', refTemplate: NAME },
  'AWS::RDS::DBParameterGroup': { nameProperty: 'DBParameterGroupName', refTemplate: NAME },
};

const TYPES: Readonly<Record<string, CloudFormationType>> = {
  ...BACKUP,
  ...STATEFUL,
  ...SECURITY,
  ...MESSAGING,
  ...COMPUTE,
};

/**
 * What `Ref` and `Fn::GetAtt` give for the types that backup estates refer to.
 *
 * Source: AWS CloudFormation "Template reference", return values of each type; service authorization reference for ARNs.
 */
export class CloudFormationTypes {
  /**
   * What is known of a type, or nothing.
   *
   * @param resourceType e.g. `AWS::DynamoDB::Table`
   */
  public static tryFind(resourceType: string): CloudFormationType | undefined {
    return Object.hasOwn(TYPES, resourceType) ? TYPES[resourceType] : undefined;
  }

  private constructor() {}
}
