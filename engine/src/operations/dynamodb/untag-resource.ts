/**
 * UntagResource.
 *
 * Source   API of DynamoDB 2012-08-10.
 */
import type { UntagResourceCommandInput, UntagResourceCommandOutput } from '@aws-sdk/client-dynamodb';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { retag } from '../stateful';
import { findTableByArn } from '../tables';

export function untagResource(
  state: WorldState,
  caller: Caller,
  { ResourceArn, TagKeys = [] }: UntagResourceCommandInput,
): Omit<UntagResourceCommandOutput, '$metadata'> {
  retag(state, findTableByArn(state, caller, ResourceArn), {}, TagKeys);
  return {};
}
