/**
 * AWS::RDS::DBInstance and DBCluster with what RDS keeps beside what backups see, members of clusters, and
 * AWS::RDS::DBSubnetGroup.
 *
 * Pure: changes nothing but the World it is given.
 * Source   the CloudFormation resource specification (@aws-cdk/aws-service-spec 0.1.216): what is create-only, what
 *          Fn::GetAtt gives. Properties have the names of the call's members, but for VPCSecurityGroups.
 */
import type { CreateDBInstanceCommandInput, DBInstance, Tag } from '@aws-sdk/client-rds';
import { StatefulResource } from '@holdfast/model';
import type { DeclaredValue } from '../ingest/cloudformation/declared-value';
import { given } from '../operations/backup/shapes';
import { clusterShape } from '../operations/database-clusters';
import { findSubnetGroup } from '../operations/database-subnets';
import { databaseShape, findCluster, findDatabase, particularsIn } from '../operations/databases';
import { addTagsToResource } from '../operations/rds/add-tags-to-resource';
import { createDBInstance } from '../operations/rds/create-db-instance';
import { createDBSubnetGroup } from '../operations/rds/create-db-subnet-group';
import { deleteDBInstance } from '../operations/rds/delete-db-instance';
import { deleteDBSubnetGroup } from '../operations/rds/delete-db-subnet-group';
import { modifyDBInstance } from '../operations/rds/modify-db-instance';
import { modifyDBSubnetGroup } from '../operations/rds/modify-db-subnet-group';
import { removeTagsFromResource } from '../operations/rds/remove-tags-from-resource';
import { Made, ResourceHandler, Wanted } from './handler';

const SUBNET_GROUP: ResourceHandler = {
  replacedBy: ['DBSubnetGroupName'],
  create: (wanted) => {
    const { state, env, properties } = wanted;
    const name = (properties.member('DBSubnetGroupName').text() ?? wanted.generated()).toLowerCase();
    createDBSubnetGroup(state, env, {
      DBSubnetGroupName: name,
      DBSubnetGroupDescription: properties.member('DBSubnetGroupDescription').requiredText(),
      SubnetIds: properties.member('SubnetIds').texts(),
      Tags: tagsOf(wanted),
    });
    return { physicalId: name, attributes: {} };
  },
  update: (wanted, standing) => {
    const { state, env, properties } = wanted;
    const DBSubnetGroupName = standing.made.physicalId;
    modifyDBSubnetGroup(state, env, {
      DBSubnetGroupName,
      DBSubnetGroupDescription: properties.member('DBSubnetGroupDescription').text(),
      SubnetIds: properties.member('SubnetIds').texts(),
    });
    const { arn, tags } = findSubnetGroup(state, env, DBSubnetGroupName);
    retag(wanted, arn, tags);
    return standing.made;
  },
  delete: ({ state, env, made }) => {
    deleteDBSubnetGroup(state, env, { DBSubnetGroupName: made.physicalId });
  },
};

export const DATABASES: Readonly<Record<string, ResourceHandler>> = { 'AWS::RDS::DBSubnetGroup': SUBNET_GROUP };

/** An instance that lives in a cluster, which AWS Backup protects as a whole. */
export const MEMBER: Required<Pick<ResourceHandler, 'create' | 'delete' | 'update'>> = {
  create: (wanted) => {
    const { state, env, properties } = wanted;
    const input = membersIn(properties);
    const DBInstanceIdentifier = (properties.member('DBInstanceIdentifier').text() ?? wanted.generated()).toLowerCase();
    const cluster = findCluster(state, env, input.DBClusterIdentifier);
    const Engine = input.Engine ?? clusterShape(state, cluster).Engine;
    const { DBInstance } = createDBInstance(state, env, {
      ...input,
      DBInstanceIdentifier,
      Engine,
      Tags: tagsOf(wanted),
    });
    return madeInstance(DBInstance);
  },
  update: (wanted, { state, env, made }) => {
    const input = membersIn(wanted.properties);
    const { DBInstance } = modifyDBInstance(state, env, { ...input, DBInstanceIdentifier: made.physicalId });
    retag(wanted, String(DBInstance?.DBInstanceArn), tagMapOf(DBInstance?.TagList));
    return madeInstance({ ...DBInstance, DBInstanceIdentifier: made.physicalId });
  },
  delete: ({ state, env, made }) => {
    deleteDBInstance(state, env, { DBInstanceIdentifier: made.physicalId, SkipFinalSnapshot: true });
  },
};

