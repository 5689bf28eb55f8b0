/**
 * TagResource of a log group.
 *
 * Source   API of CloudWatch Logs 2014-03-28.
 */
import type { TagResourceCommandInput } from '@aws-sdk/client-cloudwatch-logs';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { findTaggedLogGroup } from '../find-log-group';

export function tagResource(state: WorldState, caller: Caller, input: TagResourceCommandInput): void {
  const group = findTaggedLogGroup(state, caller, input.resourceArn);
  group.tags = { ...group.tags, ...input.tags };
}
