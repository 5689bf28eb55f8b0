/**
 * TagResource.
 *
 * Source   API of FSx 2018-03-01: ResourceNotFound. File systems and volumes.
 */
import type { TagResourceCommandInput, TagResourceCommandOutput } from '@aws-sdk/client-fsx';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { findFsxByArn } from '../fsx-volumes';
import { retag, tagMap } from '../stateful';

export function tagResource(
  state: WorldState,
  caller: Caller,
  { ResourceARN, Tags }: TagResourceCommandInput,
): Omit<TagResourceCommandOutput, '$metadata'> {
  retag(state, findFsxByArn(state, caller, ResourceARN), tagMap(Tags));
  return {};
}
