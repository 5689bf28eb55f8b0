/**
 * CreateStackInstances: stacks in accounts and Regions, made when the call returns.
 *
 * Source   API of CloudFormation 2010-05-15, CreateStackInstances.
 */
import type {
  CreateStackInstancesCommandInput,
  CreateStackInstancesCommandOutput,
} from '@aws-sdk/client-cloudformation';
import type { WorldState } from '../../domain/world-state';
import { bringInstances, findStackSet, targetsOf } from '../../provision/stack-set-runs';
import { overridesOf } from '../../provision/stack-set-calls';
import { start } from '../../provision/work';
import type { Caller } from '../caller';

type Output = Omit<CreateStackInstancesCommandOutput, '$metadata'>;

export function createStackInstances(
  state: WorldState,
  caller: Caller,
  input: CreateStackInstancesCommandInput,
): Output | Promise<Output> {
  const set = findStackSet(state, caller, input.StackSetName);
  const targets = targetsOf(state, set, input);
  const operation = state.services.stackSets.operate(set, 'CREATE', input.OperationId);
  const made = start(bringInstances(state, set, operation, targets, overridesOf(input.ParameterOverrides)));
  const answer = { OperationId: operation.id };
  return made instanceof Promise ? made.then(() => answer) : answer;
}
