/**
 * Who has an address in a subnet: instances, mount targets, databases, NAT gateways.
 *
 * Pure: reads the World.
 * Source   EC2 API reference, DescribeNetworkInterfaces; what is in use cannot be deleted (DependencyViolation).
 * Assumed  A database has one interface, in the first subnet of its group.
 */
import type { NetworkInterface as InterfaceShape } from '@aws-sdk/client-ec2';
import { generatedHex } from '../domain/generated-ids';
import type { WorldState } from '../domain/world-state';
import { given } from './backup/shapes';
import type { Caller } from './caller';
import { subnetGroups } from './database-subnets';
import { databaseParticulars, INSTANCES } from './databases';
import { instanceParticulars, INSTANCE } from './ec2-instances';
import { defaultSubnets, natGateways, networkOf, privateAddress } from './ec2-network';
import { AwsFault } from './fault';
import { FILE_SYSTEM, fileSystemParticulars } from './file-systems';
import { environmentOf, lastOf, resourcesOf } from './stateful';

export interface NetworkInterface {
  readonly id: string;
  readonly subnetId: string;
  readonly groupIds: readonly string[];
  readonly privateIp: string;
  readonly description: string;
  readonly type: 'interface' | 'nat_gateway' | 'efs';
  readonly instanceId: string | undefined;
}

export function interfacesOf(state: WorldState, caller: Caller): NetworkInterface[] {
  return [
    ...ofInstances(state, caller),
    ...ofMountTargets(state, caller),
    ...ofDatabases(state, caller),
    ...ofGateways(state, caller),
  ];
}

function idOf(caller: Caller, name: string): string {
  return `eni-${generatedHex('network-interface', environmentOf(caller), name, 17)}`;
}

function ofInstances(state: WorldState, caller: Caller): NetworkInterface[] {
  const subnets = defaultSubnets(state, caller);
  return resourcesOf(state, caller, INSTANCE).map((instance) => {
    const made = instanceParticulars(state, instance);
    const id = lastOf(instance.arn);
    return {
      id: idOf(caller, id),
      subnetId: made.subnetId ?? subnets.find(({ zone }) => zone === made.availabilityZone)?.id ?? '',
      groupIds: made.securityGroupIds,
      privateIp: made.privateIpAddress,
      description: '',
      type: 'interface',
      instanceId: id,
    };
  });
}

function ofMountTargets(state: WorldState, caller: Caller): NetworkInterface[] {
  return resourcesOf(state, caller, FILE_SYSTEM).flatMap((fileSystem) =>
    fileSystemParticulars(state, fileSystem).mountTargets.map((target) => ({
      id: idOf(caller, target.id),
      subnetId: target.subnetId,
      groupIds: target.securityGroups,
      privateIp: target.ipAddress,
      description: `EFS mount target for ${lastOf(fileSystem.arn)} (${target.id})`,
      type: 'efs' as const,
      instanceId: undefined,
    })),
  );
}

function ofDatabases(state: WorldState, caller: Caller): NetworkInterface[] {
  const members = state.services.databases.members.list(caller);
  const alone = resourcesOf(state, caller, INSTANCES);
  const all = [...members, ...alone.map((one) => ({ arn: one.arn, ...databaseParticulars(state, one) }))];
  const groups = all.length === 0 ? [] : subnetGroups(state, caller);
  return all.map(({ arn, subnetGroup, securityGroupIds }) => {
    const [subnetId = ''] = groups.find(({ name }) => name === subnetGroup)?.subnetIds ?? [];
    const { cidrBlock = '' } = networkOf(state, caller).subnets.get(subnetId) ?? {};
    return {
      id: idOf(caller, arn),
      subnetId,
      groupIds: securityGroupIds,
      privateIp: privateAddress(caller, arn, cidrBlock),
      description: 'RDSNetworkInterface',
      type: 'interface' as const,
      instanceId: undefined,
    };
  });
}

function ofGateways(state: WorldState, caller: Caller): NetworkInterface[] {
  const standing = [...natGateways(state, caller).values()].filter(({ deletedAt }) => deletedAt === undefined);
  return standing.map(({ id, subnetId, privateIp }) => ({
    id: `eni-${generatedHex('eni', environmentOf(caller), id, 17)}`,
    subnetId,
    groupIds: [],
    privateIp,
    description: `Interface for NAT Gateway ${id}`,
    type: 'nat_gateway',
    instanceId: undefined,
  }));
}

/** @throws AwsFault DependencyViolation when somebody has an address in a subnet, or is in a group */
export function refuseInUse(
  state: WorldState,
  caller: Caller,
  what: string,
  uses: (one: NetworkInterface) => boolean,
): void {
  if (interfacesOf(state, caller).some(uses)) {
    throw new AwsFault('DependencyViolation', `${what} has dependencies and cannot be deleted.`);
  }
}

export function interfaceShape(state: WorldState, caller: Caller, one: NetworkInterface): InterfaceShape {
  const { subnets, securityGroups } = networkOf(state, caller);
  const subnet = subnets.get(one.subnetId);
  const attached = {
    AttachmentId: `eni-attach-${generatedHex('network-attachment', environmentOf(caller), one.instanceId ?? '', 17)}`,
    DeleteOnTermination: true,
    DeviceIndex: 0,
    InstanceId: one.instanceId,
    InstanceOwnerId: caller.account,
    Status: 'attached' as const,
  };
  return given({
    NetworkInterfaceId: one.id,
    SubnetId: one.subnetId,
    VpcId: subnet?.vpcId,
    AvailabilityZone: subnet?.zone,
    Description: one.description,
    Groups: one.groupIds.map((GroupId) => given({ GroupId, GroupName: securityGroups.get(GroupId)?.name })),
    InterfaceType: one.type as 'interface',
    OwnerId: caller.account,
    PrivateIpAddress: one.privateIp,
    PrivateIpAddresses: [{ Primary: true, PrivateIpAddress: one.privateIp }],
    RequesterManaged: one.instanceId === undefined,
    SourceDestCheck: true,
    Status: 'in-use' as const,
    Attachment: one.instanceId === undefined ? undefined : given(attached),
    TagSet: [],
  });
}
