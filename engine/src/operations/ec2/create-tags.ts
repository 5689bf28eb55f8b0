/**
 * CreateTags.
 *
 * Source   EC2 API reference. Tags of `aws:` are AWS's own.
 */
import type { CreateTagsCommandInput, CreateTagsCommandOutput } from '@aws-sdk/client-ec2';
import { TagRules } from '@holdfast/model';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { findEc2Tagged } from '../ec2-tags';
import { AwsFault } from '../fault';
import { tagMap } from '../stateful';

export function createTags(
  state: WorldState,
  caller: Caller,
  { Resources: ids = [], Tags }: CreateTagsCommandInput,
): Omit<CreateTagsCommandOutput, '$metadata'> {
  const added = tagMap(Tags);
  if (Object.keys(added).some((key) => TagRules.isReserved(key))) {
    throw new AwsFault('InvalidParameterValue', "Tag keys starting with 'aws:' are reserved for internal use");
  }
  for (const tagged of ids.map((id) => findEc2Tagged(state, caller, id))) {
    tagged.put({ ...tagged.tags, ...added });
  }
  return {};
}
