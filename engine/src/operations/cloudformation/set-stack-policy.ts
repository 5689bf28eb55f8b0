/**
 * SetStackPolicy: every update asks it from now on.
 *
 * Source   API of CloudFormation 2010-05-15, SetStackPolicy.
 */
import type { SetStackPolicyCommandInput } from '@aws-sdk/client-cloudformation';
import type { WorldState } from '../../domain/world-state';
import { findStandingStack, refuseNoPolicy, templateAt } from '../../provision/stack-calls';
import type { Caller } from '../caller';
import { AwsFault } from '../fault';

export function setStackPolicy(state: WorldState, caller: Caller, input: SetStackPolicyCommandInput): void {
  const stack = findStandingStack(state, caller, input.StackName);
  const { StackPolicyBody, StackPolicyURL } = input;
  if ((StackPolicyBody === undefined) === (StackPolicyURL === undefined)) {
    throw new AwsFault('ValidationError', 'You must specify either StackPolicyBody or StackPolicyURL, and not both.');
  }
  const text = StackPolicyBody ?? templateAt(state, caller, StackPolicyURL ?? '');
  refuseNoPolicy(text);
  stack.policyText = text;
}
