/**
 * SendTaskFailure: why a task failed that waits for a callback.
 *
 * Source   API of Step Functions 2016-11-23.
 */
import type { SendTaskFailureCommandInput, SendTaskFailureCommandOutput } from '@aws-sdk/client-sfn';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { findTask } from '../find-state-machine';

export function sendTaskFailure(
  state: WorldState,
  _caller: Caller,
  { taskToken, error = '', cause = '' }: SendTaskFailureCommandInput,
): Omit<SendTaskFailureCommandOutput, '$metadata'> {
  findTask(state, taskToken).end({ fault: { error, cause } });
  return {};
}
