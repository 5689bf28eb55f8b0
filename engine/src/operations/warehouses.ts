/**
 * Clusters of Redshift and their snapshots, as Redshift shows them.
 *
 * Pure: reads the World, but for snapshots by hand, which go on the shelf of the databases.
 * Source   API of Redshift 2012-12-01: port 5439, database `dev`, one node, automated snapshots kept for a day.
 * Assumed  A cluster that no call made has one node of ra3.large.
 */
import type { Cluster, Snapshot } from '@aws-sdk/client-redshift';
import { generatedHex, generatedUuid } from '../domain/generated-ids';
import type { Resource } from '../domain/protected-resources';
import { placeOf } from '../domain/vaults';
import type { WorldState } from '../domain/world-state';
import { dateOf } from '../kernel/instant';
import { given } from './backup/shapes';
import type { Caller } from './caller';
import { defaultVpc, defaultGroupIds } from './ec2-network';
import { zonesOf } from '../domain/networks';
import { AwsFault } from './fault';
import { asSnapshot, NamedSnapshot, servicePoints, wholeGib } from './service-points';
import { environmentOf, lastOf, tagList, type TagMap, tagsOf, tryFindResource } from './stateful';

export const WAREHOUSES = ['redshift'];

export function findWarehouse(state: WorldState, caller: Caller, name: string | undefined): Resource {
  const found = tryFindResource(state, caller, WAREHOUSES, name?.toLowerCase());
  if (found === undefined) {
    throw new AwsFault('ClusterNotFoundFault', `Cluster ${name ?? ''} not found.`);
  }
  return found;
}

export function findWarehouseByArn(state: WorldState, caller: Caller, arn: string | undefined): Resource {
  const found = tryFindResource(state, caller, WAREHOUSES, arn && lastOf(arn));
  if (found?.arn !== arn || found === undefined || placeOf(found.declaration.env) !== placeOf(caller)) {
    throw new AwsFault('ResourceNotFoundFault', `The resource ${arn ?? ''} was not found.`);
  }
  return found;
}

/** Members of a request that the shape shows by the same name. */
const SHOWN = [
  ...['NodeType', 'MasterUsername', 'DBName', 'AvailabilityZone', 'PreferredMaintenanceWindow', 'ClusterVersion'],
  ...['AutomatedSnapshotRetentionPeriod', 'ManualSnapshotRetentionPeriod', 'AllowVersionUpgrade', 'NumberOfNodes'],
  ...['PubliclyAccessible', 'EnhancedVpcRouting', 'MaintenanceTrackName', 'ClusterSubnetGroupName', 'IpAddressType'],
  ...['ClusterParameterGroupName', 'DefaultIamRoleArn', 'Port'],
];

export function warehouseSettings(input: object): Readonly<Record<string, unknown>> {
  const asked = Object.entries(input).filter(([key, value]) => SHOWN.includes(key) && value !== undefined);
  return Object.fromEntries(asked) as Readonly<Record<string, unknown>>;
}

/** Settings that are not chosen. */
const DEFAULTS = {
  NodeType: 'ra3.large',
  MasterUsername: 'awsuser',
  DBName: 'dev',
  NumberOfNodes: 1,
  ClusterVersion: '1.0',
  AllowVersionUpgrade: true,
  PubliclyAccessible: false,
  EnhancedVpcRouting: false,
  AutomatedSnapshotRetentionPeriod: 1,
  ManualSnapshotRetentionPeriod: -1,
  MaintenanceTrackName: 'current',
  ClusterSubnetGroupName: 'default',
  IpAddressType: 'ipv4',
};
const PORT = 5439;

