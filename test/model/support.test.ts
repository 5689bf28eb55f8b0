import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { BackupPlan, ManagedPolicies, ServiceSupport } from '@holdfast/model';
import { plan, PLAIN, rule } from './rows';

import { renderServices } from '../../tools/generate-support';

const ROOT = join(__dirname, '..', '..');
const ENV = { partition: 'aws', account: '123456789012', region: 'eu-central-1' };

describe('the table of services', () => {
  test('is what the task makes of the facts', () => {
    const facts = readFileSync(join(ROOT, 'model/src/support/service-support.json'), 'utf8');
    const table = readFileSync(join(ROOT, 'model/src/support/services.ts'), 'utf8');
    expect(renderServices(facts)).toBe(table);
  });

  test('says what the facts say, cell by cell', () => {
    const rows = JSON.parse(readFileSync(join(ROOT, 'model/src/support/service-support.json'), 'utf8')) as {
      readonly name: string;
      readonly [feature: string]: unknown;
    }[];
    // prettier-ignore
    const features = ['resourceType', 'optInKey', 'pitr', 'coldStorage', 'fullManagement', 'incremental', 'crossRegionCopy',
      'crossAccountCopy', 'crossRegionAndAccountInOneCopy', 'logicallyAirGapped', 'composite', 'index', 'malwareScan'] as const;
    const services = ServiceSupport.all();
    expect(services).toHaveLength(rows.length - 1);
    for (const service of services) {
      const row = rows.find(({ name }) => name === service.name)!;
      expect(features.map((feature) => [feature, service[feature]])).toEqual(
        features.map((feature) => [feature, row[feature]]),
      );
    }
  });

  test('has ids that other packages rely on', () => {
    expect(ServiceSupport.all().map(({ id }) => id)).toEqual([
      'ec2',
      'ebs',
      's3',
      'rds',
      'rds-multi-az-cluster',
      'aurora',
      'aurora-dsql',
      'efs',
      'fsx-lustre',
      'fsx-windows',
      'fsx-ontap',
      'fsx-openzfs',
      'storage-gateway',
      'documentdb',
      'neptune',
      'dynamodb',
      'dynamodb-advanced',
      'redshift',
      'redshift-serverless',
      'timestream',
      'virtual-machine',
      'cloudformation',
      'sap-hana',
      'eks',
    ]);
  });

  test('has a default size and change for each service', () => {
    for (const { id, defaultSizeGiB, defaultDailyChangePercent } of ServiceSupport.all()) {
      expect([id, defaultSizeGiB > 0]).toEqual([id, true]);
      expect([id, defaultDailyChangePercent >= 0 && defaultDailyChangePercent <= 100]).toEqual([id, true]);
    }
  });

  // prettier-ignore
  test.each([
    // from AWS's table
    ['s3',                   { pitr: true,  coldStorage: false, fullManagement: true,  logicallyAirGapped: true  }],
    ['ebs',                  { pitr: false, coldStorage: true,  fullManagement: false, logicallyAirGapped: true  }],
    ['rds',                  { pitr: true,  coldStorage: false, fullManagement: false, logicallyAirGapped: false }],
    ['aurora',               { pitr: true,  coldStorage: false, fullManagement: false, logicallyAirGapped: true  }],
    ['efs',                  { pitr: false, coldStorage: true,  fullManagement: true,  logicallyAirGapped: true  }],
    ['dynamodb',             { pitr: false, coldStorage: false, fullManagement: false, logicallyAirGapped: false }],
    ['dynamodb-advanced',    { pitr: false, coldStorage: true,  fullManagement: true,  logicallyAirGapped: true  }],
    ['rds-multi-az-cluster', { crossRegionCopy: false, crossAccountCopy: false }],
    ['cloudformation',       { composite: true, crossRegionAndAccountInOneCopy: false }],
  ])('%s: %j', (id, cells) => {
    expect(ServiceSupport.find(id)).toMatchObject(cells);
  });

  test('fails to find what is not in it, and tryFind finds nothing', () => {
    expect(() => ServiceSupport.find('sqs')).toThrow(/^service must be one of ec2, ebs, .*, got sqs$/);
    expect(ServiceSupport.tryFind('sqs')).toBeUndefined();
    expect(ServiceSupport.tryFindByArn('arn:aws:sqs:eu-central-1:123456789012:q')).toBeUndefined();
  });
});

