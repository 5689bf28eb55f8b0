/**
 * TagResource: of a state machine.
 *
 * Source   API of Step Functions 2016-11-23, TagResource.
 */
import type { TagResourceCommandInput, TagResourceCommandOutput } from '@aws-sdk/client-sfn';
import { findTagged } from '../find-state-machine';
import { tagTexts } from '../tag-map';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';

export function tagResource(
  state: WorldState,
  _caller: Caller,
  input: TagResourceCommandInput,
): Omit<TagResourceCommandOutput, '$metadata'> {
  tagTexts(findTagged(state, input.resourceArn).tags, input.tags);
  return {};
}
