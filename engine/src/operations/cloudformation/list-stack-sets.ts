/**
 * ListStackSets of an account and Region, by name.
 *
 * Source   API of CloudFormation 2010-05-15, ListStackSets.
 */
import type { ListStackSetsCommandInput, ListStackSetsCommandOutput } from '@aws-sdk/client-cloudformation';
import type { WorldState } from '../../domain/world-state';
import { given } from '../backup/shapes';
import type { Caller } from '../caller';
import { pageOf } from '../page';

export function listStackSets(
  state: WorldState,
  caller: Caller,
  input: ListStackSetsCommandInput,
): Omit<ListStackSetsCommandOutput, '$metadata'> {
  // Those that were deleted are gone.
  const sets = input.Status === 'DELETED' ? [] : state.services.stackSets.shelf.list(caller);
  const page = pageOf(sets, input.MaxResults, input.NextToken, {
    service: 'cloudformation',
    operation: 'ListStackSets',
    keyOf: ({ id }) => id,
  });
  const Summaries = page.items.map(({ name, id, design }) =>
    given({
      StackSetName: name,
      StackSetId: id,
      Description: design.description,
      Status: 'ACTIVE' as const,
      PermissionModel: design.permissionModel,
    }),
  );
  return given({ Summaries, NextToken: page.nextToken });
}
