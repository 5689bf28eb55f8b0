/**
 * TagResource.
 *
 * Source   API of EFS 2015-02-01. Access points are not modelled.
 */
import type { TagResourceCommandInput, TagResourceCommandOutput } from '@aws-sdk/client-efs';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { findFileSystem } from '../file-systems';
import { retag, tagMap } from '../stateful';

export function tagResource(
  state: WorldState,
  caller: Caller,
  { ResourceId, Tags }: TagResourceCommandInput,
): Omit<TagResourceCommandOutput, '$metadata'> {
  retag(state, findFileSystem(state, caller, ResourceId), tagMap(Tags));
  return {};
}
