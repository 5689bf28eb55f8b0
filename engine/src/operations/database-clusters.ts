/**
 * Clusters of Aurora, RDS Multi-AZ, DocumentDB and Neptune, as RDS shows them.
 *
 * Pure: reads the World.
 * Source   API of RDS 2014-10-31.
 */
import type { DBCluster } from '@aws-sdk/client-rds';
import type { ClusterMember } from '../domain/databases';
import { generatedHex } from '../domain/generated-ids';
import type { Resource } from '../domain/protected-resources';
import { GIB } from '../domain/snapshot';
import type { WorldState } from '../domain/world-state';
import { dateOf, MINUTE } from '../kernel/instant';
import { given } from './backup/shapes';
import type { Caller } from './caller';
import { databaseParticulars, engineFacts, resourceId, windowsShown } from './databases';
import { zonesOf } from '../domain/networks';
import { managedDays, managingPoint } from './managed-backups';
import { environmentOf, lastOf, tagList, tagsOf } from './stateful';

/** Settings that are not chosen. */
const DEFAULTS = {
  MasterUsername: 'admin',
  MultiAZ: false,
  EngineMode: 'provisioned',
  CopyTagsToSnapshot: false,
  DeletionProtection: false,
  IAMDatabaseAuthenticationEnabled: false,
  HttpEndpointEnabled: false,
  CrossAccountClone: false,
  AutoMinorVersionUpgrade: true,
  NetworkType: 'IPV4',
  ActivityStreamStatus: 'stopped',
  DatabaseInsightsMode: 'standard',
  EngineLifecycleSupport: 'open-source-rds-extended-support',
} as const;

export function membersOf(state: WorldState, cluster: Resource): ClusterMember[] {
  return state.services.databases.members.list(cluster.declaration.env).filter((member) => member.cluster === cluster);
}

export function clusterShape(state: WorldState, cluster: Resource): DBCluster {
  const { env, encryptedWith, state: status = 'available' } = cluster.declaration;
  const made = databaseParticulars(state, cluster);
  const name = lastOf(cluster.arn);
  const caller: Caller = env;
  const { version } = engineFacts(String(made.settings['Engine']));
  const running = state.services.databases.host?.placeOf(cluster.arn, String(made.settings['Engine']));
  const host = (kind: string): string =>
    running?.address ??
    `${name}.${kind}-${generatedHex('db-host', environmentOf(caller), 'clusters', 12)}.${env.region}.rds.amazonaws.com`;
  return {
    ...DEFAULTS,
    AvailabilityZones: [...zonesOf(env.region)],
    EngineVersion: version,
    ...made.settings,
    ...windowsShown(cluster.declaration),
    ...given({ KmsKeyId: encryptedWith, BackupRetentionPeriod: managedDays(cluster) }),
    ...given({ AwsBackupRecoveryPointArn: managingPoint(state, cluster) }),
    DBClusterIdentifier: name,
    DBClusterArn: cluster.arn,
    DbClusterResourceId: resourceId('cluster', cluster, caller),
    DBClusterMembers: membersOf(state, cluster).map((member, index) => ({
      DBInstanceIdentifier: member.name,
      IsClusterWriter: index === 0,
      DBClusterParameterGroupStatus: 'in-sync',
      PromotionTier: 1,
    })),
    AllocatedStorage: Math.max(1, Math.ceil(cluster.sizeBytes / GIB)),
    ClusterCreateTime: dateOf(cluster.madeAt),
    EarliestRestorableTime: dateOf(cluster.madeAt),
    LatestRestorableTime: dateOf(Math.max(cluster.madeAt, state.now - 5 * MINUTE)),
    Status: status,
    StorageEncrypted: encryptedWith !== undefined,
    Endpoint: host('cluster'),
    ReaderEndpoint: host('cluster-ro'),
    HostedZoneId: `Z${generatedHex('zone', environmentOf(caller), 'rds', 13).toUpperCase()}`,
    Port: running?.port ?? made.port,
    DBClusterParameterGroup: made.parameterGroup,
    DBSubnetGroup: made.subnetGroup,
    VpcSecurityGroups: made.securityGroupIds.map((id) => ({ VpcSecurityGroupId: id, Status: 'active' })),
    AssociatedRoles: [],
    DomainMemberships: [],
    ReadReplicaIdentifiers: [],
    TagList: tagList(tagsOf(cluster)),
  };
}
