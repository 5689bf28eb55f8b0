/**
 * ListStackResources.
 *
 * Source   API of CloudFormation 2010-05-15, ListStackResources.
 */
import type { ListStackResourcesCommandInput, ListStackResourcesCommandOutput } from '@aws-sdk/client-cloudformation';
import type { WorldState } from '../../domain/world-state';
import { showResourceSummary } from '../../provision/show-stack';
import { findStack } from '../../provision/stack-calls';
import { given } from '../backup/shapes';
import type { Caller } from '../caller';
import { pageOf } from '../page';

/** How many resources a page has. */
const PAGE = 100;

export function listStackResources(
  state: WorldState,
  caller: Caller,
  input: ListStackResourcesCommandInput,
): Omit<ListStackResourcesCommandOutput, '$metadata'> {
  const stack = findStack(state, caller, input.StackName);
  const page = pageOf([...stack.resources.values()], PAGE, input.NextToken, {
    service: 'cloudformation',
    operation: 'ListStackResources',
    parent: stack.id,
    keyOf: ({ logicalId }) => logicalId,
  });
  const StackResourceSummaries = page.items.map((one) => showResourceSummary(stack, one));
  return given({ StackResourceSummaries, NextToken: page.nextToken });
}
