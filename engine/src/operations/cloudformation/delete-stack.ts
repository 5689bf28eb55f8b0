/**
 * DeleteStack: a stack that does not exist is deleted, too.
 *
 * Source   API of CloudFormation 2010-05-15, DeleteStack.
 */
import type { DeleteStackCommandInput } from '@aws-sdk/client-cloudformation';
import type { WorldState } from '../../domain/world-state';
import { authorityOf } from '../../provision/authority';
import { deleteStack as remove } from '../../provision/stack-lifecycle';
import { start } from '../../provision/work';
import type { Caller } from '../caller';
import { AwsFault } from '../fault';

export function deleteStack(state: WorldState, caller: Caller, input: DeleteStackCommandInput): void | Promise<void> {
  const stack = state.services.stacks.tryFind(caller, input.StackName ?? '');
  if (stack === undefined || stack.deletedAt !== undefined) {
    return undefined;
  }
  if (stack.terminationProtection) {
    const why = `Stack [${stack.name}] cannot be deleted while TerminationProtection is enabled`;
    throw new AwsFault('ValidationError', why);
  }
  if (stack.parent !== undefined && stack.parent.deletedAt === undefined) {
    // Assumed: the text.
    throw new AwsFault('ValidationError', `Stack [${stack.name}] is nested: delete its root stack instead`);
  }
  const retain = new Set(input.RetainResources ?? []);
  if (retain.size > 0 && stack.status !== 'DELETE_FAILED' && input.DeletionMode !== 'FORCE_DELETE_STACK') {
    const why = 'Invalid operation on stack. The specified resources to retain must be in a valid state';
    throw new AwsFault('ValidationError', `${why}: the stack is in ${stack.status}, not DELETE_FAILED.`);
  }
  stack.authority = authorityOf(caller, input.RoleARN ?? stack.design?.roleArn);
  const go = () => start(remove(state, stack, { token: input.ClientRequestToken, retain }));
  const wait = state.services.stacks.waits.of(stack);
  if (wait === undefined) {
    return go();
  }
  if (stack.status !== 'CREATE_IN_PROGRESS') {
    // Assumed: the text.
    throw new AwsFault('ValidationError', `Stack [${stack.name}] cannot be deleted while in status ${stack.status}`);
  }
  stack.deleting = true;
  const ended = wait.wake?.('cancelled');
  return ended instanceof Promise ? ended.then(go) : go();
}
