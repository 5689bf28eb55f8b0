/**
 * CreateDBSubnetGroup.
 *
 * Source   API of RDS 2014-10-31: InvalidSubnet, DBSubnetGroupAlreadyExists.
 */
import type { CreateDBSubnetGroupCommandInput, CreateDBSubnetGroupCommandOutput } from '@aws-sdk/client-rds';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { subnetGroupArn, subnetGroups, subnetGroupShape } from '../database-subnets';
import { defaultSubnets } from '../ec2-network';
import { AwsFault } from '../fault';
import { environmentOf, tagMap } from '../stateful';

export function createDBSubnetGroup(
  state: WorldState,
  caller: Caller,
  input: CreateDBSubnetGroupCommandInput,
): Omit<CreateDBSubnetGroupCommandOutput, '$metadata'> {
  const name = input.DBSubnetGroupName?.toLowerCase() ?? '';
  const subnetIds = input.SubnetIds ?? [];
  if (subnetGroups(state, caller).some((one) => one.name === name)) {
    throw new AwsFault('DBSubnetGroupAlreadyExistsFault', `The DB subnet group '${name}' already exists.`);
  }
  const known = defaultSubnets(caller).map(({ SubnetId }) => SubnetId);
  const unknown = subnetIds.find((id) => !known.includes(id));
  if (unknown !== undefined || subnetIds.length === 0) {
    throw new AwsFault('InvalidSubnet', `Some input subnets in :[${unknown ?? ''}] are invalid.`);
  }
  const description = input.DBSubnetGroupDescription ?? '';
  const made = { name, arn: subnetGroupArn(caller, name), description, subnetIds, tags: tagMap(input.Tags) };
  state.services.databases.subnetGroups.put(environmentOf(caller), name, made);
  return { DBSubnetGroup: subnetGroupShape(state, caller, name) };
}
