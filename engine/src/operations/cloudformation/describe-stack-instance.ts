/**
 * DescribeStackInstance.
 *
 * Source   API of CloudFormation 2010-05-15, DescribeStackInstance.
 */
import type {
  DescribeStackInstanceCommandInput,
  DescribeStackInstanceCommandOutput,
} from '@aws-sdk/client-cloudformation';
import type { WorldState } from '../../domain/world-state';
import { showInstance } from '../../provision/show-stack-set';
import { findInstance, findStackSet } from '../../provision/stack-set-runs';
import type { Caller } from '../caller';

export function describeStackInstance(
  state: WorldState,
  caller: Caller,
  input: DescribeStackInstanceCommandInput,
): Omit<DescribeStackInstanceCommandOutput, '$metadata'> {
  const set = findStackSet(state, caller, input.StackSetName);
  const { StackInstanceAccount: account = '', StackInstanceRegion: region = '' } = input;
  return { StackInstance: showInstance(set, findInstance(set, account, region)) };
}
