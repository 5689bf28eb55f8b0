/**
 * DeleteStackSet: one without instances.
 *
 * Source   API of CloudFormation 2010-05-15, DeleteStackSet.
 */
import type { DeleteStackSetCommandInput, DeleteStackSetCommandOutput } from '@aws-sdk/client-cloudformation';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { AwsFault } from '../fault';

export function deleteStackSet(
  state: WorldState,
  caller: Caller,
  input: DeleteStackSetCommandInput,
): Omit<DeleteStackSetCommandOutput, '$metadata'> {
  const { stackSets } = state.services;
  const set = stackSets.tryFind(caller, input.StackSetName ?? '');
  if (set !== undefined && set.instances.size > 0) {
    throw new AwsFault('StackSetNotEmptyException', 'StackSet is not empty');
  }
  if (set !== undefined) {
    stackSets.shelf.remove(set.env, set.name);
  }
  return {};
}