export function warehouseShape(state: WorldState, found: Resource): Cluster {
  const { env, encryptedWith, state: status = 'available' } = found.declaration;
  const caller: Caller = env;
  const { settings = {} } = state.ledger.particulars.warehouses.of(found.arn);
  const { Port: port = PORT, ClusterParameterGroupName: group = 'default.redshift-1.0', ...shown } = settings;
  const name = lastOf(found.arn);
  const host = `${name}.${generatedHex('warehouse-host', environmentOf(caller), 'clusters', 12)}`;
  const namespace = generatedUuid('warehouse-namespace', environmentOf(caller), name);
  return {
    ...DEFAULTS,
    AvailabilityZone: zonesOf(env.region)[0] ?? env.region,
    ...shown,
    ClusterIdentifier: name,
    ClusterStatus: status,
    ClusterAvailabilityStatus: 'Available',
    ClusterCreateTime: dateOf(found.madeAt),
    ClusterNamespaceArn: `arn:${env.partition}:redshift:${env.region}:${env.account}:namespace:${namespace}`,
    Endpoint: { Address: `${host}.${env.region}.redshift.amazonaws.com`, Port: Number(port) },
    VpcId: defaultVpc(state, caller).id,
    VpcSecurityGroups: defaultGroupIds(state, caller).map((id) => ({ VpcSecurityGroupId: id, Status: 'active' })),
    ClusterSecurityGroups: [],
    ClusterParameterGroups: [{ ParameterGroupName: String(group), ParameterApplyStatus: 'in-sync' }],
    ClusterNodes: [{ NodeRole: 'LEADER' }],
    Encrypted: encryptedWith !== undefined,
    ...given({ KmsKeyId: encryptedWith }),
    IamRoles: [],
    PendingModifiedValues: {},
    AvailabilityZoneRelocationStatus: 'disabled',
    AquaConfiguration: { AquaStatus: 'disabled', AquaConfigurationStatus: 'auto' },
    MultiAZ: 'Disabled',
    TotalStorageCapacityInMegaBytes: Math.round(found.sizeBytes / 1024 ** 2),
    Tags: tagList(tagsOf(found)),
  };
}

/** Those by hand stand among those of RDS, told apart by their ARNs. */
export function warehouseSnapshots(state: WorldState, caller: Caller): NamedSnapshot[] {
  const byHand = state.services.databases.snapshots
    .list(environmentOf(caller))
    .filter(({ arn }) => arn.split(':')[2] === 'redshift')
    .map((made) => ({ ...made, byBackup: false }));
  const points = servicePoints(state, caller, WAREHOUSES).map((point) =>
    asSnapshot(point, point.arn.split('/').at(-1) ?? point.arn),
  );
  return [...byHand, ...points];
}

export function findWarehouseSnapshot(state: WorldState, caller: Caller, name: string | undefined): NamedSnapshot {
  const found = warehouseSnapshots(state, caller).find((one) => one.name === name);
  if (found === undefined) {
    throw new AwsFault('ClusterSnapshotNotFoundFault', `Snapshot ${name ?? ''} not found.`);
  }
  return found;
}

export function takeWarehouseSnapshot(
  state: WorldState,
  caller: Caller,
  { name, source, tags }: { readonly name: string; readonly source: Resource; readonly tags: TagMap },
): NamedSnapshot {
  if (warehouseSnapshots(state, caller).some((one) => one.name === name)) {
    throw new AwsFault('ClusterSnapshotAlreadyExistsFault', `Snapshot ${name} already exists.`);
  }
  const { partition, region, account } = caller;
  const arn = `arn:${partition}:redshift:${region}:${account}:snapshot:${lastOf(source.arn)}/${name}`;
  const sizeGiB = wholeGib(source.sizeBytes);
  const made = { name, arn, source, createdAt: state.now, sizeGiB, tags };
  state.services.databases.snapshots.put(environmentOf(caller), arn, made);
  return { ...made, byBackup: false };
}

export function warehouseSnapshotShape(state: WorldState, found: NamedSnapshot): Snapshot {
  const cluster = warehouseShape(state, found.source);
  return {
    SnapshotIdentifier: found.name,
    SnapshotArn: found.arn,
    ClusterIdentifier: lastOf(found.source.arn),
    SnapshotCreateTime: dateOf(found.createdAt),
    ClusterCreateTime: dateOf(found.source.madeAt),
    Status: 'available',
    SnapshotType: 'manual',
    NodeType: cluster.NodeType,
    NumberOfNodes: cluster.NumberOfNodes,
    DBName: cluster.DBName,
    Port: cluster.Endpoint?.Port,
    Encrypted: cluster.Encrypted,
    KmsKeyId: cluster.KmsKeyId,
    OwnerAccount: found.source.declaration.env.account,
    TotalBackupSizeInMegaBytes: found.sizeGiB * 1024,
    Tags: tagList(found.tags),
  };
}
