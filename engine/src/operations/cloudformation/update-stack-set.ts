/**
 * UpdateStackSet: the design changes, and with it the stacks that there are, or those that a call names.
 *
 * Source   API of CloudFormation 2010-05-15, UpdateStackSet.
 */
import type { UpdateStackSetCommandInput, UpdateStackSetCommandOutput } from '@aws-sdk/client-cloudformation';
import type { WorldState } from '../../domain/world-state';
import { stackSetDesign } from '../../provision/stack-set-calls';
import { bringInstances, findStackSet, targetsOf } from '../../provision/stack-set-runs';
import { start } from '../../provision/work';
import type { Caller } from '../caller';

type Output = Omit<UpdateStackSetCommandOutput, '$metadata'>;

export function updateStackSet(
  state: WorldState,
  caller: Caller,
  input: UpdateStackSetCommandInput,
): Output | Promise<Output> {
  const set = findStackSet(state, caller, input.StackSetName);
  set.design = stackSetDesign(state, caller, set.name, input, set.design);
  const operation = state.services.stackSets.operate(set, 'UPDATE', input.OperationId);
  const named = input.Accounts !== undefined || input.DeploymentTargets !== undefined;
  const targets = named ? targetsOf(state, set, input) : [...set.instances.values()];
  const made = start(bringInstances(state, set, operation, targets));
  const answer = { OperationId: operation.id };
  return made instanceof Promise ? made.then(() => answer) : answer;
}
