/**
 * DescribeStackSetOperation.
 *
 * Source   API of CloudFormation 2010-05-15, DescribeStackSetOperation.
 */
import type {
  DescribeStackSetOperationCommandInput,
  DescribeStackSetOperationCommandOutput,
} from '@aws-sdk/client-cloudformation';
import type { WorldState } from '../../domain/world-state';
import { showOperation } from '../../provision/show-stack-set';
import { findOperation, findStackSet } from '../../provision/stack-set-runs';
import type { Caller } from '../caller';

export function describeStackSetOperation(
  state: WorldState,
  caller: Caller,
  input: DescribeStackSetOperationCommandInput,
): Omit<DescribeStackSetOperationCommandOutput, '$metadata'> {
  const set = findStackSet(state, caller, input.StackSetName);
  return { StackSetOperation: showOperation(set, findOperation(set, input.OperationId)) };
}
