/**
 * Resources that AWS Backup protects: tables, file systems, volumes, databases, buckets.
 *
 * Pure: changes nothing but the World it is given.
 * Source   the CloudFormation resource specification (@aws-cdk/aws-service-spec 0.1.216): what is create-only.
 * Assumed  What a template says of them beyond size, tags, key and windows is not kept: their services show it as it is by default.
 */
import type { StatefulResource } from '@holdfast/model';
import { readStateful } from '../ingest/cloudformation/stateful-resources';
import { ResourceHandler, Wanted } from './handler';
import { Refused } from './refusals';

/** Create-only properties of each type. */
const REPLACED_BY: Readonly<Record<string, readonly string[]>> = {
  'AWS::DSQL::Cluster': [],
  'AWS::DocDB::DBCluster': [
    'AvailabilityZones',
    'DBClusterIdentifier',
    'DBSubnetGroupName',
    'KmsKeyId',
    'StorageEncrypted',
  ],
  'AWS::DynamoDB::GlobalTable': ['KeySchema', 'LocalSecondaryIndexes', 'TableName'],
  'AWS::DynamoDB::Table': ['ImportSourceSpecification', 'TableName'],
  'AWS::EC2::Instance': ['AvailabilityZone', 'ImageId', 'KeyName', 'NetworkInterfaces', 'SubnetId'],
  'AWS::EC2::Volume': [],
  'AWS::EFS::FileSystem': ['AvailabilityZoneName', 'Encrypted', 'KmsKeyId', 'PerformanceMode'],
  'AWS::EKS::Cluster': ['Name', 'RoleArn'],
  'AWS::FSx::FileSystem': ['BackupId', 'FileSystemType', 'KmsKeyId', 'SecurityGroupIds', 'SubnetIds'],
  'AWS::FSx::Volume': ['BackupId', 'VolumeType'],
  'AWS::Neptune::DBCluster': [
    'AvailabilityZones',
    'DBClusterIdentifier',
    'DBSubnetGroupName',
    'KmsKeyId',
    'StorageEncrypted',
  ],
  'AWS::RDS::DBCluster': [
    'DBClusterIdentifier',
    'DBSubnetGroupName',
    'DatabaseName',
    'EngineMode',
    'KmsKeyId',
    'StorageEncrypted',
  ],
  'AWS::RDS::DBInstance': ['DBInstanceIdentifier', 'DBName', 'KmsKeyId', 'MasterUsername', 'StorageEncrypted'],
  'AWS::Redshift::Cluster': ['ClusterIdentifier', 'ClusterSubnetGroupName', 'DBName', 'MasterUsername'],
  'AWS::RedshiftServerless::Namespace': ['NamespaceName'],
  'AWS::Timestream::Table': ['DatabaseName', 'TableName'],
};

export const STATEFUL: Readonly<Record<string, ResourceHandler>> = Object.fromEntries(
  Object.entries(REPLACED_BY).map(([type, replacedBy]) => [type, handlerWith(replacedBy)]),
);

function handlerWith(replacedBy: readonly string[]): ResourceHandler {
  return {
    replacedBy,
    create: (wanted) => {
      const { state } = wanted;
      for (const resource of resourcesOf(wanted)) {
        if (isThere(wanted, resource.arn)) {
          throw new Refused(`Resource of type '${wanted.wish.type}' with identifier '${resource.arn}' already exists.`);
        }
        state.addResource(resource);
      }
      return wanted.made();
    },
    update: (wanted, { state, stack, made }) => {
      const after = resourcesOf(wanted);
      const kept = new Set(after.map(({ arn }) => arn));
      for (const { arn } of resourcesOf(new Wanted(state, stack, made)).filter((one) => !kept.has(one.arn))) {
        remove(wanted, arn);
      }
      for (const resource of after) {
        state.addResource(resource);
      }
      return wanted.made();
    },
    delete: ({ state, stack, made }) => {
      const standing = new Wanted(state, stack, made);
      for (const { arn } of resourcesOf(standing)) {
        remove(standing, arn);
      }
    },
  };
}

/** The resources that ingest reads in the declaration. @throws Refused */
export function resourcesOf({ declaration }: Wanted): readonly StatefulResource[] {
  const found = readStateful(declaration);
  if ('notRead' in found) {
    throw new Refused(`NotEmulated: ${found.notRead}`);
  }
  return found;
}

function isThere({ state }: Wanted, arn: string): boolean {
  return state.ledger.resources.tryFind(arn)?.gone === false;
}

function remove(wanted: Wanted, arn: string): void {
  const found = wanted.state.ledger.resources.tryFind(arn);
  if (found?.gone === false) {
    wanted.state.removeResource(found);
  }
}
