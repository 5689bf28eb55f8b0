/**
 * Resources that AWS Backup protects: tables, file systems, volumes, databases, buckets.
 *
 * Pure: changes nothing but the World it is given.
 * Source   the CloudFormation resource specification (@aws-cdk/aws-service-spec 0.1.216): what is create-only.
 * Assumed  What a template says of most types beyond size, tags, key and windows is not kept: their services show it as it is by
 *          default. KEEPS has the others.
 */
import type { StatefulResource } from '@holdfast/model';
import { readStateful } from '../ingest/cloudformation/stateful-resources';
import { isMember, keepCluster, keepInstance as keepDatabase, MEMBER } from './databases';
import { SNAPSHOTS } from './final-snapshots';
import { Made, ResourceHandler, Standing, Wanted } from './handler';
import { checkInstance, keepInstance, keepVolume } from './instances';
import { keepFileSystem } from './mount-targets';
import { Refused } from './refusals';
import { keepTable } from './tables';

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

/** What a service keeps of a resource beside what backups see; gives what `Ref` and `Fn::GetAtt` give. */
const KEEPS: Readonly<Record<string, (wanted: Wanted, resource: StatefulResource) => Made>> = {
  'AWS::DocDB::DBCluster': (wanted, resource) => keepCluster(wanted, resource, 'docdb'),
  'AWS::DynamoDB::GlobalTable': keepTable,
  'AWS::DynamoDB::Table': keepTable,
  'AWS::EC2::Instance': keepInstance,
  'AWS::EC2::Volume': keepVolume,
  'AWS::EFS::FileSystem': keepFileSystem,
  'AWS::Neptune::DBCluster': (wanted, resource) => keepCluster(wanted, resource, 'neptune'),
  'AWS::RDS::DBCluster': (wanted, resource) => keepCluster(wanted, resource, 'aurora-mysql'),
  'AWS::RDS::DBInstance': keepDatabase,
};

export const STATEFUL: Readonly<Record<string, ResourceHandler>> = Object.fromEntries(
  Object.entries(REPLACED_BY).map(([type, replacedBy]) => [type, withMembers(type, handlerWith(type, replacedBy))]),
);

/** An instance of a cluster of RDS is no resource of its own to AWS Backup. */
function withMembers(type: string, handler: ResourceHandler): ResourceHandler {
  const { update = handler.create } = handler;
  if (type !== 'AWS::RDS::DBInstance') {
    return handler;
  }
  const of = ({ state, stack, made }: Standing) => isMember(new Wanted(state, stack, made));
  return {
    ...handler,
    replacedBy: [...(handler.replacedBy ?? []), 'DBClusterIdentifier', 'DBSubnetGroupName'],
    create: (wanted) => (isMember(wanted) ? MEMBER.create(wanted) : handler.create(wanted)),
    update: (wanted, standing) => (isMember(wanted) ? MEMBER.update(wanted, standing) : update(wanted, standing)),
    delete: (standing) => (of(standing) ? MEMBER.delete(standing) : handler.delete(standing)),
  };
}

function handlerWith(type: string, replacedBy: readonly string[]): ResourceHandler {
  const snapshot = SNAPSHOTS[type];
  return {
    replacedBy,
    ...(snapshot !== undefined && { snapshot }),
    create: (wanted) => {
      const { state } = wanted;
      if (type === 'AWS::EC2::Instance') {
        checkInstance(wanted);
      }
      const resources = resourcesOf(wanted);
      for (const { arn } of resources) {
        if (isThere(wanted, arn)) {
          throw new Refused(`Resource of type '${wanted.wish.type}' with identifier '${arn}' already exists.`);
        }
      }
      resources.forEach((resource) => state.addResource(resource));
      try {
        return settled(wanted);
      } catch (error) {
        // What its service would have refused was never made.
        resources.forEach(({ arn }) => remove(wanted, arn));
        throw error;
      }
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
      return settled(wanted);
    },
    delete: ({ state, stack, made }) => {
      const standing = new Wanted(state, stack, made);
      for (const { arn } of resourcesOf(standing)) {
        remove(standing, arn);
      }
    },
  };
}

function settled(wanted: Wanted): Made {
  const made = wanted.made();
  const [resource] = resourcesOf(wanted);
  const keep = KEEPS[wanted.wish.type];
  return keep === undefined || resource === undefined
    ? made
    : { ...made, attributes: { ...made.attributes, ...keep(wanted, resource).attributes } };
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
