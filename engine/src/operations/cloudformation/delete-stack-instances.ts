/**
 * DeleteStackInstances: with their stacks, unless those are retained.
 *
 * Source   API of CloudFormation 2010-05-15, DeleteStackInstances.
 */
import type {
  DeleteStackInstancesCommandInput,
  DeleteStackInstancesCommandOutput,
} from '@aws-sdk/client-cloudformation';
import type { WorldState } from '../../domain/world-state';
import { dropInstances, findStackSet, targetsOf } from '../../provision/stack-set-runs';
import { start } from '../../provision/work';
import type { Caller } from '../caller';

type Output = Omit<DeleteStackInstancesCommandOutput, '$metadata'>;

export function deleteStackInstances(
  state: WorldState,
  caller: Caller,
  input: DeleteStackInstancesCommandInput,
): Output | Promise<Output> {
  const set = findStackSet(state, caller, input.StackSetName);
  const targets = targetsOf(state, set, input);
  const operation = state.services.stackSets.operate(set, 'DELETE', input.OperationId);
  const dropped = start(dropInstances(state, set, operation, targets, input.RetainStacks === true));
  const answer = { OperationId: operation.id };
  return dropped instanceof Promise ? dropped.then(() => answer) : answer;
}
