/**
 * TagResources.
 *
 * Source   Resource Groups Tagging API 2017-01-26: what cannot be tagged is in FailedResourcesMap, the rest is tagged.
 */
import type { TagResourcesCommandInput, TagResourcesCommandOutput } from '@aws-sdk/client-resource-groups-tagging-api';
import { TagRules } from '@holdfast/model';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { AwsFault } from '../fault';
import { retagByArn } from '../tagging';

export function tagResources(
  state: WorldState,
  caller: Caller,
  { ResourceARNList: arns = [], Tags = {} }: TagResourcesCommandInput,
): Omit<TagResourcesCommandOutput, '$metadata'> {
  if (Object.keys(Tags).some((key) => TagRules.isReserved(key))) {
    throw new AwsFault('InvalidParameterException', 'Tag keys that begin with aws: are reserved');
  }
  return { FailedResourcesMap: retagByArn(state, caller, arns, (tags) => ({ ...tags, ...Tags })) };
}