describe('an ARN', () => {
  // prettier-ignore
  test.each([
    ['ec2',                  'i-0a',             'arn:aws:ec2:eu-central-1:123456789012:instance/i-0a'],
    ['ebs',                  'vol-0a',           'arn:aws:ec2:eu-central-1:123456789012:volume/vol-0a'],
    ['s3',                   'bucket.with.dots', 'arn:aws:s3:::bucket.with.dots'],
    ['rds',                  'db1',              'arn:aws:rds:eu-central-1:123456789012:db:db1'],
    ['rds-multi-az-cluster', 'c1',               'arn:aws:rds:eu-central-1:123456789012:cluster:c1'],
    ['aurora',               'c1',               'arn:aws:rds:eu-central-1:123456789012:cluster:c1'],
    ['aurora-dsql',          'abc',              'arn:aws:dsql:eu-central-1:123456789012:cluster/abc'],
    ['efs',                  'fs-0a',            'arn:aws:elasticfilesystem:eu-central-1:123456789012:file-system/fs-0a'],
    ['fsx-lustre',           'fs-0a',            'arn:aws:fsx:eu-central-1:123456789012:file-system/fs-0a'],
    ['fsx-windows',          '0a',               'arn:aws:fsx:eu-central-1:123456789012:file-system/fs-0a'],
    ['fsx-ontap',            'fs-1/fsvol-2',     'arn:aws:fsx:eu-central-1:123456789012:volume/fs-1/fsvol-2'],
    ['storage-gateway',      'sgw-1/vol-2',      'arn:aws:storagegateway:eu-central-1:123456789012:gateway/sgw-1/volume/vol-2'],
    ['documentdb',           'c1',               'arn:aws:rds:eu-central-1:123456789012:cluster:c1'],
    ['neptune',              'c1',               'arn:aws:rds:eu-central-1:123456789012:cluster:c1'],
    ['dynamodb-advanced',    'orders',           'arn:aws:dynamodb:eu-central-1:123456789012:table/orders'],
    ['redshift',             'c1',               'arn:aws:redshift:eu-central-1:123456789012:cluster:c1'],
    ['redshift-serverless',  'n1',               'arn:aws:redshift-serverless:eu-central-1:123456789012:namespace/n1'],
    ['timestream',           'db|t',             'arn:aws:timestream:eu-central-1:123456789012:database/db/table/t'],
    ['timestream',           't',                'arn:aws:timestream:eu-central-1:123456789012:database/t/table/t'],
    ['virtual-machine',      'vm-0a',            'arn:aws:backup-gateway:eu-central-1:123456789012:vm/vm-0a'],
    ['cloudformation',       'net/1-2',          'arn:aws:cloudformation:eu-central-1:123456789012:stack/net/1-2'],
    ['sap-hana',             'app/db',           'arn:aws:ssm-sap:eu-central-1:123456789012:HANA/app/DB/db'],
    ['eks',                  'k1',               'arn:aws:eks:eu-central-1:123456789012:cluster/k1'],
  ])('of %s %s is %s, and tells the service again', (id, name, arn) => {
    expect(ServiceSupport.arn(id, ENV, name)).toBe(arn);
    expect(ServiceSupport.tryFindByArn(arn, id)?.id).toBe(id);
    expect(ServiceSupport.forArn(arn).map((service) => service.id)).toContain(id);
    expect(name.endsWith(ServiceSupport.nameOf(arn)!) || ServiceSupport.nameOf(arn)!.endsWith(name)).toBe(true);
  });

  test('takes the partition of its place', () => {
    const china = { partition: 'aws-cn', account: '123456789012', region: 'cn-north-1' };
    expect(ServiceSupport.arn('s3', china, 'b')).toBe('arn:aws-cn:s3:::b');
    expect(ServiceSupport.tryFindByArn('arn:aws-cn:s3:::b')?.id).toBe('s3');
  });

  // prettier-ignore
  test.each([
    // arn                                                               type          service
    ['arn:aws:rds:eu-central-1:123456789012:cluster:c1',                 undefined,    'aurora'],
    ['arn:aws:rds:eu-central-1:123456789012:cluster:c1',                 'Aurora',     'aurora'],
    ['arn:aws:rds:eu-central-1:123456789012:cluster:c1',                 'DocumentDB', 'documentdb'],
    ['arn:aws:rds:eu-central-1:123456789012:cluster:c1',                 'Neptune',    'neptune'],
    ['arn:aws:rds:eu-central-1:123456789012:cluster:c1',                 'RDS',        'rds-multi-az-cluster'],
    ['arn:aws:rds:eu-central-1:123456789012:db:d1',                      'RDS',        'rds'],
    ['arn:aws:rds:eu-central-1:123456789012:db:d1',                      'Aurora',     undefined],
    ['arn:aws:fsx:eu-central-1:123456789012:file-system/fs-1',           'FSx',        'fsx-windows'],
    ['arn:aws:fsx:eu-central-1:123456789012:file-system/fs-1',           'fsx-lustre', 'fsx-lustre'],
    ['arn:aws:fsx:eu-central-1:123456789012:volume/fs-1/fsvol-1',        'FSx',        'fsx-ontap'],
    ['arn:aws:dynamodb:eu-central-1:123456789012:table/t',               undefined,    'dynamodb-advanced'],
    ['arn:aws:dynamodb:eu-central-1:123456789012:table/t',               'dynamodb',   'dynamodb'],
    ['arn:aws:dynamodb:eu-central-1:123456789012:table/t/index/i',       undefined,    undefined],
    ['arn:aws:ec2:eu-central-1:123456789012:instance/*',                 undefined,    'ec2'],
    ['not an ARN',                                                       undefined,    undefined],
  ])('%s of type %s is of %s', (arn, type, id) => {
    expect(ServiceSupport.tryFindByArn(arn, type)?.id).toBe(id);
  });
});

