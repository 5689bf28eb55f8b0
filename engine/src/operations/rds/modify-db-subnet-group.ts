/**
 * ModifyDBSubnetGroup.
 *
 * Source   API of RDS 2014-10-31. That a database may be in a subnet that goes is not looked at (Assumed).
 */
import type { ModifyDBSubnetGroupCommandInput, ModifyDBSubnetGroupCommandOutput } from '@aws-sdk/client-rds';
import type { WorldState } from '../../domain/world-state';
import { given } from '../backup/shapes';
import type { Caller } from '../caller';
import { checkSubnets, findSubnetGroup, subnetGroupShape } from '../database-subnets';
import { environmentOf } from '../stateful';

export function modifyDBSubnetGroup(
  state: WorldState,
  caller: Caller,
  { DBSubnetGroupName: named, DBSubnetGroupDescription: text, SubnetIds }: ModifyDBSubnetGroupCommandInput,
): Omit<ModifyDBSubnetGroupCommandOutput, '$metadata'> {
  const found = findSubnetGroup(state, caller, named);
  const subnetIds = checkSubnets(state, caller, SubnetIds);
  const changed = { ...found, description: text ?? found.description, subnetIds };
  state.services.databases.subnetGroups.put(environmentOf(caller), found.name, changed);
  return given({ DBSubnetGroup: subnetGroupShape(state, caller, found.name) });
}
