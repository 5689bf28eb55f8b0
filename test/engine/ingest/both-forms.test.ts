import { StatefulResource } from '@holdfast/model';
import { read } from './read';

const NAME = (name: string): object => ({ Tags: [{ Key: 'Name', Value: name }] });

const TEMPLATE = {
  Resources: {
    Web: { Type: 'AWS::EC2::Instance', Properties: NAME('web') },
    Disk: { Type: 'AWS::EC2::Volume', Properties: { Size: 20, AvailabilityZone: 'eu-central-1a', ...NAME('disk') } },
    Files: { Type: 'AWS::EFS::FileSystem', Properties: { FileSystemTags: [{ Key: 'Name', Value: 'files' }] } },
    Lustre: {
      Type: 'AWS::FSx::FileSystem',
      Properties: { FileSystemType: 'LUSTRE', StorageCapacity: 1200, ...NAME('scratch') },
    },
    Table: {
      Type: 'AWS::DynamoDB::Table',
      Properties: {
        TableName: 'orders',
        SSESpecification: { SSEEnabled: true, KMSMasterKeyId: { 'Fn::GetAtt': ['Key', 'Arn'] } },
      },
    },
    Bucket: {
      Type: 'AWS::S3::Bucket',
      Properties: { BucketName: 'documents', Tags: [{ Key: 'backup', Value: 'daily' }] },
    },
    Database: {
      Type: 'AWS::RDS::DBInstance',
      Properties: { DBInstanceIdentifier: 'reports', AllocatedStorage: '100', Engine: 'postgres' },
    },
    Cluster: {
      Type: 'AWS::RDS::DBCluster',
      Properties: { DBClusterIdentifier: 'ledger', Engine: 'aurora-postgresql' },
    },
    MultiAz: {
      Type: 'AWS::RDS::DBCluster',
      Properties: { DBClusterIdentifier: 'three', Engine: 'mysql', AllocatedStorage: 100 },
    },
    Documents: { Type: 'AWS::DocDB::DBCluster', Properties: { DBClusterIdentifier: 'docs' } },
    Graph: { Type: 'AWS::Neptune::DBCluster', Properties: { DBClusterIdentifier: 'graph' } },
    Warehouse: { Type: 'AWS::Redshift::Cluster', Properties: { ClusterIdentifier: 'dwh' } },
    Namespace: { Type: 'AWS::RedshiftServerless::Namespace', Properties: { NamespaceName: 'ns' } },
    Metrics: { Type: 'AWS::Timestream::Table', Properties: { DatabaseName: 'metrics', TableName: 'cpu' } },
    Eks: { Type: 'AWS::EKS::Cluster', Properties: { Name: 'prod' } },
    Key: { Type: 'AWS::KMS::Key', Properties: {} },
    Alias: { Type: 'AWS::KMS::Alias', Properties: { AliasName: 'alias/data', TargetKeyId: { Ref: 'Key' } } },
  },
};

const CONFIGURATION = {
  terraform: { required_providers: { aws: { source: 'aws', version: '5.100.0' } } },
  provider: { aws: [{ region: 'eu-central-1' }] },
  resource: {
    aws_instance: { a: { tags: { Name: 'web' } } },
    aws_ebs_volume: { a: { size: 20, availability_zone: 'eu-central-1a', tags: { Name: 'disk' } } },
    aws_efs_file_system: { a: { tags: { Name: 'files' } } },
    aws_fsx_lustre_file_system: { a: { storage_capacity: 1200, tags: { Name: 'scratch' } } },
    aws_dynamodb_table: {
      a: { name: 'orders', server_side_encryption: { enabled: true, kms_key_arn: '${aws_kms_key.a.arn}' } },
    },
    aws_s3_bucket: { a: { bucket: 'documents', tags: { backup: 'daily' } } },
    aws_db_instance: { a: { identifier: 'reports', allocated_storage: 100, engine: 'postgres' } },
    aws_rds_cluster: {
      a: { cluster_identifier: 'ledger', engine: 'aurora-postgresql' },
      b: { cluster_identifier: 'three', engine: 'mysql', allocated_storage: 100 },
    },
    aws_docdb_cluster: { a: { cluster_identifier: 'docs' } },
    aws_neptune_cluster: { a: { cluster_identifier: 'graph' } },
    aws_redshift_cluster: { a: { cluster_identifier: 'dwh' } },
    aws_redshiftserverless_namespace: { a: { namespace_name: 'ns' } },
    aws_timestreamwrite_table: { a: { database_name: 'metrics', table_name: 'cpu' } },
    aws_eks_cluster: { a: { name: 'prod' } },
    aws_kms_key: { a: {} },
    aws_kms_alias: { a: { name: 'alias/data', target_key_id: '${aws_kms_key.a.key_id}' } },
  },
};

function byArn(resources: readonly StatefulResource[] | undefined): StatefulResource[] {
  return (resources ?? []).map(({ declaredAt: _, ...rest }) => rest).sort((a, b) => (a.arn < b.arn ? -1 : 1));
}

test('one estate gives the same resources from CloudFormation and from Terraform', () => {
  const fromTemplate = byArn(read({ 't.json': TEMPLATE }).estate.resources);
  const fromConfiguration = byArn(read({ 'tf/cdk.tf.json': CONFIGURATION }, {}, ['tf']).estate.resources);
  expect(fromTemplate).toHaveLength(15);
  expect(fromConfiguration).toEqual(fromTemplate);
});
