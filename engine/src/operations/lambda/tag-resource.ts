/**
 * TagResource: of a function.
 *
 * Source   API of Lambda 2015-03-31, TagResource.
 */
import type { TagResourceCommandInput } from '@aws-sdk/client-lambda';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { findFunction } from '../find-function';

export function tagResource(state: WorldState, caller: Caller, input: TagResourceCommandInput): void {
  const { tags } = findFunction(state, caller, input.Resource);
  for (const [name, value] of Object.entries(input.Tags ?? {})) {
    tags.set(name, value);
  }
}
