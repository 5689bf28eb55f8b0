/**
 * CreateTags.
 *
 * Source   API of Redshift 2012-12-01: ResourceNotFoundFault. Of clusters.
 */
import type { CreateTagsCommandInput, CreateTagsCommandOutput } from '@aws-sdk/client-redshift';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { retag, tagMap } from '../stateful';
import { findWarehouseByArn } from '../warehouses';

export function createTags(
  state: WorldState,
  caller: Caller,
  { ResourceName, Tags }: CreateTagsCommandInput,
): Omit<CreateTagsCommandOutput, '$metadata'> {
  retag(state, findWarehouseByArn(state, caller, ResourceName), tagMap(Tags));
  return {};
}
