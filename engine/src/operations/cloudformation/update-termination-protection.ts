/**
 * UpdateTerminationProtection.
 *
 * Source   API of CloudFormation 2010-05-15, UpdateTerminationProtection.
 */
import type {
  UpdateTerminationProtectionCommandInput,
  UpdateTerminationProtectionCommandOutput,
} from '@aws-sdk/client-cloudformation';
import type { WorldState } from '../../domain/world-state';
import { findStandingStack } from '../../provision/stack-calls';
import type { Caller } from '../caller';

export function updateTerminationProtection(
  state: WorldState,
  caller: Caller,
  input: UpdateTerminationProtectionCommandInput,
): Omit<UpdateTerminationProtectionCommandOutput, '$metadata'> {
  const stack = findStandingStack(state, caller, input.StackName);
  stack.terminationProtection = input.EnableTerminationProtection ?? false;
  return { StackId: stack.id };
}
