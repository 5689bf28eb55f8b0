/**
 * Subnet groups of databases: the default one, and those that somebody makes of default subnets.
 *
 * Pure: reads the World.
 * Source   API of RDS 2014-10-31.
 */
import type { DBSubnetGroup } from '@aws-sdk/client-rds';
import type { SubnetGroup } from '../domain/databases';
import type { WorldState } from '../domain/world-state';
import type { Caller } from './caller';
import { defaultSubnets, defaultVpc } from './ec2-network';
import { AwsFault } from './fault';
import { environmentOf } from './stateful';

export function subnetGroups(state: WorldState, caller: Caller): SubnetGroup[] {
  const standard = {
    name: 'default',
    arn: subnetGroupArn(caller, 'default'),
    description: 'default',
    subnetIds: defaultSubnets(caller).map(({ SubnetId }) => SubnetId),
    tags: {},
  };
  return [standard, ...state.services.databases.subnetGroups.list(environmentOf(caller))];
}

export function subnetGroupArn({ partition, region, account }: Caller, name: string): string {
  return `arn:${partition}:rds:${region}:${account}:subgrp:${name}`;
}

export function findSubnetGroup(state: WorldState, caller: Caller, name: string | undefined): SubnetGroup {
  const found = subnetGroups(state, caller).find((one) => one.name === name?.toLowerCase());
  if (found === undefined) {
    throw new AwsFault('DBSubnetGroupNotFoundFault', `DB subnet group '${name ?? ''}' does not exist.`);
  }
  return found;
}

export function subnetGroupShape(state: WorldState, caller: Caller, name: string): DBSubnetGroup {
  const { arn, description, subnetIds } = findSubnetGroup(state, caller, name);
  const subnets = defaultSubnets(caller).filter(({ SubnetId }) => subnetIds.includes(SubnetId));
  return {
    DBSubnetGroupName: name,
    DBSubnetGroupArn: arn,
    DBSubnetGroupDescription: description,
    SubnetGroupStatus: 'Complete',
    SupportedNetworkTypes: ['IPV4'],
    VpcId: defaultVpc(caller).VpcId,
    Subnets: subnets.map(({ SubnetId, AvailabilityZone }) => ({
      SubnetIdentifier: SubnetId,
      SubnetAvailabilityZone: { Name: AvailabilityZone },
      SubnetOutpost: {},
      SubnetStatus: 'Active',
    })),
  };
}
