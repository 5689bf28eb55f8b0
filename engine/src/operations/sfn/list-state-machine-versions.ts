/**
 * ListStateMachineVersions: none, as nothing is published here.
 *
 * Source   API of Step Functions 2016-11-23, ListStateMachineVersions.
 */
import type { ListStateMachineVersionsCommandInput, ListStateMachineVersionsCommandOutput } from '@aws-sdk/client-sfn';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { findStateMachine } from '../find-state-machine';

export function listStateMachineVersions(
  state: WorldState,
  _caller: Caller,
  input: ListStateMachineVersionsCommandInput,
): Omit<ListStateMachineVersionsCommandOutput, '$metadata'> {
  findStateMachine(state, input.stateMachineArn);
  return { stateMachineVersions: [] };
}
