/**
 * DescribeStackResources: of a stack, or of the stack that a resource belongs to.
 *
 * Source   API of CloudFormation 2010-05-15, DescribeStackResources.
 */
import type {
  DescribeStackResourcesCommandInput,
  DescribeStackResourcesCommandOutput,
} from '@aws-sdk/client-cloudformation';
import type { WorldState } from '../../domain/world-state';
import { showResource } from '../../provision/show-stack';
import { findStack } from '../../provision/stack-calls';
import type { Caller } from '../caller';
import { AwsFault } from '../fault';

export function describeStackResources(
  state: WorldState,
  caller: Caller,
  input: DescribeStackResourcesCommandInput,
): Omit<DescribeStackResourcesCommandOutput, '$metadata'> {
  const { StackName, PhysicalResourceId: physicalId, LogicalResourceId: logicalId } = input;
  const stack =
    StackName === undefined
      ? state.services.stacks
          .standing(caller)
          .find((one) => one.standing().some((made) => made.physicalId === physicalId))
      : findStack(state, caller, StackName);
  if (stack === undefined) {
    throw new AwsFault('ValidationError', `Stack for ${physicalId} does not exist`);
  }
  const resources = [...stack.resources.values()].filter((one) => (logicalId ?? one.logicalId) === one.logicalId);
  return { StackResources: resources.map((one) => showResource(stack, one)) };
}
