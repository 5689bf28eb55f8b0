/**
 * UpdateStateMachine: executions that run keep what they were started with.
 *
 * Source   API of Step Functions 2016-11-23, UpdateStateMachine.
 */
import type { UpdateStateMachineCommandInput, UpdateStateMachineCommandOutput } from '@aws-sdk/client-sfn';
import { refuseUnbuilt } from '../find-state-machine';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { dateOf } from '../../kernel/instant';
import { findStateMachine, refuseDefinition } from '../find-state-machine';

export function updateStateMachine(
  state: WorldState,
  _caller: Caller,
  input: UpdateStateMachineCommandInput,
): Omit<UpdateStateMachineCommandOutput, '$metadata'> {
  const machine = findStateMachine(state, input.stateMachineArn);
  refuseUnbuilt(input);
  if (input.definition !== undefined) {
    refuseDefinition(input.definition, machine.type);
    machine.definition = input.definition;
  }
  machine.roleArn = input.roleArn ?? machine.roleArn;
  machine.logging = input.loggingConfiguration ?? machine.logging;
  machine.traced = input.tracingConfiguration?.enabled ?? machine.traced;
  return { updateDate: dateOf(state.now) };
}
