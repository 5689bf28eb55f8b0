/**
 * DeleteLogStream, with its events.
 *
 * Source   API of CloudWatch Logs 2014-03-28.
 */
import type { DeleteLogStreamCommandInput } from '@aws-sdk/client-cloudwatch-logs';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { findLogGroup, findLogStream } from '../find-log-group';

export function deleteLogStream(state: WorldState, caller: Caller, input: DeleteLogStreamCommandInput): void {
  const group = findLogGroup(state, caller, input.logGroupName);
  const { name } = findLogStream(group, input.logStreamName);
  group.streams.delete(name);
  state.services.messaging.logs.forget(group.arn, name);
}
