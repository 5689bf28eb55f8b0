/**
 * SendTaskHeartbeat: a task that waits for a callback is still worked on.
 *
 * Source   API of Step Functions 2016-11-23.
 */
import type { SendTaskHeartbeatCommandInput, SendTaskHeartbeatCommandOutput } from '@aws-sdk/client-sfn';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { findTask } from '../find-state-machine';

export function sendTaskHeartbeat(
  state: WorldState,
  _caller: Caller,
  input: SendTaskHeartbeatCommandInput,
): Omit<SendTaskHeartbeatCommandOutput, '$metadata'> {
  findTask(state, input.taskToken).heardAt = state.now;
  return {};
}
