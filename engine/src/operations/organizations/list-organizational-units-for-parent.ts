/**
 * ListOrganizationalUnitsForParent.
 *
 * Source   API reference of AWS Organizations, ListOrganizationalUnitsForParent.
 */
import type {
  ListOrganizationalUnitsForParentCommandInput,
  ListOrganizationalUnitsForParentCommandOutput,
} from '@aws-sdk/client-organizations';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { findAdministered, findParent } from '../find-organization';
import { pageOf } from '../page';
import { given } from '../backup/shapes';
import { showUnit } from '../show-organization';

export function listOrganizationalUnitsForParent(
  state: WorldState,
  caller: Caller,
  input: ListOrganizationalUnitsForParentCommandInput,
): Omit<ListOrganizationalUnitsForParentCommandOutput, '$metadata'> {
  const parent = findParent(findAdministered(state, caller), input.ParentId);
  const units = parent.children.filter((child) => child.kind === 'ORGANIZATIONAL_UNIT');
  const page = pageOf(units, input.MaxResults, input.NextToken, {
    service: 'organizations',
    operation: 'ListOrganizationalUnitsForParent',
    parent: parent.id,
    keyOf: ({ id }) => id,
  });
  return given({ OrganizationalUnits: page.items.map(showUnit), NextToken: page.nextToken });
}
