import { ServiceSupport } from '@holdfast/model';
import type { Estate } from '@holdfast/model';
import { readArtifacts } from '../../../../engine/src/ingest/read-artifacts';
import { STATEFUL_TYPES } from '../../../../engine/src/ingest/terraform/stateful-types';
import { inMemory, options, readConfiguration } from './artifact-files';

const A = 'us-east-1:123456789012';

/** The ARN of each type, with ids that AWS makes as `<hex>`. */
// prettier-ignore
const ARNS: readonly (readonly [type: string, body: object, service: string, arn: string, rest?: object])[] = [
  ['aws_instance',                { root_block_device: { volume_size: 8 }, ebs_block_device: [{ volume_size: 20 }] }, 'ec2', `arn:aws:ec2:${A}:instance/i-<hex>`],
  ['aws_ebs_volume',              { size: 100 },                                     'ebs',                  `arn:aws:ec2:${A}:volume/vol-<hex>`],
  ['aws_s3_bucket',               { bucket: 'b' },                                   's3',                   'arn:aws:s3:::b'],
  ['aws_s3_bucket',               { bucket_prefix: 'p-' },                           's3',                   'arn:aws:s3:::p-<hex>'],
  ['aws_db_instance',             { identifier: 'Main', allocated_storage: 20 },     'rds',                  `arn:aws:rds:${A}:db:main`],
  ['aws_rds_cluster',             { cluster_identifier: 'c', engine: 'aurora-mysql' }, 'aurora',             `arn:aws:rds:${A}:cluster:c`],
  ['aws_rds_cluster',             { cluster_identifier: 'c', engine: 'postgres' },   'rds-multi-az-cluster', `arn:aws:rds:${A}:cluster:c`],
  ['aws_dsql_cluster',            {},                                                'aurora-dsql',          `arn:aws:dsql:${A}:cluster/<hex>`],
  ['aws_efs_file_system',         {},                                                'efs',                  `arn:aws:elasticfilesystem:${A}:file-system/fs-<hex>`],
  ['aws_fsx_lustre_file_system',  { storage_capacity: 1200 },                        'fsx-lustre',           `arn:aws:fsx:${A}:file-system/fs-<hex>`],
  ['aws_fsx_windows_file_system', { storage_capacity: 32 },                          'fsx-windows',          `arn:aws:fsx:${A}:file-system/fs-<hex>`],
  ['aws_fsx_openzfs_file_system', { storage_capacity: 64 },                          'fsx-openzfs',          `arn:aws:fsx:${A}:file-system/fs-<hex>`],
  ['aws_fsx_ontap_volume',        { name: 'v', size_in_megabytes: 2048, storage_virtual_machine_id: '${aws_fsx_ontap_storage_virtual_machine.m.id}' },
                                                                                     'fsx-ontap',            `arn:aws:fsx:${A}:volume/fs-<hex>/fsvol-<hex>`,
    { aws_fsx_ontap_file_system: { f: {} }, aws_fsx_ontap_storage_virtual_machine: { m: { file_system_id: '${aws_fsx_ontap_file_system.f.id}' } } }],
  ['aws_storagegateway_cached_iscsi_volume', { gateway_arn: '${aws_storagegateway_gateway.g.arn}', volume_size_in_bytes: 5 * 1024 ** 3 },
                                                                                     'storage-gateway',      `arn:aws:storagegateway:${A}:gateway/sgw-<hex>/volume/vol-<hex>`,
    { aws_storagegateway_gateway: { g: {} } }],
  ['aws_storagegateway_stored_iscsi_volume', { gateway_arn: `arn:aws:storagegateway:${A}:gateway/sgw-12345678` },
                                                                                     'storage-gateway',      `arn:aws:storagegateway:${A}:gateway/sgw-<hex>/volume/vol-<hex>`],
  ['aws_docdb_cluster',           { cluster_identifier: 'd' },                       'documentdb',           `arn:aws:rds:${A}:cluster:d`],
  ['aws_neptune_cluster',         { cluster_identifier: 'n' },                       'neptune',              `arn:aws:rds:${A}:cluster:n`],
  ['aws_dynamodb_table',          { name: 't' },                                     'dynamodb-advanced',    `arn:aws:dynamodb:${A}:table/t`],
  ['aws_redshift_cluster',        { cluster_identifier: 'r' },                       'redshift',             `arn:aws:redshift:${A}:cluster:r`],
  ['aws_redshiftserverless_namespace', { namespace_name: 'ns' },                     'redshift-serverless',  `arn:aws:redshift-serverless:${A}:namespace/<uuid>`],
  ['aws_timestreamwrite_table',   { database_name: 'db', table_name: 't' },          'timestream',           `arn:aws:timestream:${A}:database/db/table/t`],
  ['aws_cloudformation_stack',    { name: 's' },                                     'cloudformation',       `arn:aws:cloudformation:${A}:stack/s/<uuid>`],
  ['aws_eks_cluster',             { name: 'k' },                                     'eks',                  `arn:aws:eks:${A}:cluster/k`],
];

