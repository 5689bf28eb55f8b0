/**
 * ListStacks: those that were deleted, too.
 *
 * Source   API of CloudFormation 2010-05-15, ListStacks.
 */
import type { ListStacksCommandInput, ListStacksCommandOutput } from '@aws-sdk/client-cloudformation';
import type { WorldState } from '../../domain/world-state';
import { showSummary } from '../../provision/show-stack';
import { given } from '../backup/shapes';
import type { Caller } from '../caller';
import { pageOf } from '../page';

/** How many stacks a page has. */
const PAGE = 100;

export function listStacks(
  state: WorldState,
  caller: Caller,
  input: ListStacksCommandInput,
): Omit<ListStacksCommandOutput, '$metadata'> {
  const wanted = new Set<string>(input.StackStatusFilter ?? []);
  const stacks = state.services.stacks.all(caller).filter(({ status }) => wanted.size === 0 || wanted.has(status));
  const page = pageOf(stacks, PAGE, input.NextToken, {
    service: 'cloudformation',
    operation: 'ListStacks',
    keyOf: ({ id }) => id,
  });
  return given({ StackSummaries: page.items.map(showSummary), NextToken: page.nextToken });
}
