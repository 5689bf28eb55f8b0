/**
 * UntagResource.
 *
 * Source   API of FSx 2018-03-01: ResourceNotFound. File systems and volumes.
 */
import type { UntagResourceCommandInput, UntagResourceCommandOutput } from '@aws-sdk/client-fsx';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { findFsxByArn } from '../fsx-volumes';
import { retag } from '../stateful';

export function untagResource(
  state: WorldState,
  caller: Caller,
  { ResourceARN, TagKeys = [] }: UntagResourceCommandInput,
): Omit<UntagResourceCommandOutput, '$metadata'> {
  retag(state, findFsxByArn(state, caller, ResourceARN), {}, TagKeys);
  return {};
}