function resources(resource: object): NonNullable<Estate['resources']> {
  return readConfiguration({ resource }).estate.resources ?? [];
}

function shape(arn = ''): string {
  return arn
    .replace(/[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}/, '<uuid>')
    .replace(/(?<=\/|-)([0-9a-f]{17}|[0-9a-f]{26}|[0-9a-fA-F]{8})(?=$|\/)/g, '<hex>');
}

test.each(ARNS.map((row) => ({ row })))('$row.0 $row.1', ({ row: [type, body, service, arn, rest] }) => {
  const [found] = resources({ ...rest, [type]: { x: body } });
  expect([found?.service, shape(found?.arn)]).toEqual([service, arn]);
  const reference = type === 'aws_cloudformation_stack' ? 'id' : 'arn';
  const { estate } = readConfiguration({
    resource: { ...rest, [type]: { x: body }, aws_backup_vault: { v: { name: `\${${type}.x.${reference}}` } } },
  });
  expect(estate.vaults?.[0]?.backupVaultName).toBe(found?.arn);
});

test('every type that AWS Backup supports is in the table', () => {
  const supported = new Set(ServiceSupport.all().flatMap((service) => service.terraformTypes));
  expect([...supported].filter((type) => !ARNS.some(([tested]) => tested === type))).toEqual([]);
  expect(Object.keys(STATEFUL_TYPES).filter((type) => !supported.has(type))).toEqual([]);
});

test('sizes are GiB', () => {
  const sizes = ARNS.map(([type, body, , , rest]) => [type, resources({ ...rest, [type]: { x: body } })[0]?.sizeGiB]);
  expect(Object.fromEntries(sizes.filter(([, size]) => size !== undefined))).toEqual({
    aws_instance: 28,
    aws_ebs_volume: 100,
    aws_db_instance: 20,
    aws_fsx_lustre_file_system: 1200,
    aws_fsx_windows_file_system: 32,
    aws_fsx_openzfs_file_system: 64,
    aws_fsx_ontap_volume: 2,
    aws_storagegateway_cached_iscsi_volume: 5,
  });
});

test('windows of databases and file systems, in the words of RDS', () => {
  const cluster = { preferred_maintenance_window: 'Mon:05:00-Mon:05:30', preferred_backup_window: '04:00-04:30' };
  const found = resources({
    aws_db_instance: {
      d: {
        identifier: 'd',
        maintenance_window: 'Mon:05:00-Mon:05:30',
        backup_window: '04:00-04:30',
        backup_retention_period: 7,
      },
    },
    aws_rds_cluster: { c: { cluster_identifier: 'c', engine: 'postgres', ...cluster, backup_retention_period: 7 } },
    aws_docdb_cluster: { c: { cluster_identifier: 'o', ...cluster, backup_retention_period: 7 } },
    aws_neptune_cluster: { c: { cluster_identifier: 'n', ...cluster, backup_retention_period: 7 } },
    aws_fsx_openzfs_file_system: {
      f: {
        weekly_maintenance_start_time: '1:05:00',
        daily_automatic_backup_start_time: '04:00',
        automatic_backup_retention_days: 7,
      },
    },
  });
  expect(found).toHaveLength(5);
  for (const one of found) {
    expect(one).toMatchObject({
      preferredMaintenanceWindow: 'mon:05:00-mon:05:30',
      preferredBackupWindow: '04:00-04:30',
      automatedBackupDays: 7,
    });
  }
});

