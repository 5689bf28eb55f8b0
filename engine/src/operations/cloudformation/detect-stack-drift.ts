/**
 * DetectStackDrift.
 *
 * Source   API of CloudFormation 2010-05-15, DetectStackDrift: it is found when the call returns (Assumed).
 */
import type { DetectStackDriftCommandInput, DetectStackDriftCommandOutput } from '@aws-sdk/client-cloudformation';
import type { WorldState } from '../../domain/world-state';
import { detectDrift } from '../../provision/drift';
import { findStandingStack, refuseStatus } from '../../provision/stack-calls';
import type { Caller } from '../caller';

/** Source: DetectStackDrift: from these alone. */
export const SETTLED = /^(CREATE|UPDATE|UPDATE_ROLLBACK|IMPORT|IMPORT_ROLLBACK)_(COMPLETE|FAILED)$/;

export function detectStackDrift(
  state: WorldState,
  caller: Caller,
  { StackName, LogicalResourceIds = [] }: DetectStackDriftCommandInput,
): Omit<DetectStackDriftCommandOutput, '$metadata'> {
  const stack = findStandingStack(state, caller, StackName);
  refuseStatus(stack, SETTLED, 'checked for drift');
  return { StackDriftDetectionId: detectDrift(state, stack, LogicalResourceIds).id };
}
