/**
 * GetGroup, with its members.
 *
 * Source   IAM API reference, GetGroup.
 */
import type { GetGroupCommandInput, GetGroupCommandOutput } from '@aws-sdk/client-iam';
import { given } from '../backup/shapes';
import { pageOf } from '../page';
import { findGroup } from '../find-identity';
import { showGroup, showUser } from '../show-identity';
import { sortedBy } from '../../kernel/order';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';

export function getGroup(
  state: WorldState,
  caller: Caller,
  input: GetGroupCommandInput,
): Omit<GetGroupCommandOutput, '$metadata'> {
  const group = findGroup(state, caller, input.GroupName);
  const page = pageOf(
    sortedBy(group.members, ({ arn }) => arn),
    input.MaxItems,
    input.Marker,
    {
      service: 'iam',
      operation: 'GetGroup',
      parent: input.GroupName,
      keyOf: ({ arn }) => arn,
    },
  );
  return given({
    Group: showGroup(group),
    Users: page.items.map(showUser),
    IsTruncated: page.nextToken !== undefined,
    Marker: page.nextToken,
  });
}
