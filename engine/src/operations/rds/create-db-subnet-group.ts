/**
 * CreateDBSubnetGroup.
 *
 * Source   API of RDS 2014-10-31: InvalidSubnet, DBSubnetGroupDoesNotCoverEnoughAZs, DBSubnetGroupAlreadyExists.
 */
import type { CreateDBSubnetGroupCommandInput, CreateDBSubnetGroupCommandOutput } from '@aws-sdk/client-rds';
import type { WorldState } from '../../domain/world-state';
import { given } from '../backup/shapes';
import type { Caller } from '../caller';
import { checkSubnets, subnetGroupArn, subnetGroupShape, tryFindSubnetGroup } from '../database-subnets';
import { AwsFault } from '../fault';
import { environmentOf, tagMap } from '../stateful';

export function createDBSubnetGroup(
  state: WorldState,
  caller: Caller,
  input: CreateDBSubnetGroupCommandInput,
): Omit<CreateDBSubnetGroupCommandOutput, '$metadata'> {
  const name = input.DBSubnetGroupName?.toLowerCase() ?? '';
  if (tryFindSubnetGroup(state, caller, name) !== undefined) {
    throw new AwsFault('DBSubnetGroupAlreadyExistsFault', `The DB subnet group '${name}' already exists.`);
  }
  const subnetIds = checkSubnets(state, caller, input.SubnetIds);
  const description = input.DBSubnetGroupDescription ?? '';
  const made = { name, arn: subnetGroupArn(caller, name), description, subnetIds, tags: tagMap(input.Tags) };
  state.services.databases.subnetGroups.put(environmentOf(caller), name, made);
  return given({ DBSubnetGroup: subnetGroupShape(state, caller, name) });
}
