/**
 * DescribeStackResource.
 *
 * Source   API of CloudFormation 2010-05-15, DescribeStackResource.
 */
import type {
  DescribeStackResourceCommandInput,
  DescribeStackResourceCommandOutput,
} from '@aws-sdk/client-cloudformation';
import type { WorldState } from '../../domain/world-state';
import { showResourceDetail } from '../../provision/show-stack';
import { findStack } from '../../provision/stack-calls';
import type { Caller } from '../caller';
import { AwsFault } from '../fault';

export function describeStackResource(
  state: WorldState,
  caller: Caller,
  input: DescribeStackResourceCommandInput,
): Omit<DescribeStackResourceCommandOutput, '$metadata'> {
  const stack = findStack(state, caller, input.StackName);
  const resource = stack.resources.get(input.LogicalResourceId ?? '');
  if (resource === undefined) {
    const what = `Resource ${input.LogicalResourceId} does not exist for stack ${input.StackName}`;
    throw new AwsFault('ValidationError', what);
  }
  return { StackResourceDetail: showResourceDetail(stack, resource) };
}