describe('a type of the templates tells the service', () => {
  // prettier-ignore
  test.each([
    ['AWS::EC2::Instance',                {},                                        'ec2'],
    ['AWS::S3::Bucket',                   {},                                        's3'],
    ['AWS::DynamoDB::Table',              {},                                        'dynamodb-advanced'],
    ['AWS::DynamoDB::GlobalTable',        {},                                        'dynamodb-advanced'],
    ['AWS::RDS::DBInstance',              { Engine: 'postgres' },                    'rds'],
    ['AWS::RDS::DBInstance',              { DBClusterIdentifier: 'c' },              undefined],
    ['AWS::RDS::DBCluster',               { Engine: 'aurora-postgresql' },           'aurora'],
    ['AWS::RDS::DBCluster',               { Engine: 'aurora' },                      'aurora'],
    ['AWS::RDS::DBCluster',               { Engine: 'mysql' },                       'rds-multi-az-cluster'],
    ['AWS::RDS::DBCluster',               { Engine: 'postgres' },                    'rds-multi-az-cluster'],
    ['AWS::RDS::DBCluster',               {},                                        undefined],
    ['AWS::DocDB::DBCluster',             {},                                        'documentdb'],
    ['AWS::FSx::FileSystem',              { FileSystemType: 'LUSTRE' },              'fsx-lustre'],
    ['AWS::FSx::FileSystem',              { FileSystemType: 'WINDOWS' },             'fsx-windows'],
    ['AWS::FSx::FileSystem',              { FileSystemType: 'OPENZFS' },             'fsx-openzfs'],
    ['AWS::FSx::FileSystem',              { FileSystemType: 'ONTAP' },               undefined],
    ['AWS::FSx::Volume',                  { VolumeType: 'ONTAP' },                   'fsx-ontap'],
    ['AWS::FSx::Volume',                  { VolumeType: 'OPENZFS' },                 undefined],
    ['AWS::BackupGateway::Hypervisor',    {},                                        undefined],
    ['AWS::SQS::Queue',                   {},                                        undefined],
  ])('%s %j: %s', (type, properties, id) => {
    expect(ServiceSupport.tryFindByCloudFormation(type, properties)?.id).toBe(id);
  });

  // prettier-ignore
  test.each([
    ['aws_instance',                {},                                'ec2'],
    ['aws_dynamodb_table',          {},                                'dynamodb-advanced'],
    ['aws_db_instance',             { engine: 'postgres' },            'rds'],
    ['aws_rds_cluster',             { engine: 'aurora-mysql' },        'aurora'],
    ['aws_rds_cluster',             { engine: 'mysql' },               'rds-multi-az-cluster'],
    ['aws_fsx_lustre_file_system',  {},                                'fsx-lustre'],
    ['aws_fsx_ontap_volume',        {},                                'fsx-ontap'],
    ['aws_sqs_queue',               {},                                undefined],
  ])('%s %j: %s', (type, attributes, id) => {
    expect(ServiceSupport.tryFindByTerraform(type, attributes)?.id).toBe(id);
  });

  test('several where it is shared', () => {
    expect(ServiceSupport.forCloudFormationType('AWS::RDS::DBCluster').map(({ id }) => id)).toEqual([
      'rds-multi-az-cluster',
      'aurora',
    ]);
    expect(ServiceSupport.forTerraformType('aws_dynamodb_table').map(({ id }) => id)).toEqual([
      'dynamodb',
      'dynamodb-advanced',
    ]);
    expect(ServiceSupport.forCloudFormationType('AWS::SQS::Queue')).toEqual([]);
  });
});

