/**
 * DescribeStackSet.
 *
 * Source   API of CloudFormation 2010-05-15, DescribeStackSet.
 */
import type { DescribeStackSetCommandInput, DescribeStackSetCommandOutput } from '@aws-sdk/client-cloudformation';
import type { WorldState } from '../../domain/world-state';
import { showStackSet } from '../../provision/show-stack-set';
import { findStackSet } from '../../provision/stack-set-runs';
import type { Caller } from '../caller';

export function describeStackSet(
  state: WorldState,
  caller: Caller,
  input: DescribeStackSetCommandInput,
): Omit<DescribeStackSetCommandOutput, '$metadata'> {
  return { StackSet: showStackSet(findStackSet(state, caller, input.StackSetName)) };
}
