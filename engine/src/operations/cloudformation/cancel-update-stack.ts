/**
 * CancelUpdateStack: an update that waits for something is taken back.
 *
 * Source   API of CloudFormation 2010-05-15, CancelUpdateStack: from UPDATE_IN_PROGRESS alone.
 */
import type { CancelUpdateStackCommandInput } from '@aws-sdk/client-cloudformation';
import type { WorldState } from '../../domain/world-state';
import { findStandingStack } from '../../provision/stack-calls';
import type { Caller } from '../caller';
import { AwsFault } from '../fault';

export function cancelUpdateStack(
  state: WorldState,
  caller: Caller,
  input: CancelUpdateStackCommandInput,
): void | Promise<void> {
  const stack = findStandingStack(state, caller, input.StackName);
  if (stack.status !== 'UPDATE_IN_PROGRESS') {
    throw new AwsFault('ValidationError', 'CancelUpdateStack cannot be called from current stack status');
  }
  stack.cancelling = true;
  const ended = state.services.stacks.waits.of(stack)?.wake?.('cancelled');
  return ended instanceof Promise ? ended.then(() => undefined) : undefined;
}
