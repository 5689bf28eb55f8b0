/**
 * DeleteTags.
 *
 * Source   API of Redshift 2012-12-01: ResourceNotFoundFault. Of clusters.
 */
import type { DeleteTagsCommandInput, DeleteTagsCommandOutput } from '@aws-sdk/client-redshift';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { retag } from '../stateful';
import { findWarehouseByArn } from '../warehouses';

export function deleteTags(
  state: WorldState,
  caller: Caller,
  { ResourceName, TagKeys = [] }: DeleteTagsCommandInput,
): Omit<DeleteTagsCommandOutput, '$metadata'> {
  retag(state, findWarehouseByArn(state, caller, ResourceName), {}, TagKeys);
  return {};
}
