/**
 * UntagResource: of a function.
 *
 * Source   API of Lambda 2015-03-31, UntagResource.
 */
import type { UntagResourceCommandInput } from '@aws-sdk/client-lambda';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { findFunction } from '../find-function';
import { untagAll } from '../tag-map';

export function untagResource(state: WorldState, caller: Caller, input: UntagResourceCommandInput): void {
  untagAll(findFunction(state, caller, input.Resource).tags, input.TagKeys);
}
