/**
 * UntagResource of a log group.
 *
 * Source   API of CloudWatch Logs 2014-03-28.
 */
import type { UntagResourceCommandInput } from '@aws-sdk/client-cloudwatch-logs';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { findTaggedLogGroup } from '../find-log-group';
import { withoutTags } from '../tag-list';

export function untagResource(state: WorldState, caller: Caller, input: UntagResourceCommandInput): void {
  const group = findTaggedLogGroup(state, caller, input.resourceArn);
  group.tags = withoutTags(group.tags, input.tagKeys);
}