describe('managed policies', () => {
  test('are one for every service and one more for S3, which has no service-role/ in its path', () => {
    expect(ManagedPolicies.forBackup(['ebs', 'rds'])).toEqual([
      'arn:aws:iam::aws:policy/service-role/AWSBackupServiceRolePolicyForBackup',
    ]);
    expect(ManagedPolicies.forBackup(['s3', 'ebs'], 'aws-cn')).toEqual([
      'arn:aws-cn:iam::aws:policy/service-role/AWSBackupServiceRolePolicyForBackup',
      'arn:aws-cn:iam::aws:policy/AWSBackupServiceRolePolicyForS3Backup',
    ]);
    expect(ManagedPolicies.forRestore(['s3', 'sap-hana'])).toEqual([
      'arn:aws:iam::aws:policy/service-role/AWSBackupServiceRolePolicyForRestores',
      'arn:aws:iam::aws:policy/AWSBackupServiceRolePolicyForS3Restore',
      'arn:aws:iam::aws:policy/AWSBackupRestoreAccessForSAPHANA',
    ]);
    expect(ManagedPolicies.forIndexing('aws-us-gov')).toBe(
      'arn:aws-us-gov:iam::aws:policy/AWSBackupServiceRolePolicyForIndexing',
    );
    expect([
      ManagedPolicies.forScans(),
      ManagedPolicies.forScanner('aws-cn'),
      ManagedPolicies.forItemRestores(),
    ]).toEqual([
      'arn:aws:iam::aws:policy/AWSBackupServiceRolePolicyForScans',
      'arn:aws-cn:iam::aws:policy/AWSBackupGuardDutyRolePolicyForScans',
      'arn:aws:iam::aws:policy/AWSBackupServiceRolePolicyForItemRestores',
    ]);
  });

  test('are asked for by services that exist', () => {
    expect(ManagedPolicies.checkServices(['ebs', 's3'], 'services', PLAIN)).toEqual([]);
    expect(ManagedPolicies.checkServices(['ebs', 'sqs'], 'services', PLAIN)).toMatchObject([
      { rule: 'resource-service', path: 'services[1]', message: expect.stringContaining('got sqs') as string },
    ]);
  });

  const indexing = (...indexActions: string[]) => ({ rules: [rule({ indexActions })] });
  const scanning = (...resourceTypes: string[]) => ({
    rules: [rule({ scanActions: [{ malwareScanner: 'GUARDDUTY', scanMode: 'FULL_SCAN' }] })],
    scanSettings: [{ malwareScanner: 'GUARDDUTY', resourceTypes, scannerRoleArn: 'arn:aws:iam::123456789012:role/s' }],
  });
  const [BACKUP, S3, INDEXING, SCANS] = ['Backup', 'S3Backup', 'Indexing', 'Scans'];

  // prettier-ignore
  test.each<[string, Partial<BackupPlan>, string[], string[]]>([
    ['volumes',                                  {},                                      ['ebs'],        [BACKUP]],
    ['buckets',                                  {},                                      ['s3'],         [BACKUP, S3]],
    ['volumes that a rule indexes',              indexing('EBS'),                         ['ebs'],        [BACKUP, INDEXING]],
    ['buckets that a rule indexes',              indexing('S3'),                          ['s3'],         [BACKUP, S3]],
    ['tables beside volumes that are indexed',   indexing('EBS'),                         ['dynamodb'],   [BACKUP]],
    ['instances of which all is scanned',        scanning('ALL'),                         ['ec2'],        [BACKUP, SCANS]],
    ['buckets that are scanned',                 scanning('S3'),                          ['s3'],         [BACKUP, S3, SCANS]],
    ['volumes where buckets alone are scanned',  scanning('S3'),                          ['ebs'],        [BACKUP]],
    ['tables, which nothing scans',              scanning('ALL'),                         ['dynamodb'],   [BACKUP]],
    ['volumes with settings, but no action',     { ...scanning('ALL'), rules: [rule()] }, ['ebs'],        [BACKUP]],
    ['a service that is none',                   scanning('ALL'),                         ['sqs'],        [BACKUP]],
  ])('of a selection are those that its plan asks for: %s', (_, over, services, policies) => {
    const arns = ManagedPolicies.forSelection(plan(over), services, PLAIN);
    expect(arns.map((arn) => arn.replace(/^.*AWSBackupServiceRolePolicyFor/, ''))).toEqual(policies);
  });
});
