/**
 * ListTagsForResource of a recorder, rule or conformance pack.
 *
 * Source   API of AWS Config 2014-11-12.
 */
import type { ListTagsForResourceCommandInput, ListTagsForResourceCommandOutput } from '@aws-sdk/client-config-service';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { findTaggedConfig } from '../config-things';
import { tagList } from '../tag-list';

export function listTagsForResource(
  state: WorldState,
  caller: Caller,
  input: ListTagsForResourceCommandInput,
): Omit<ListTagsForResourceCommandOutput, '$metadata'> {
  return { Tags: tagList(findTaggedConfig(state, caller, input.ResourceArn).tags) };
}
