/**
 * CreateStackSet: a design; no account has a stack of it yet.
 *
 * Source   API of CloudFormation 2010-05-15, CreateStackSet.
 */
import type { CreateStackSetCommandInput, CreateStackSetCommandOutput } from '@aws-sdk/client-cloudformation';
import type { WorldState } from '../../domain/world-state';
import { stackName } from '../../provision/stack-calls';
import { stackSetDesign } from '../../provision/stack-set-calls';
import type { Caller } from '../caller';
import { AwsFault } from '../fault';

export function createStackSet(
  state: WorldState,
  caller: Caller,
  input: CreateStackSetCommandInput,
): Omit<CreateStackSetCommandOutput, '$metadata'> {
  const name = stackName(input.StackSetName);
  const { stackSets } = state.services;
  if (stackSets.tryFind(caller, name) !== undefined) {
    throw new AwsFault('NameAlreadyExistsException', `StackSet ${name} already exists`);
  }
  const set = stackSets.add(caller, name, stackSetDesign(state, caller, name, input));
  return { StackSetId: set.id };
}
