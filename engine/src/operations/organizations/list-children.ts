/**
 * ListChildren: accounts or units right below a parent.
 *
 * Source   API reference of AWS Organizations, ListChildren.
 */
import type { ListChildrenCommandInput, ListChildrenCommandOutput } from '@aws-sdk/client-organizations';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { given } from '../backup/shapes';
import { findAdministered, findParent } from '../find-organization';
import { required } from '../find-vault';
import { pageOf } from '../page';

export function listChildren(
  state: WorldState,
  caller: Caller,
  input: ListChildrenCommandInput,
): Omit<ListChildrenCommandOutput, '$metadata'> {
  const parent = findParent(findAdministered(state, caller), input.ParentId);
  const kind = required(input.ChildType, 'ChildType');
  const children = parent.children.filter((one) => one.kind === kind).map(({ id }) => ({ Id: id, Type: kind }));
  const page = pageOf(children, input.MaxResults, input.NextToken, {
    service: 'organizations',
    operation: 'ListChildren',
    parent: `${parent.id} ${kind}`,
    keyOf: ({ Id }) => Id,
  });
  return given({ Children: page.items, NextToken: page.nextToken });
}
