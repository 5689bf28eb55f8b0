/**
 * DeleteTags.
 *
 * Source   EC2 API reference: a tag given with a value goes where it has that value; no tags at all: every one of the user's.
 */
import type { DeleteTagsCommandInput, DeleteTagsCommandOutput } from '@aws-sdk/client-ec2';
import { TagRules } from '@holdfast/model';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { findEc2Tagged } from '../ec2-tags';

export function deleteTags(
  state: WorldState,
  caller: Caller,
  { Resources: ids = [], Tags: removed }: DeleteTagsCommandInput,
): Omit<DeleteTagsCommandOutput, '$metadata'> {
  for (const tagged of ids.map((id) => findEc2Tagged(state, caller, id))) {
    const left = Object.entries(tagged.tags).filter(([key, value]) =>
      removed === undefined
        ? TagRules.isReserved(key)
        : !removed.some((one) => one.Key === key && (one.Value === undefined || one.Value === value)),
    );
    tagged.put(Object.fromEntries(left));
  }
  return {};
}
