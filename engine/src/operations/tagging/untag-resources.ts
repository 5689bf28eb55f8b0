/**
 * UntagResources.
 *
 * Source   Resource Groups Tagging API 2017-01-26: what cannot be untagged is in FailedResourcesMap.
 */
import type {
  UntagResourcesCommandInput,
  UntagResourcesCommandOutput,
} from '@aws-sdk/client-resource-groups-tagging-api';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { retagByArn } from '../tagging';

export function untagResources(
  state: WorldState,
  caller: Caller,
  { ResourceARNList: arns = [], TagKeys: keys = [] }: UntagResourcesCommandInput,
): Omit<UntagResourcesCommandOutput, '$metadata'> {
  const left = (tags: Readonly<Record<string, string>>) =>
    Object.fromEntries(Object.entries(tags).filter(([key]) => !keys.includes(key)));
  return { FailedResourcesMap: retagByArn(state, caller, arns, left) };
}
