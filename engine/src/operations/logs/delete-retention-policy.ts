/**
 * DeleteRetentionPolicy: events are kept for ever.
 *
 * Source   API of CloudWatch Logs 2014-03-28.
 */
import type { DeleteRetentionPolicyCommandInput } from '@aws-sdk/client-cloudwatch-logs';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { findLogGroup } from '../find-log-group';

export function deleteRetentionPolicy(
  state: WorldState,
  caller: Caller,
  input: DeleteRetentionPolicyCommandInput,
): void {
  findLogGroup(state, caller, input.logGroupName).retentionDays = undefined;
}
