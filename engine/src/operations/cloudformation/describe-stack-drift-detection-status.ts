/**
 * DescribeStackDriftDetectionStatus.
 *
 * Source   API of CloudFormation 2010-05-15, DescribeStackDriftDetectionStatus.
 */
import type {
  DescribeStackDriftDetectionStatusCommandInput,
  DescribeStackDriftDetectionStatusCommandOutput,
} from '@aws-sdk/client-cloudformation';
import type { WorldState } from '../../domain/world-state';
import { dateOf } from '../../kernel/instant';
import type { Caller } from '../caller';
import { AwsFault } from '../fault';

export function describeStackDriftDetectionStatus(
  state: WorldState,
  caller: Caller,
  { StackDriftDetectionId }: DescribeStackDriftDetectionStatusCommandInput,
): Omit<DescribeStackDriftDetectionStatusCommandOutput, '$metadata'> {
  const stacks = state.services.stacks.all(caller);
  for (const stack of stacks) {
    const found = stack.detections.find(({ id }) => id === StackDriftDetectionId);
    if (found !== undefined) {
      return {
        StackId: stack.id,
        StackDriftDetectionId: found.id,
        StackDriftStatus: found.drifted === 0 ? 'IN_SYNC' : 'DRIFTED',
        DetectionStatus: 'DETECTION_COMPLETE',
        DriftedStackResourceCount: found.drifted,
        Timestamp: dateOf(found.at),
      };
    }
  }
  throw new AwsFault('ValidationError', `Drift detection ${StackDriftDetectionId} does not exist`);
}
