import { StatefulResource } from '@holdfast/model';
import { ReadResult } from '../../../engine/src/ingest/artifact';
import { read, refusal } from './read';

const TAGS = [{ Key: 'backup', Value: 'daily' }];
const KEY = '11111111-2222-3333-4444-555555555555';
const KEY_ARN = `arn:aws:kms:eu-central-1:123456789012:key/${KEY}`;
const HERE = ':eu-central-1:123456789012:';

function readOne(Type: string, Properties: object, more: object = {}): ReadResult {
  return read({ 't.json': { Resources: { R: { Type, Properties }, ...more } } });
}

describe('resources that hold data', () => {
  // prettier-ignore
  test.each<[string, object, Partial<StatefulResource>]>([
    ['AWS::DynamoDB::Table', { TableName: 'Orders', Tags: TAGS, SSESpecification: { SSEEnabled: true, KMSMasterKeyId: KEY } },
      { service: 'dynamodb-advanced', resourceType: 'DynamoDB', name: 'Orders', arn: `arn:aws:dynamodb${HERE}table/Orders`, tags: { backup: 'daily' }, encryptedWith: KEY_ARN }],
    ['AWS::S3::Bucket', { BucketName: 'docs', Tags: TAGS, BucketEncryption: { ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { KMSMasterKeyID: KEY_ARN } }] } },
      { service: 's3', resourceType: 'S3', name: 'docs', arn: 'arn:aws:s3:::docs', tags: { backup: 'daily' }, encryptedWith: KEY_ARN }],
    ['AWS::RDS::DBInstance', { DBInstanceIdentifier: 'Reports', AllocatedStorage: '100', Engine: 'postgres', KmsKeyId: 'alias/db', Tags: TAGS },
      { service: 'rds', resourceType: 'RDS', name: 'reports', arn: `arn:aws:rds${HERE}db:reports`, sizeGiB: 100, encryptedWith: `arn:aws:kms${HERE}alias/db` }],
    ['AWS::RDS::DBCluster', { DBClusterIdentifier: 'Ledger', Engine: 'aurora-postgresql' },
      { service: 'aurora', resourceType: 'Aurora', name: 'ledger', arn: `arn:aws:rds${HERE}cluster:ledger` }],
    ['AWS::RDS::DBCluster', { DBClusterIdentifier: 'ledger', Engine: 'postgres', AllocatedStorage: 400 },
      { service: 'rds-multi-az-cluster', resourceType: 'RDS', arn: `arn:aws:rds${HERE}cluster:ledger`, sizeGiB: 400 }],
    ['AWS::DocDB::DBCluster', { DBClusterIdentifier: 'docs', Tags: TAGS },
      { service: 'documentdb', resourceType: 'DocumentDB', arn: `arn:aws:rds${HERE}cluster:docs`, tags: { backup: 'daily' } }],
    ['AWS::Neptune::DBCluster', { DBClusterIdentifier: 'graph' },
      { service: 'neptune', resourceType: 'Neptune', arn: `arn:aws:rds${HERE}cluster:graph` }],
    ['AWS::RDS::DBInstance', { DBInstanceIdentifier: 'Managed', Engine: 'postgres', StorageEncrypted: 'true' },
      { service: 'rds', encryptedWith: `arn:aws:kms${HERE}alias/aws/rds` }],
    ['AWS::EC2::Volume', { Size: 8, Encrypted: true, Tags: TAGS },
      { service: 'ebs', encryptedWith: `arn:aws:kms${HERE}alias/aws/ebs` }],
    ['AWS::EFS::FileSystem', { FileSystemTags: [{ Key: 'Name', Value: 'shared' }], KmsKeyId: KEY },
      { service: 'efs', resourceType: 'EFS', tags: { Name: 'shared' }, encryptedWith: KEY_ARN }],
    ['AWS::EC2::Instance', { Tags: TAGS, BlockDeviceMappings: [{ DeviceName: '/dev/xvda', Ebs: { VolumeSize: 20, KmsKeyId: KEY } }, { DeviceName: '/dev/xvdb', Ebs: { VolumeSize: '30' } }] },
      { service: 'ec2', resourceType: 'EC2', sizeGiB: 50, encryptedWith: KEY_ARN }],
    ['AWS::EC2::Volume', { Size: 200, AvailabilityZone: 'x' },
      { service: 'ebs', resourceType: 'EBS', sizeGiB: 200 }],
    ['AWS::FSx::FileSystem', { FileSystemType: 'WINDOWS', StorageCapacity: 300 },
      { service: 'fsx-windows', resourceType: 'FSx', sizeGiB: 300 }],
    ['AWS::FSx::FileSystem', { FileSystemType: 'LUSTRE' },  { service: 'fsx-lustre' }],
    ['AWS::RDS::DBInstance', { PreferredMaintenanceWindow: 'Sun:23:45-Mon:00:15', PreferredBackupWindow: '04:00-04:30', BackupRetentionPeriod: '7' },
      { service: 'rds', preferredMaintenanceWindow: 'sun:23:45-mon:00:15', preferredBackupWindow: '04:00-04:30', automatedBackupDays: 7 }],
    ...['AWS::RDS::DBCluster', 'AWS::DocDB::DBCluster', 'AWS::Neptune::DBCluster'].map((type): [string, object, Partial<StatefulResource>] =>
      [type, { PreferredMaintenanceWindow: 'mon:05:00-mon:05:30', PreferredBackupWindow: '04:00-04:30' }, { preferredMaintenanceWindow: 'mon:05:00-mon:05:30', preferredBackupWindow: '04:00-04:30' }]),
    ['AWS::FSx::FileSystem', { FileSystemType: 'WINDOWS', WindowsConfiguration: { WeeklyMaintenanceStartTime: '7:23:45', DailyAutomaticBackupStartTime: '23:45', AutomaticBackupRetentionDays: 0 } },
      { service: 'fsx-windows', preferredMaintenanceWindow: 'sun:23:45-mon:00:15', preferredBackupWindow: '23:45-00:15', automatedBackupDays: 0 }],
    ['AWS::FSx::FileSystem', { FileSystemType: 'OPENZFS', OpenZFSConfiguration: { WeeklyMaintenanceStartTime: '1:05:00' } },
      { service: 'fsx-openzfs', preferredMaintenanceWindow: 'mon:05:00-mon:05:30' }],
    ['AWS::FSx::FileSystem', { FileSystemType: 'OPENZFS' }, { service: 'fsx-openzfs' }],
    ['AWS::FSx::Volume', { VolumeType: 'ONTAP', Name: 'vol', OntapConfiguration: { SizeInMegabytes: '2048', StorageVirtualMachineId: { Ref: 'Machine' } } },
      { service: 'fsx-ontap', sizeGiB: 2 }],
    ['AWS::Redshift::Cluster', { ClusterIdentifier: 'DWH' },
      { service: 'redshift', resourceType: 'Redshift', arn: `arn:aws:redshift${HERE}cluster:dwh` }],
    ['AWS::RedshiftServerless::Namespace', { NamespaceName: 'ns' },
      { service: 'redshift-serverless', resourceType: 'Redshift Serverless' }],
    ['AWS::Timestream::Table', { DatabaseName: 'metrics', TableName: 'cpu' },
      { service: 'timestream', name: 'cpu', arn: `arn:aws:timestream${HERE}database/metrics/table/cpu` }],
    ['AWS::DSQL::Cluster', { Tags: TAGS, KmsEncryptionKey: KEY_ARN },
      { service: 'aurora-dsql', resourceType: 'Aurora DSQL', encryptedWith: KEY_ARN }],
    ['AWS::EKS::Cluster', { Name: 'prod', Tags: TAGS },
      { service: 'eks', resourceType: 'EKS', arn: `arn:aws:eks${HERE}cluster/prod` }],
  ])('are read from %s %j', (type, properties, expected) => {
    const more = { Machine: { Type: 'AWS::FSx::StorageVirtualMachine', Properties: { FileSystemId: 'fs-0123456789abcdef0' } } };
    expect(readOne(type, properties, more).estate.resources).toEqual([
      expect.objectContaining({ ...expected, declaredAt: 't.json: R' }),
    ]);
  });

  // prettier-ignore
  test.each<[string, object, RegExp]>([
    ['AWS::EC2::Instance',   {},                                                                  /^arn:aws:ec2:eu-central-1:123456789012:instance\/i-[0-9a-f]{17}$/],
    ['AWS::EC2::Volume',     {},                                                                  /^arn:aws:ec2:eu-central-1:123456789012:volume\/vol-[0-9a-f]{17}$/],
    ['AWS::EFS::FileSystem', {},                                                                  /^arn:aws:elasticfilesystem:eu-central-1:123456789012:file-system\/fs-[0-9a-f]{17}$/],
    ['AWS::FSx::FileSystem', { FileSystemType: 'LUSTRE' },                                        /^arn:aws:fsx:eu-central-1:123456789012:file-system\/fs-[0-9a-f]{17}$/],
    ['AWS::FSx::Volume',     { VolumeType: 'ONTAP', OntapConfiguration: { StorageVirtualMachineId: 'svm-1' } }, /^arn:aws:fsx:eu-central-1:123456789012:volume\/fs-[0-9a-f]{17}\/fsvol-[0-9a-f]{17}$/],
    ['AWS::DSQL::Cluster',   {},                                                                  /^arn:aws:dsql:eu-central-1:123456789012:cluster\/[0-9a-z]{26}$/],
    ['AWS::RedshiftServerless::Namespace', { NamespaceName: 'ns' },                               /^arn:aws:redshift-serverless:eu-central-1:123456789012:namespace\/[0-9a-f-]{36}$/],
    ['AWS::RDS::DBInstance', {},                                                                  /^arn:aws:rds:eu-central-1:123456789012:db:t-r-[0-9a-f]{12}$/],
  ])('of %s get the id that AWS would make', (type, properties, expected) => {
    expect(readOne(type, properties).estate.resources?.[0]?.arn).toMatch(expected);
  });

  test('an id follows from the Name tag, whatever the logical id', () => {
    const named = { Tags: [{ Key: 'Name', Value: 'web' }] };
    const arn = (logicalId: string): string | undefined =>
      read({ 't.json': { Resources: { [logicalId]: { Type: 'AWS::EC2::Instance', Properties: named } } } }).estate
        .resources?.[0]?.arn;
    expect(arn('One')).toBe(arn('Two'));
    expect(arn('One')).not.toBe(readOne('AWS::EC2::Instance', {}).estate.resources?.[0]?.arn);
  });

  test('the id of a key follows from its alias, whatever the logical id', () => {
    const keyOf = (key: string): string | undefined =>
      read({
        't.json': {
          Resources: {
            [key]: { Type: 'AWS::KMS::Key', Properties: {} },
            Alias: {
              Type: 'AWS::KMS::Alias',
              Properties: { AliasName: 'alias/data', TargetKeyId: { 'Fn::GetAtt': [key, 'Arn'] } },
            },
            Bare: { Type: 'AWS::KMS::Key', Properties: { MultiRegion: 'true' } },
            V: {
              Type: 'AWS::Backup::BackupVault',
              Properties: { BackupVaultName: 'v', EncryptionKeyArn: { 'Fn::GetAtt': [key, 'Arn'] } },
            },
            W: {
              Type: 'AWS::Backup::BackupVault',
              Properties: { BackupVaultName: 'w', EncryptionKeyArn: { 'Fn::GetAtt': ['Bare', 'Arn'] } },
            },
          },
        },
      })
        .estate.vaults?.map(({ encryptionKeyArn }) => encryptionKeyArn)
        .join(' ');
    expect(keyOf('One')).toBe(keyOf('Two'));
    expect(keyOf('One')).toMatch(
      /^arn:aws:kms:eu-central-1:123456789012:key\/[0-9a-f-]{36} arn:aws:kms:eu-central-1:123456789012:key\/mrk-[0-9a-f]{32}$/,
    );
  });

  test('two that carry one Name tag are two, also where they are referred to', () => {
    const Properties = { Tags: [{ Key: 'Name', Value: 'web' }] };
    const instance = { Type: 'AWS::EC2::Instance', Properties };
    const tag = (id: string): object => ({
      'Fn::Sub': `arn:aws:ec2:\${AWS::Region}:\${AWS::AccountId}:instance/\${${id}}`,
    });
    const V = {
      Type: 'AWS::Backup::BackupVault',
      Properties: { BackupVaultName: 'v', BackupVaultTags: { a: tag('A'), b: tag('B') } },
    };
    const { estate } = read({ 't.json': { Resources: { V, A: instance, B: instance } } });
    const arns = estate.resources?.map(({ arn }) => arn) ?? [];
    expect(new Set(arns).size).toBe(2);
    expect(estate.vaults?.[0]?.tags).toEqual({ a: arns[0], b: arns[1] });
  });

  test('each replica of a global table is a table with tags of its own', () => {
    const Replicas = [
      { Region: { Ref: 'AWS::Region' }, Tags: TAGS },
      { Region: 'us-east-1', SSESpecification: { KMSMasterKeyId: KEY } },
    ];
    const { estate } = readOne('AWS::DynamoDB::GlobalTable', { TableName: 'orders', Replicas });
    expect(estate.resources).toEqual([
      {
        arn: `arn:aws:dynamodb${HERE}table/orders`,
        service: 'dynamodb-advanced',
        resourceType: 'DynamoDB',
        name: 'orders',
        env: { partition: 'aws', account: '123456789012', region: 'eu-central-1' },
        tags: { backup: 'daily' },
        declaredAt: 't.json: R',
      },
      {
        arn: 'arn:aws:dynamodb:us-east-1:123456789012:table/orders',
        service: 'dynamodb-advanced',
        resourceType: 'DynamoDB',
        name: 'orders',
        env: { partition: 'aws', account: '123456789012', region: 'us-east-1' },
        encryptedWith: `arn:aws:kms:us-east-1:123456789012:key/${KEY}`,
        declaredAt: 't.json: R.Replicas[1]',
      },
    ]);
  });

  // prettier-ignore
  test.each<[string, object, string]>([
    ['AWS::RDS::DBInstance',               { DBClusterIdentifier: 'c', Engine: 'aurora-mysql' }, 'a member of a DB cluster; AWS Backup protects the cluster'],
    ['AWS::FSx::FileSystem',               { FileSystemType: 'ONTAP' },                          'AWS Backup protects the volumes of an ONTAP file system'],
    ['AWS::FSx::Volume',                   { VolumeType: 'OPENZFS' },                            'AWS Backup protects the file system of an OpenZFS volume'],
    ['AWS::Serverless::SimpleTable',       {},                                                   'it is a DynamoDB table once the SAM transform is expanded; give the expanded template, or list it in the inventory'],
    ['AWS::BackupGateway::Hypervisor',     {},                                                   'its virtual machines are found at run time; list them in the inventory'],
    ['AWS::SystemsManagerSAP::Application', {},                                                  'its databases are found at run time; list them in the inventory'],
    ['AWS::SSM::Parameter',                {},                                                   'this type is not modelled'],
  ])('are not read from %s %j, and it is listed', (type, properties, reason) => {
    const { estate, notRead } = readOne(type, properties);
    expect(estate).toEqual({});
    expect(notRead).toEqual([{ path: 't.json: R', type, reason }]);
  });

  // prettier-ignore
  test.each<[string, object, string]>([
    ['AWS::EC2::Volume',     { Size: 'big' },                'R.Size must be a number, got "big"'],
    ['AWS::FSx::FileSystem', { FileSystemType: 'X' },        'R.FileSystemType must be LUSTRE, WINDOWS, OPENZFS or ONTAP, got "X"'],
    ['AWS::FSx::FileSystem', {},                             'R.FileSystemType is not set; give --value R.FileSystemType=<json>'],
    ['AWS::S3::Bucket',      { Tags: [{ Value: 'x' }] },     'R.Tags[0].Key is not set; give --value R.Tags[0].Key=<json>'],
    ['AWS::S3::Bucket',      { Tags: 'x' },                  'R.Tags must be an object, got "x"'],
    ['AWS::S3::Bucket',      { BucketName: { Ref: 'No' } },  'R.BucketName is {"Ref":"No"}, where No is neither a parameter nor a resource of the template; give --value R.BucketName=<json>'],
  ])('fails on %s %j', (type, properties, expected) => {
    expect(refusal(() => readOne(type, properties))).toBe(`t.json: ${expected}`);
  });
});