export function isMember({ properties }: Wanted): boolean {
  return properties.member('DBClusterIdentifier').isPresent;
}

/** What RDS shows of an instance, beside what backups see. */
export function keepInstance({ state, env, properties }: Wanted, { arn }: StatefulResource): Made {
  const input = membersIn(properties);
  const { databases } = state.ledger.particulars;
  databases.put(arn, particularsIn(state, env, input.Engine ?? 'mysql', input));
  return madeInstance(databaseShape(state, findDatabase(state, env, arn)));
}

export function keepCluster({ state, env, properties }: Wanted, { arn }: StatefulResource, engine: string): Made {
  const input = membersIn(properties);
  const Engine = input.Engine ?? engine;
  state.ledger.particulars.databases.put(arn, particularsIn(state, env, Engine, { ...input, Engine }));
  const shape = clusterShape(state, findCluster(state, env, arn));
  const attributes = {
    DBClusterArn: arn,
    DBClusterResourceId: shape.DbClusterResourceId,
    'Endpoint.Address': shape.Endpoint,
    'Endpoint.Port': String(shape.Port),
    'ReadEndpoint.Address': shape.ReaderEndpoint,
  };
  return { physicalId: String(shape.DBClusterIdentifier), attributes: given(attributes) };
}

function madeInstance(shape: DBInstance | undefined): Made {
  const attributes = {
    DBInstanceArn: shape?.DBInstanceArn,
    DbiResourceId: shape?.DbiResourceId,
    'Endpoint.Address': shape?.Endpoint?.Address,
    'Endpoint.HostedZoneId': shape?.Endpoint?.HostedZoneId,
    'Endpoint.Port': shape?.Endpoint && String(shape.Endpoint.Port),
  };
  return { physicalId: String(shape?.DBInstanceIdentifier), attributes: given(attributes) };
}

const NUMBERS = ['AllocatedStorage', 'BacktrackWindow', 'BackupRetentionPeriod', 'Iops', 'MaxAllocatedStorage'];
const MORE_NUMBERS = ['MonitoringInterval', 'PerformanceInsightsRetentionPeriod', 'Port', 'PromotionTier'];
const TRUTHS = /^(true|false)$/;

/** Properties as members of a call: numbers and truths may be written as text. */
function membersIn(properties: DeclaredValue): CreateDBInstanceCommandInput {
  const members = properties.keys().flatMap((key) => {
    const property = properties.member(key);
    if (key === 'VPCSecurityGroups') {
      return [['VpcSecurityGroupIds', property.texts()] as const];
    }
    if (key === 'Tags' || !property.isPresent) {
      return [];
    }
    const value = property.json();
    const number = [...NUMBERS, ...MORE_NUMBERS, 'StorageThroughput'].includes(key);
    const truth = typeof value === 'string' && TRUTHS.test(value);
    return [[key, number ? property.number() : truth ? property.boolean() : value] as const];
  });
  return Object.fromEntries(members) as unknown as CreateDBInstanceCommandInput;
}

function tagsOf(wanted: Wanted): Tag[] {
  return Object.entries(wanted.tags()).map(([Key, Value]) => ({ Key, Value }));
}

function tagMapOf(tags: readonly Tag[] | undefined): Record<string, string> {
  return Object.fromEntries((tags ?? []).map(({ Key = '', Value = '' }) => [Key, Value]));
}

function retag(wanted: Wanted, ResourceName: string, before: Readonly<Record<string, string>>): void {
  const { state, env } = wanted;
  const TagKeys = Object.keys(before).filter((key) => !Object.hasOwn(wanted.tags(), key));
  removeTagsFromResource(state, env, { ResourceName, TagKeys });
  addTagsToResource(state, env, { ResourceName, Tags: tagsOf(wanted) });
}
