/**
 * DetectStackResourceDrift.
 *
 * Source   API of CloudFormation 2010-05-15, DetectStackResourceDrift: of one resource, whose type must have drift.
 */
import type {
  DetectStackResourceDriftCommandInput,
  DetectStackResourceDriftCommandOutput,
} from '@aws-sdk/client-cloudformation';
import type { WorldState } from '../../domain/world-state';
import { driftOf } from '../../provision/drift';
import { hasReader } from '../../provision/actual';
import { showResourceDrift } from '../../provision/show-drift';
import { findStandingStack } from '../../provision/stack-calls';
import type { Caller } from '../caller';
import { AwsFault } from '../fault';

export function detectStackResourceDrift(
  state: WorldState,
  caller: Caller,
  { StackName, LogicalResourceId }: DetectStackResourceDriftCommandInput,
): Omit<DetectStackResourceDriftCommandOutput, '$metadata'> {
  const stack = findStandingStack(state, caller, StackName);
  const line = stack.resources.get(LogicalResourceId ?? '');
  if (line?.made === undefined) {
    throw new AwsFault('ValidationError', `Resource ${LogicalResourceId} does not exist for stack ${stack.name}`);
  }
  if (!hasReader(line.type)) {
    throw new AwsFault('ValidationError', `Drift detection is not supported for resource type ${line.type}`);
  }
  line.drift = driftOf(state, stack, line.made);
  return { StackResourceDrift: showResourceDrift(stack, line, line.drift) };
}
