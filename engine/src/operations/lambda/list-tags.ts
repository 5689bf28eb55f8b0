/**
 * ListTags of a function.
 *
 * Source   API of Lambda 2015-03-31, ListTags.
 */
import type { ListTagsCommandInput, ListTagsCommandOutput } from '@aws-sdk/client-lambda';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { findFunction } from '../find-function';

export function listTags(
  state: WorldState,
  caller: Caller,
  input: ListTagsCommandInput,
): Omit<ListTagsCommandOutput, '$metadata'> {
  return { Tags: Object.fromEntries(findFunction(state, caller, input.Resource).tags) };
}
