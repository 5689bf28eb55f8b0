/**
 * SignalResource: a resource that waits for signals has one more.
 *
 * Source   API of CloudFormation 2010-05-15, SignalResource: for what has a creation policy; each signal has an id of its own, and
 *          is shown among the events. The text of what cannot be signaled is AWS's, of a stack; of a resource it is Assumed.
 */
import type { SignalResourceCommandInput } from '@aws-sdk/client-cloudformation';
import type { Signal } from '../../domain/stack-waits';
import type { WorldState } from '../../domain/world-state';
import { findStandingStack } from '../../provision/stack-calls';
import type { Caller } from '../caller';
import { AwsFault } from '../fault';

export function signalResource(
  state: WorldState,
  caller: Caller,
  input: SignalResourceCommandInput,
): void | Promise<void> {
  const { StackName, LogicalResourceId: logicalId = '', UniqueId: uniqueId = '', Status: status } = input;
  const stack = findStandingStack(state, caller, StackName);
  const { stacks } = state.services;
  if (status !== 'SUCCESS' && status !== 'FAILURE') {
    const why = `Value '${status}' at 'status' failed to satisfy constraint: Member must satisfy enum value set`;
    throw new AwsFault('ValidationError', `1 validation error detected: ${why}: [FAILURE, SUCCESS]`);
  }
  const line = stack.resources.get(logicalId);
  if (line === undefined) {
    throw new AwsFault('ValidationError', `Resource ${logicalId} does not exist for stack ${stack.name}`);
  }
  if (!stack.status.endsWith('_IN_PROGRESS')) {
    throw new AwsFault('ValidationError', `Stack ${stack.id} is in ${stack.status} state and cannot be signaled`);
  }
  const wait = stacks.waits.tryFind(stack, logicalId);
  if (wait === undefined) {
    throw new AwsFault('ValidationError', `Resource ${logicalId} is in ${line.status} state and cannot be signaled`);
  }
  if (wait.signals.has(uniqueId)) {
    return undefined;
  }
  const signal: Signal = { uniqueId, status };
  wait.signals.set(uniqueId, signal);
  const reason = `Received ${status} signal with UniqueId ${uniqueId}`;
  stacks.moveResource(stack, line, 'CREATE_IN_PROGRESS', { reason });
  const more = stacks.waits.came(wait.signals);
  return more instanceof Promise ? more.then(() => undefined) : undefined;
}
