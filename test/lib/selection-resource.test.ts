import { Plan, SelectionResource } from '@holdfast/cdk';
import { Template } from 'aws-cdk-lib/assertions';
import * as backup from 'aws-cdk-lib/aws-backup';
import * as docdb from 'aws-cdk-lib/aws-docdb';
import * as dsql from 'aws-cdk-lib/aws-dsql';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as efs from 'aws-cdk-lib/aws-efs';
import * as eks from 'aws-cdk-lib/aws-eks';
import * as fsx from 'aws-cdk-lib/aws-fsx';
import * as neptune from 'aws-cdk-lib/aws-neptune';
import * as rds from 'aws-cdk-lib/aws-rds';
import * as redshift from 'aws-cdk-lib/aws-redshift';
import * as serverless from 'aws-cdk-lib/aws-redshiftserverless';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import * as timestream from 'aws-cdk-lib/aws-timestream';
import { App, CfnParameter, CfnResource, CfnStack, NestedStack, Size, Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { refusal, stackOf } from './support/stacks';

/** The ARNs of a selection of these constructs, each with its references shortened to `${LogicalId.Attribute}`. */
function selected(stack: Stack, ...constructs: Construct[]): string[] {
  const plan = new Plan(stack, 'Plan', {
    backupPlanName: 'ledger',
    rules: [{ ruleName: 'daily', vault: backup.BackupVault.fromBackupVaultName(stack, 'Vault', 'primary') }],
  });
  const resources = constructs.map((construct) => SelectionResource.fromConstruct(construct));
  plan.addSelection('Selection', { selectionName: 'chosen', resources });
  const [selection] = Object.values(Template.fromStack(stack).findResources('AWS::Backup::BackupSelection'));
  return (selection?.Properties.BackupSelection.Resources as object[]).map(shortened);
}

function shortened(value: unknown): string {
  if (typeof value === 'string') {
    return value;
  }
  const [[name, argument]] = Object.entries(value as object) as [[string, unknown]];
  if (name === 'Fn::Join') {
    return (argument as [string, unknown[]])[1].map(shortened).join('');
  }
  return `\${${([] as unknown[]).concat(argument).join('.').replace('AWS::', '')}}`;
}

const EC2 = 'arn:${Partition}:ec2:eu-central-1:111122223333';
const RDS = 'arn:${Partition}:rds:eu-central-1:111122223333';
const CLUSTER = { masterUsername: 'admin', manageMasterUserPassword: true };
const FILE_SYSTEM = { subnetIds: ['subnet-1'] };
const ID = { attributeName: 'id', keyType: 'HASH' };

/** Every type that AWS Backup backs up and CloudFormation makes, and its ARN in a template. */
// prettier-ignore
const TYPES: [string, (stack: Stack) => CfnResource, string][] = [
  ['AWS::CloudFormation::Stack',       (s) => new CfnStack(s, 'It', { templateUrl: 'https://example.com/t.json' }),                        '${It}'],
  ['AWS::DSQL::Cluster',               (s) => new dsql.CfnCluster(s, 'It', {}),                                                            '${It.ResourceArn}'],
  ['AWS::DocDB::DBCluster',            (s) => new docdb.CfnDBCluster(s, 'It', {}),                                                         `${RDS}:cluster:\${It}`],
  ['AWS::DynamoDB::GlobalTable',       (s) => new dynamodb.CfnGlobalTable(s, 'It', { attributeDefinitions: [], keySchema: [ID], replicas: [] }), '${It.Arn}'],
  ['AWS::DynamoDB::Table',             (s) => new dynamodb.CfnTable(s, 'It', { keySchema: [ID] }),                                         '${It.Arn}'],
  ['AWS::EC2::Instance',               (s) => new ec2.CfnInstance(s, 'It', {}),                                                            `${EC2}:instance/\${It}`],
  ['AWS::EC2::Volume',                 (s) => new ec2.CfnVolume(s, 'It', { availabilityZone: 'eu-central-1a' }),                           `${EC2}:volume/\${It}`],
  ['AWS::EFS::FileSystem',             (s) => new efs.CfnFileSystem(s, 'It', {}),                                                          '${It.Arn}'],
  ['AWS::EKS::Cluster',                (s) => new eks.CfnCluster(s, 'It', { resourcesVpcConfig: { subnetIds: [] }, roleArn: 'r' }),        '${It.Arn}'],
  ['AWS::FSx::FileSystem: Lustre',     (s) => new fsx.CfnFileSystem(s, 'It', { ...FILE_SYSTEM, fileSystemType: 'LUSTRE' }),                '${It.ResourceARN}'],
  ['AWS::FSx::FileSystem: Windows',    (s) => new fsx.CfnFileSystem(s, 'It', { ...FILE_SYSTEM, fileSystemType: 'WINDOWS' }),               '${It.ResourceARN}'],
  ['AWS::FSx::FileSystem: OpenZFS',    (s) => new fsx.CfnFileSystem(s, 'It', { ...FILE_SYSTEM, fileSystemType: 'OPENZFS' }),               '${It.ResourceARN}'],
  ['AWS::FSx::Volume: ONTAP',          (s) => new fsx.CfnVolume(s, 'It', { name: 'v', volumeType: 'ONTAP' }),                              '${It.ResourceARN}'],
  ['AWS::Neptune::DBCluster',          (s) => new neptune.CfnDBCluster(s, 'It', {}),                                                       `${RDS}:cluster:\${It}`],
  ['AWS::RDS::DBCluster: Aurora',      (s) => new rds.CfnDBCluster(s, 'It', { engine: 'aurora-postgresql', ...CLUSTER }),                  '${It.DBClusterArn}'],
  ['AWS::RDS::DBCluster: Multi-AZ',    (s) => new rds.CfnDBCluster(s, 'It', { engine: 'postgres', ...CLUSTER }),                           '${It.DBClusterArn}'],
  ['AWS::RDS::DBInstance',             (s) => new rds.CfnDBInstance(s, 'It', { engine: 'postgres' }),                                      '${It.DBInstanceArn}'],
  ['AWS::Redshift::Cluster',           (s) => new redshift.CfnCluster(s, 'It', { clusterType: 'c', dbName: 'd', masterUsername: 'm', nodeType: 'n' }), 'arn:${Partition}:redshift:eu-central-1:111122223333:cluster:${It}'],
  ['AWS::RedshiftServerless::Namespace', (s) => new serverless.CfnNamespace(s, 'It', { namespaceName: 'n' }),                              '${It.Namespace.NamespaceArn}'],
  ['AWS::S3::Bucket',                  (s) => new s3.CfnBucket(s, 'It', {}),                                                               '${It.Arn}'],
  ['AWS::Timestream::Table',           (s) => new timestream.CfnTable(s, 'It', { databaseName: 'd' }),                                     '${It.Arn}'],
];

test.each(TYPES)('selects %s by its ARN', (_, make, arn) => {
  const stack = stackOf();
  expect(selected(stack, make(stack))).toEqual([arn]);
});

test('selects untyped resources by their properties, too', () => {
  const stack = stackOf();
  const properties = { Engine: 'aurora-mysql' };
  expect(selected(stack, new CfnResource(stack, 'It', { type: 'AWS::RDS::DBCluster', properties }))).toEqual([
    '${It.DBClusterArn}',
  ]);
});

test('selects a cluster whose engine is known only at deployment', () => {
  const stack = stackOf();
  const engine = new CfnParameter(stack, 'Engine').valueAsString;
  expect(selected(stack, new rds.CfnDBCluster(stack, 'It', { engine }))).toEqual(['${It.DBClusterArn}']);
});

describe('selects what an L2 holds', () => {
  test('TableV2', () => {
    const stack = stackOf();
    const partitionKey = { name: 'id', type: dynamodb.AttributeType.STRING };
    expect(selected(stack, new dynamodb.TableV2(stack, 'It', { partitionKey }))).toEqual(['${It16E14BEE.Arn}']);
  });

  test('a bucket, but not what CDK makes beside it', () => {
    const stack = stackOf();
    expect(selected(stack, new s3.Bucket(stack, 'It', { enforceSSL: true }))).toEqual(['${It16E14BEE.Arn}']);
  });

  test('a database instance', () => {
    const stack = stackOf();
    const engine = rds.DatabaseInstanceEngine.postgres({ version: rds.PostgresEngineVersion.VER_16 });
    const it = new rds.DatabaseInstance(stack, 'It', { engine, vpc: new ec2.Vpc(stack, 'Vpc') });
    expect(selected(stack, it)).toEqual(['${It16E14BEE.DBInstanceArn}']);
  });

  test('an Aurora cluster, but not its instances', () => {
    const stack = stackOf();
    const engine = rds.DatabaseClusterEngine.auroraPostgres({ version: rds.AuroraPostgresEngineVersion.VER_16_4 });
    const writer = rds.ClusterInstance.serverlessV2('Writer');
    const vpc = new ec2.Vpc(stack, 'Vpc');
    const it = new rds.DatabaseCluster(stack, 'It', {
      engine,
      writer,
      readers: [rds.ClusterInstance.serverlessV2('Reader')],
      vpc,
    });
    expect(selected(stack, it)).toEqual(['${It16E14BEE.DBClusterArn}']);
  });

  test('a volume', () => {
    const stack = stackOf();
    const it = new ec2.Volume(stack, 'It', { availabilityZone: 'eu-central-1a', size: Size.gibibytes(1) });
    expect(selected(stack, it)).toEqual([`${EC2}:volume/\${It16E14BEE}`]);
  });
});

test('selects all that a subtree holds, and passes over the rest of it', () => {
  const stack = stackOf();
  const group = new Construct(stack, 'Group');
  new s3.CfnBucket(group, 'Bucket');
  new sqs.CfnQueue(group, 'Queue');
  new efs.CfnFileSystem(new Construct(group, 'Deeper'), 'Files');
  expect(selected(stack, group)).toEqual(['${GroupBucketAF57B66B.Arn}', '${GroupDeeperFiles66D3E74B.Arn}']);
});

test('selects the resources of a nested stack, not the stack beside them', () => {
  const stack = stackOf();
  const group = new Construct(stack, 'Group');
  new s3.CfnBucket(new NestedStack(group, 'Nested'), 'Bucket');
  const arns = selected(stack, group);
  expect(arns).toHaveLength(1);
  expect(arns[0]).toMatch(/^\$\{GroupNestedNestedStack.*\.Outputs\..*BucketF?.*Arn\}$/);
});

test('selects what another stack holds', () => {
  const stack = stackOf();
  const other = new Stack(App.of(stack)!, 'Other', { env: { account: stack.account, region: stack.region } });
  expect(selected(stack, new s3.CfnBucket(other, 'Bucket'))).toEqual([
    '${Other:ExportsOutputFnGetAttBucketArn436138FE}',
  ]);
});

const WHERE = 'S/Plan/Selection: 1 value(s) that AWS Backup refuses';
const RULE = 'must be a construct with a resource that AWS Backup backs up by itself';
const SOURCE = '[selection-construct-not-supported] (AWS Backup facts feature table, B2.7/2)';

describe('fails for a construct that nothing can back up', () => {
  // prettier-ignore
  const NOTHING: [string, (stack: Stack) => Construct, string][] = [
    ['a queue',                            (s) => new sqs.Queue(s, 'It'),                                                            'AWS::SQS::Queue'],
    ['an empty construct',                 (s) => new Construct(s, 'It'),                                                            'no resource'],
    ['an instance of a cluster',           (s) => new rds.CfnDBInstance(s, 'It', { dbClusterIdentifier: 'cluster' }),                'AWS::RDS::DBInstance'],
    ['an instance of DocumentDB',          (s) => new docdb.CfnDBInstance(s, 'It', { dbClusterIdentifier: 'c', dbInstanceClass: 'x' }), 'AWS::DocDB::DBInstance'],
    ['an ONTAP file system, whose volumes are backed up', (s) => new fsx.CfnFileSystem(s, 'It', { ...FILE_SYSTEM, fileSystemType: 'ONTAP' }), 'AWS::FSx::FileSystem'],
    ['an imported bucket',                 (s) => s3.Bucket.fromBucketName(s, 'It', 'bucket') as unknown as Construct,               'no resource'],
  ];

  test.each(NOTHING)('%s', (_, make, held) => {
    const stack = stackOf();
    expect(refusal(() => selected(stack, make(stack)))).toBe(
      `${WHERE}\n  resources[0] ${RULE}, got S/It with ${held} ${SOURCE}`,
    );
  });

  test('to be left out', () => {
    const stack = stackOf();
    const plan = new Plan(stack, 'Plan', {
      backupPlanName: 'ledger',
      rules: [{ ruleName: 'daily', vault: backup.BackupVault.fromBackupVaultName(stack, 'Vault', 'primary') }],
    });
    const notResources = [SelectionResource.fromConstruct(new sqs.CfnQueue(stack, 'It'))];
    const declare = () =>
      plan.addSelection('Selection', { selectionName: 'chosen', tags: { backup: 'daily' }, notResources });
    expect(refusal(declare)).toBe(`${WHERE}\n  notResources[0] ${RULE}, got S/It with AWS::SQS::Queue ${SOURCE}`);
  });
});

test('says what it was made of', () => {
  const bucket = new s3.CfnBucket(stackOf(), 'It');
  expect(SelectionResource.fromArn('*').arn).toBe('*');
  expect(SelectionResource.fromArn('*').construct).toBeUndefined();
  expect(SelectionResource.fromConstruct(bucket).construct).toBe(bucket);
  expect(SelectionResource.fromConstruct(bucket).arn).toBeUndefined();
});
