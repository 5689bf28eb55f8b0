import { DynamodbTable } from '@cdktf/provider-aws/lib/dynamodb-table';
import { RedshiftCluster } from '@cdktf/provider-aws/lib/redshift-cluster';
import { S3Bucket } from '@cdktf/provider-aws/lib/s3-bucket';
import { SqsQueue } from '@cdktf/provider-aws/lib/sqs-queue';
import { AirGappedRoute } from '@holdfast/cdktf';
import { Construct } from 'constructs';
import { resolve, stackOf } from './support/stacks';

test('resources are split by whether a logically air-gapped vault holds them; what is not backed up is in neither part', () => {
  const stack = stackOf();
  const group = new Construct(stack, 'Stores');
  new DynamodbTable(group, 'Table', { name: 'orders', hashKey: 'id', attribute: [{ name: 'id', type: 'S' }] });
  new S3Bucket(group, 'Bucket', {});
  new RedshiftCluster(group, 'Redshift', { clusterIdentifier: 'reports', nodeType: 'ra3.xlplus' });
  new SqsQueue(group, 'Queue', {});
  const { held, others } = AirGappedRoute.of(group);
  expect(held.map(({ resource }) => resource?.node.path)).toEqual(['S/Stores/Table', 'S/Stores/Bucket']);
  expect(others.map(({ resource }) => resource?.node.path)).toEqual(['S/Stores/Redshift']);
  expect(resolve(stack, held[1]?.arn)).toMatch(/^\$\{aws_s3_bucket\.Stores_Bucket_\w+\.arn\}$/);
});
