/**
 * DescribeStacks: one by name or id, or all that stand.
 *
 * Source   API of CloudFormation 2010-05-15, DescribeStacks.
 */
import type { DescribeStacksCommandInput, DescribeStacksCommandOutput } from '@aws-sdk/client-cloudformation';
import type { WorldState } from '../../domain/world-state';
import { showStack } from '../../provision/show-stack';
import { findStack } from '../../provision/stack-calls';
import { given } from '../backup/shapes';
import type { Caller } from '../caller';
import { pageOf } from '../page';

export function describeStacks(
  state: WorldState,
  caller: Caller,
  input: DescribeStacksCommandInput,
): Omit<DescribeStacksCommandOutput, '$metadata'> {
  if (input.StackName !== undefined) {
    return { Stacks: [showStack(findStack(state, caller, input.StackName))] };
  }
  const page = pageOf(state.services.stacks.standing(caller), undefined, input.NextToken, {
    service: 'cloudformation',
    operation: 'DescribeStacks',
    keyOf: ({ id }) => id,
  });
  return given({ Stacks: page.items.map(showStack), NextToken: page.nextToken });
}
