/**
 * DeleteStateMachine; one that is not there is no error. Assumed: it is gone at once.
 *
 * Source   API of Step Functions 2016-11-23, DeleteStateMachine.
 */
import type { DeleteStateMachineCommandInput, DeleteStateMachineCommandOutput } from '@aws-sdk/client-sfn';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { required } from '../find-vault';

export function deleteStateMachine(
  state: WorldState,
  _caller: Caller,
  input: DeleteStateMachineCommandInput,
): Omit<DeleteStateMachineCommandOutput, '$metadata'> {
  state.services.messaging.stateMachines.remove(required(input.stateMachineArn, 'stateMachineArn'));
  return {};
}
