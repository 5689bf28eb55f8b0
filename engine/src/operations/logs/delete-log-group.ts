/**
 * DeleteLogGroup, with all that is in it.
 *
 * Source   API of CloudWatch Logs 2014-03-28.
 */
import type { DeleteLogGroupCommandInput } from '@aws-sdk/client-cloudwatch-logs';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { findLogGroup } from '../find-log-group';

export function deleteLogGroup(state: WorldState, caller: Caller, input: DeleteLogGroupCommandInput): void {
  const { name, arn } = findLogGroup(state, caller, input.logGroupName);
  const { logs } = state.services.messaging;
  logs.groups.remove(caller, name);
  logs.forget(arn);
}
