/**
 * UntagResource.
 *
 * Source   API of EFS 2015-02-01.
 */
import type { UntagResourceCommandInput, UntagResourceCommandOutput } from '@aws-sdk/client-efs';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { findFileSystem } from '../file-systems';
import { retag } from '../stateful';

export function untagResource(
  state: WorldState,
  caller: Caller,
  { ResourceId, TagKeys = [] }: UntagResourceCommandInput,
): Omit<UntagResourceCommandOutput, '$metadata'> {
  retag(state, findFileSystem(state, caller, ResourceId), {}, TagKeys);
  return {};
}
