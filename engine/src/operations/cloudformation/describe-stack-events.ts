/**
 * DescribeStackEvents: latest first, those of deleted stacks by their id.
 *
 * Source   API of CloudFormation 2010-05-15, DescribeStackEvents.
 */
import type { DescribeStackEventsCommandInput, DescribeStackEventsCommandOutput } from '@aws-sdk/client-cloudformation';
import type { WorldState } from '../../domain/world-state';
import { showEvent } from '../../provision/show-stack';
import { given } from '../backup/shapes';
import type { Caller } from '../caller';
import { AwsFault } from '../fault';
import { pageOf } from '../page';

/** How many events a page has. */
const PAGE = 100;

export function describeStackEvents(
  state: WorldState,
  caller: Caller,
  input: DescribeStackEventsCommandInput,
): Omit<DescribeStackEventsCommandOutput, '$metadata'> {
  const stack = state.services.stacks.tryFind(caller, input.StackName ?? '');
  if (stack === undefined) {
    throw new AwsFault('ValidationError', `Stack [${input.StackName}] does not exist`);
  }
  const page = pageOf([...stack.events].reverse(), PAGE, input.NextToken, {
    service: 'cloudformation',
    operation: 'DescribeStackEvents',
    parent: stack.id,
    keyOf: ({ id }) => id,
  });
  return given({ StackEvents: page.items.map((event) => showEvent(stack, event)), NextToken: page.nextToken });
}
