/**
 * ListRoleTags.
 *
 * Source   IAM API reference, ListRoleTags.
 */
import type { ListRoleTagsCommandInput, ListRoleTagsCommandOutput } from '@aws-sdk/client-iam';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { given } from '../backup/shapes';
import { findRole } from '../find-identity';
import { pageOf } from '../page';
import { tagList } from '../tag-map';

export function listRoleTags(
  state: WorldState,
  caller: Caller,
  input: ListRoleTagsCommandInput,
): Omit<ListRoleTagsCommandOutput, '$metadata'> {
  const page = pageOf(tagList(findRole(state, caller, input.RoleName).tags), input.MaxItems, input.Marker, {
    service: 'iam',
    operation: 'ListRoleTags',
    parent: input.RoleName,
    keyOf: ({ Key }) => Key,
  });
  return given({ Tags: page.items, IsTruncated: page.nextToken !== undefined, Marker: page.nextToken });
}