test('keys: id, alias or ARN, in blocks, of a bucket beside it', () => {
  const found = resources({
    aws_ebs_volume: { v: { kms_key_id: 'alias/ebs' } },
    aws_dynamodb_table: {
      t: { name: 't', server_side_encryption: { enabled: true, kms_key_arn: '${aws_kms_key.k.arn}' } },
    },
    aws_kms_key: { k: { tags: { Name: 'k' } } },
    aws_s3_bucket: { b: { bucket: 'b' } },
    aws_s3_bucket_server_side_encryption_configuration: {
      b: {
        bucket: '${aws_s3_bucket.b.id}',
        rule: { apply_server_side_encryption_by_default: { sse_algorithm: 'aws:kms', kms_master_key_id: '1234' } },
      },
    },
  });
  expect(found.map((r) => [r.service, r.encryptedWith?.replace(/key\/.{36}$/, 'key/…')])).toEqual([
    ['ebs', `arn:aws:kms:${A}:alias/ebs`],
    ['dynamodb-advanced', `arn:aws:kms:${A}:key/…`],
    ['s3', `arn:aws:kms:${A}:key/1234`],
  ]);
});

test('things of one Name tag have ids of their own', () => {
  const found = resources({ aws_ebs_volume: { v: { count: 3, tags: { Name: 'data' } } } });
  expect(new Set(found.map((r) => r.arn)).size).toBe(3);
});

test('a replica of a table that is a resource of its own lives in the Region of its provider', () => {
  const { estate } = readConfiguration({
    provider: { aws: [{ region: 'eu-west-1' }, { alias: 'dr', region: 'eu-west-2' }] },
    resource: {
      aws_dynamodb_table: { t: { name: 't' } },
      aws_dynamodb_table_replica: {
        r: { provider: 'aws.dr', global_table_arn: '${aws_dynamodb_table.t.arn}', tags: { a: 'b' } },
      },
    },
  });
  expect(estate.resources?.map((r) => [r.arn, r.tags])).toEqual([
    ['arn:aws:dynamodb:eu-west-1:123456789012:table/t', undefined],
    ['arn:aws:dynamodb:eu-west-2:123456789012:table/t', { a: 'b' }],
  ]);
});

test('one estate, declared to CloudFormation and to Terraform, has the same ARNs', () => {
  const named = { Tags: [{ Key: 'Name', Value: 'data' }] };
  const tags = { Name: 'data' };
  const template = {
    Resources: {
      V: { Type: 'AWS::EC2::Volume', Properties: { AvailabilityZone: 'us-east-1a', Size: 10, ...named } },
      F: { Type: 'AWS::EFS::FileSystem', Properties: { FileSystemTags: named.Tags } },
      T: { Type: 'AWS::DynamoDB::Table', Properties: { TableName: 't' } },
      N: { Type: 'AWS::RedshiftServerless::Namespace', Properties: { NamespaceName: 'ns' } },
      L: { Type: 'AWS::FSx::FileSystem', Properties: { FileSystemType: 'LUSTRE', StorageCapacity: 1200, ...named } },
      K: { Type: 'AWS::KMS::Key', Properties: { KeyPolicy: {} } },
      A: { Type: 'AWS::KMS::Alias', Properties: { AliasName: 'alias/k', TargetKeyId: { Ref: 'K' } } },
      B: {
        Type: 'AWS::Backup::BackupVault',
        Properties: { BackupVaultName: 'main', EncryptionKeyArn: { 'Fn::GetAtt': ['K', 'Arn'] } },
      },
    },
  };
  const configuration = {
    resource: {
      aws_ebs_volume: { v: { availability_zone: 'us-east-1a', size: 10, tags } },
      aws_efs_file_system: { f: { tags } },
      aws_dynamodb_table: { t: { name: 't' } },
      aws_redshiftserverless_namespace: { n: { namespace_name: 'ns' } },
      aws_fsx_lustre_file_system: { l: { storage_capacity: 1200, tags } },
      aws_kms_key: { k: {} },
      aws_kms_alias: { a: { name: 'alias/k', target_key_id: '${aws_kms_key.k.key_id}' } },
      aws_backup_vault: { b: { name: 'main', kms_key_arn: '${aws_kms_key.k.arn}' } },
    },
  };
  const files = inMemory({ 't.json': template, 's.tf.json': configuration });
  const [fromTemplate, fromTerraform] = ['t.json', 's.tf.json'].map((path) => {
    const { estate } = readArtifacts([path], options(), files);
    return { arns: estate.resources?.map((r) => r.arn).sort(), key: estate.vaults?.[0]?.encryptionKeyArn };
  });
  expect(fromTerraform).toEqual(fromTemplate);
});
