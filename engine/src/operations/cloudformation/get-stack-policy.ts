/**
 * GetStackPolicy.
 *
 * Source   API of CloudFormation 2010-05-15, GetStackPolicy.
 */
import type { GetStackPolicyCommandInput, GetStackPolicyCommandOutput } from '@aws-sdk/client-cloudformation';
import type { WorldState } from '../../domain/world-state';
import { findStandingStack } from '../../provision/stack-calls';
import { given } from '../backup/shapes';
import type { Caller } from '../caller';

export function getStackPolicy(
  state: WorldState,
  caller: Caller,
  input: GetStackPolicyCommandInput,
): Omit<GetStackPolicyCommandOutput, '$metadata'> {
  return given({ StackPolicyBody: findStandingStack(state, caller, input.StackName).policyText });
}
