/**
 * UpdateStack: the stack is updated, or rolled back, when the call returns.
 *
 * Source   API of CloudFormation 2010-05-15, UpdateStack.
 */
import type { UpdateStackCommandInput, UpdateStackCommandOutput } from '@aws-sdk/client-cloudformation';
import type { WorldState } from '../../domain/world-state';
import { authorityOf } from '../../provision/authority';
import { preview } from '../../provision/preview';
import { designOf, findStandingStack, onFailureOf, refuseNoPolicy, refuseStatus } from '../../provision/stack-calls';
import { updateStack as update } from '../../provision/stack-lifecycle';
import { start } from '../../provision/work';
import type { Caller } from '../caller';
import { AwsFault } from '../fault';

type Output = Omit<UpdateStackCommandOutput, '$metadata'>;

/** Source: "Stack status codes": from which an update may begin. */
export const UPDATABLE = /^(CREATE|UPDATE|UPDATE_ROLLBACK|IMPORT|IMPORT_ROLLBACK)_COMPLETE$|^(CREATE|UPDATE)_FAILED$/;

export function updateStack(
  state: WorldState,
  caller: Caller,
  input: UpdateStackCommandInput,
): Output | Promise<Output> {
  const stack = findStandingStack(state, caller, input.StackName);
  refuseStatus(stack, UPDATABLE, 'updated');
  const onFailure = onFailureOf(undefined, input.DisableRollback);
  const { design, read } = designOf(state, caller, stack.name, input, stack.design);
  if (!preview(state, stack, design, read.template).differs) {
    throw new AwsFault('ValidationError', 'No updates are to be performed.');
  }
  // Source: StackPolicyDuringUpdateBody decides for this update alone.
  const policy = input.StackPolicyDuringUpdateBody ?? stack.policyText;
  refuseNoPolicy(input.StackPolicyBody);
  refuseNoPolicy(input.StackPolicyDuringUpdateBody);
  stack.policyText = input.StackPolicyBody ?? stack.policyText;
  stack.authority = authorityOf(caller, design.roleArn);
  const how = { token: input.ClientRequestToken, onFailure, policy, discardsNew: input.RetainExceptOnCreate };
  const made = start(update(state, stack, design, how));
  const answer = { StackId: stack.id };
  return made instanceof Promise ? made.then(() => answer) : answer;
}
