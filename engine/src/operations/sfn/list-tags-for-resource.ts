/**
 * ListTagsForResource: of a state machine.
 *
 * Source   API of Step Functions 2016-11-23, ListTagsForResource.
 */
import type { ListTagsForResourceCommandInput, ListTagsForResourceCommandOutput } from '@aws-sdk/client-sfn';
import { findTagged } from '../find-state-machine';
import { tagTextList } from '../tag-map';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';

export function listTagsForResource(
  state: WorldState,
  _caller: Caller,
  input: ListTagsForResourceCommandInput,
): Omit<ListTagsForResourceCommandOutput, '$metadata'> {
  return { tags: tagTextList(findTagged(state, input.resourceArn).tags) };
}
