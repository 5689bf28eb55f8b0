/**
 * TagResource.
 *
 * Source   API of SNS 2010-03-31, TagResource.
 */
import type { TagResourceCommandInput, TagResourceCommandOutput } from '@aws-sdk/client-sns';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { findTopic } from '../find-topic';
import { tagAll } from '../tag-map';

export function tagResource(
  state: WorldState,
  _caller: Caller,
  input: TagResourceCommandInput,
): Omit<TagResourceCommandOutput, '$metadata'> {
  tagAll(findTopic(state, input.ResourceArn, 'ResourceNotFoundException').tags, input.Tags);
  return {};
}
