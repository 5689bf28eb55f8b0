/**
 * SetStackPolicy: kept and shown; an update does not ask it.
 *
 * Source   API of CloudFormation 2010-05-15, SetStackPolicy.
 */
import type { SetStackPolicyCommandInput } from '@aws-sdk/client-cloudformation';
import type { WorldState } from '../../domain/world-state';
import { findStandingStack } from '../../provision/stack-calls';
import type { Caller } from '../caller';
import { AwsFault } from '../fault';

export function setStackPolicy(state: WorldState, caller: Caller, input: SetStackPolicyCommandInput): void {
  const stack = findStandingStack(state, caller, input.StackName);
  if (input.StackPolicyBody === undefined) {
    throw new AwsFault('ValidationError', 'NotEmulated: stack policies in buckets are not read');
  }
  try {
    JSON.parse(input.StackPolicyBody);
  } catch {
    throw new AwsFault('ValidationError', 'Error validating stack policy: Invalid stack policy');
  }
  stack.policyText = input.StackPolicyBody;
}
