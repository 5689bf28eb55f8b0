/**
 * UntagResource.
 *
 * Source   API of SNS 2010-03-31, UntagResource.
 */
import type { UntagResourceCommandInput, UntagResourceCommandOutput } from '@aws-sdk/client-sns';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { findTagged } from '../find-topic';
import { untagAll } from '../tag-map';

export function untagResource(
  state: WorldState,
  _caller: Caller,
  input: UntagResourceCommandInput,
): Omit<UntagResourceCommandOutput, '$metadata'> {
  untagAll(findTagged(state, input.ResourceArn).tags, input.TagKeys);
  return {};
}
