/**
 * Subnet groups of databases: the default one, and those that somebody makes.
 *
 * Pure: reads the World.
 * Source   API of RDS 2014-10-31.
 */
import type { DBSubnetGroup } from '@aws-sdk/client-rds';
import type { SubnetGroup } from '../domain/databases';
import type { WorldState } from '../domain/world-state';
import { given } from './backup/shapes';
import type { Caller } from './caller';
import { defaultSubnets, networkOf } from './ec2-network';
import { AwsFault } from './fault';
import { environmentOf } from './stateful';

export function subnetGroups(state: WorldState, caller: Caller): SubnetGroup[] {
  const standard = {
    name: 'default',
    arn: subnetGroupArn(caller, 'default'),
    description: 'default',
    subnetIds: defaultSubnets(state, caller).map(({ id }) => id),
    tags: {},
  };
  return [standard, ...state.services.databases.subnetGroups.list(environmentOf(caller))];
}

export function subnetGroupArn({ partition, region, account }: Caller, name: string): string {
  return `arn:${partition}:rds:${region}:${account}:subgrp:${name}`;
}

export function findSubnetGroup(state: WorldState, caller: Caller, name: string | undefined): SubnetGroup {
  const found = tryFindSubnetGroup(state, caller, name);
  if (found === undefined) {
    throw new AwsFault('DBSubnetGroupNotFoundFault', `DB subnet group '${name ?? ''}' does not exist.`);
  }
  return found;
}

export function tryFindSubnetGroup(
  state: WorldState,
  caller: Caller,
  name: string | undefined,
): SubnetGroup | undefined {
  return subnetGroups(state, caller).find((one) => one.name === name?.toLowerCase());
}

/** @throws AwsFault unless the subnets are there, in one VPC and in two zones. Source: CreateDBSubnetGroup */
export function checkSubnets(state: WorldState, caller: Caller, ids: readonly string[] | undefined): readonly string[] {
  const { subnets } = networkOf(state, caller);
  const asked = ids ?? [];
  const found = asked.flatMap((id) => subnets.get(id) ?? []);
  const unknown = asked.filter((id) => !subnets.has(id));
  if (unknown.length > 0 || found.length === 0) {
    throw new AwsFault('InvalidSubnet', `Some input subnets in :[${unknown.join(', ')}] are invalid.`);
  }
  if (new Set(found.map(({ vpcId }) => vpcId)).size > 1) {
    throw new AwsFault('InvalidSubnet', 'The subnets of a DB subnet group must be in one VPC.');
  }
  if (new Set(found.map(({ zone }) => zone)).size < 2) {
    const why = "The DB subnet group doesn't meet Availability Zone (AZ) coverage requirement.";
    const more = 'Current AZ coverage: 1. Add subnets to cover at least 2 AZs.';
    throw new AwsFault('DBSubnetGroupDoesNotCoverEnoughAZs', `${why} ${more}`);
  }
  return asked;
}

/** Undefined where a database outlived its group, as one that came from an artifact may. */
export function subnetGroupShape(state: WorldState, caller: Caller, name: string): DBSubnetGroup | undefined {
  const found = tryFindSubnetGroup(state, caller, name);
  if (found === undefined) {
    return undefined;
  }
  const { subnets } = networkOf(state, caller);
  const members = found.subnetIds.flatMap((id) => subnets.get(id) ?? []);
  return given({
    DBSubnetGroupName: name,
    DBSubnetGroupArn: found.arn,
    DBSubnetGroupDescription: found.description,
    SubnetGroupStatus: 'Complete',
    SupportedNetworkTypes: ['IPV4'],
    VpcId: members[0]?.vpcId,
    Subnets: members.map(({ id, zone }) => ({
      SubnetIdentifier: id,
      SubnetAvailabilityZone: { Name: zone },
      SubnetOutpost: {},
      SubnetStatus: 'Active',
    })),
  });
}
