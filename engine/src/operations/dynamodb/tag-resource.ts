/**
 * TagResource.
 *
 * Source   API of DynamoDB 2012-08-10.
 */
import type { TagResourceCommandInput, TagResourceCommandOutput } from '@aws-sdk/client-dynamodb';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { retag, tagMap } from '../stateful';
import { findTableByArn } from '../tables';

export function tagResource(
  state: WorldState,
  caller: Caller,
  { ResourceArn, Tags }: TagResourceCommandInput,
): Omit<TagResourceCommandOutput, '$metadata'> {
  retag(state, findTableByArn(state, caller, ResourceArn), tagMap(Tags));
  return {};
}
