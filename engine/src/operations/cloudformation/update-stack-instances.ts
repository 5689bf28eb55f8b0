/**
 * UpdateStackInstances: parameters that are otherwise in some accounts and Regions.
 *
 * Source   API of CloudFormation 2010-05-15, UpdateStackInstances.
 */
import type {
  UpdateStackInstancesCommandInput,
  UpdateStackInstancesCommandOutput,
} from '@aws-sdk/client-cloudformation';
import type { WorldState } from '../../domain/world-state';
import { bringInstances, findInstance, findStackSet, targetsOf } from '../../provision/stack-set-runs';
import { overridesOf } from '../../provision/stack-set-calls';
import { start } from '../../provision/work';
import type { Caller } from '../caller';

type Output = Omit<UpdateStackInstancesCommandOutput, '$metadata'>;

export function updateStackInstances(
  state: WorldState,
  caller: Caller,
  input: UpdateStackInstancesCommandInput,
): Output | Promise<Output> {
  const set = findStackSet(state, caller, input.StackSetName);
  const targets = targetsOf(state, set, input);
  targets.forEach(({ account, region }) => findInstance(set, account, region));
  const operation = state.services.stackSets.operate(set, 'UPDATE', input.OperationId);
  const made = start(bringInstances(state, set, operation, targets, overridesOf(input.ParameterOverrides)));
  const answer = { OperationId: operation.id };
  return made instanceof Promise ? made.then(() => answer) : answer;
}
