/**
 * DeleteDBSubnetGroup.
 *
 * Source   API of RDS 2014-10-31.
 */
import type { DeleteDBSubnetGroupCommandInput, DeleteDBSubnetGroupCommandOutput } from '@aws-sdk/client-rds';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { findSubnetGroup } from '../database-subnets';
import { environmentOf } from '../stateful';

export function deleteDBSubnetGroup(
  state: WorldState,
  caller: Caller,
  { DBSubnetGroupName: named }: DeleteDBSubnetGroupCommandInput,
): Omit<DeleteDBSubnetGroupCommandOutput, '$metadata'> {
  const { name } = findSubnetGroup(state, caller, named);
  state.services.databases.subnetGroups.remove(environmentOf(caller), name);
  return {};
}
