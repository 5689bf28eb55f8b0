/**
 * UntagResource: of a share.
 *
 * Source   API of AWS RAM 2018-01-04, UntagResource.
 */
import type { UntagResourceCommandInput, UntagResourceCommandOutput } from '@aws-sdk/client-ram';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { findShare } from '../share';
import { untagAll } from '../tag-map';

export function untagResource(
  state: WorldState,
  caller: Caller,
  input: UntagResourceCommandInput,
): Omit<UntagResourceCommandOutput, '$metadata'> {
  untagAll(findShare(state, caller, input.resourceShareArn ?? input.resourceArn).tags, input.tagKeys);
  return {};
}
