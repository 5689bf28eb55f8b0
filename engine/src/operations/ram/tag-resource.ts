/**
 * TagResource: of a share.
 *
 * Source   API of AWS RAM 2018-01-04, TagResource.
 */
import type { TagResourceCommandInput, TagResourceCommandOutput } from '@aws-sdk/client-ram';
import { tagTexts } from '../tag-map';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { findShare } from '../share';

export function tagResource(
  state: WorldState,
  caller: Caller,
  input: TagResourceCommandInput,
): Omit<TagResourceCommandOutput, '$metadata'> {
  tagTexts(findShare(state, caller, input.resourceShareArn ?? input.resourceArn).tags, input.tags);
  return {};
}
