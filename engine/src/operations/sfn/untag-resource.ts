/**
 * UntagResource: of a state machine.
 *
 * Source   API of Step Functions 2016-11-23, UntagResource.
 */
import type { UntagResourceCommandInput, UntagResourceCommandOutput } from '@aws-sdk/client-sfn';
import { findTagged } from '../find-state-machine';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { untagAll } from '../tag-map';

export function untagResource(
  state: WorldState,
  _caller: Caller,
  input: UntagResourceCommandInput,
): Omit<UntagResourceCommandOutput, '$metadata'> {
  untagAll(findTagged(state, input.resourceArn).tags, input.tagKeys);
  return {};
}
