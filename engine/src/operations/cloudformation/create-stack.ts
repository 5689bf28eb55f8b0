/**
 * CreateStack: the stack is there, or has failed, when the call returns.
 *
 * Source   API of CloudFormation 2010-05-15, CreateStack.
 */
import type { CreateStackCommandInput, CreateStackCommandOutput } from '@aws-sdk/client-cloudformation';
import type { WorldState } from '../../domain/world-state';
import { authorityOf } from '../../provision/authority';
import { designOf, onFailureOf, refuseNoPolicy, stackName } from '../../provision/stack-calls';
import { createStack as create } from '../../provision/stack-lifecycle';
import { start } from '../../provision/work';
import type { Caller } from '../caller';
import { AwsFault } from '../fault';
import { fingerprintOf } from '../repeated-calls';

type Output = Omit<CreateStackCommandOutput, '$metadata'>;

export function createStack(
  state: WorldState,
  caller: Caller,
  input: CreateStackCommandInput,
): Output | Promise<Output> {
  const { stacks } = state.services;
  const name = stackName(input.StackName);
  const standing = stacks.tryFind(caller, name);
  const { ClientRequestToken: token } = input;
  const asked = token === undefined ? undefined : fingerprintOf(input);
  if (standing !== undefined) {
    // Source: CreateStack, ClientRequestToken: a retry makes no other stack. Assumed: what another request is told.
    if (asked !== undefined && standing.createdBy === asked) {
      return { StackId: standing.id };
    }
    throw new AwsFault('AlreadyExistsException', `Stack [${name}] already exists`);
  }
  refuseNoPolicy(input.StackPolicyBody);
  const onFailure = onFailureOf(input.OnFailure, input.DisableRollback);
  const { design } = designOf(state, caller, name, input);
  const stack = stacks.add(caller, name);
  stack.createdBy = asked;
  stack.terminationProtection = input.EnableTerminationProtection ?? false;
  stack.disableRollback = input.DisableRollback ?? false;
  stack.timeoutMinutes = input.TimeoutInMinutes;
  stack.policyText = input.StackPolicyBody;
  stack.authority = authorityOf(caller, design.roleArn);
  const how = { token, onFailure, discardsNew: input.RetainExceptOnCreate };
  const made = start(create(state, stack, design, how));
  const answer = { StackId: stack.id };
  return made instanceof Promise ? made.then(() => answer) : answer;
}
