/**
 * ListInstanceProfileTags.
 *
 * Source   IAM API reference, ListInstanceProfileTags.
 */
import type { ListInstanceProfileTagsCommandInput, ListInstanceProfileTagsCommandOutput } from '@aws-sdk/client-iam';
import type { WorldState } from '../../domain/world-state';
import { given } from '../backup/shapes';
import type { Caller } from '../caller';
import { findProfile } from '../instance-profiles';
import { pageOf } from '../page';
import { tagList } from '../tag-list';

export function listInstanceProfileTags(
  state: WorldState,
  caller: Caller,
  input: ListInstanceProfileTagsCommandInput,
): Omit<ListInstanceProfileTagsCommandOutput, '$metadata'> {
  const page = pageOf(
    tagList(findProfile(state, caller, input.InstanceProfileName).tags),
    input.MaxItems,
    input.Marker,
    {
      service: 'iam',
      operation: 'ListInstanceProfileTags',
      parent: input.InstanceProfileName,
      keyOf: ({ Key }) => Key,
    },
  );
  return given({ Tags: page.items, IsTruncated: page.nextToken !== undefined, Marker: page.nextToken });
}
