/**
 * ListTagsForResource.
 *
 * Source   API of Storage Gateway 2013-06-30.
 * Gaps     Of volumes alone.
 */
import type {
  ListTagsForResourceCommandInput,
  ListTagsForResourceCommandOutput,
} from '@aws-sdk/client-storage-gateway';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { findGatewayVolume } from '../gateway-volumes';
import { tagList, tagsOf } from '../stateful';

export function listTagsForResource(
  state: WorldState,
  caller: Caller,
  { ResourceARN }: ListTagsForResourceCommandInput,
): Omit<ListTagsForResourceCommandOutput, '$metadata'> {
  const found = findGatewayVolume(state, caller, ResourceARN);
  return { ResourceARN: found.arn, Tags: tagList(tagsOf(found)) };
}
