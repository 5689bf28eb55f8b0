/**
 * DescribeTags.
 *
 * Source   API of Redshift 2012-12-01. Of clusters.
 */
import type { DescribeTagsCommandInput, DescribeTagsCommandOutput } from '@aws-sdk/client-redshift';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { resourcesOf, tagList, tagsOf } from '../stateful';
import { findWarehouseByArn, WAREHOUSES } from '../warehouses';

export function describeTags(
  state: WorldState,
  caller: Caller,
  { ResourceName: arn, TagKeys = [], TagValues = [] }: DescribeTagsCommandInput,
): Omit<DescribeTagsCommandOutput, '$metadata'> {
  const asked = arn === undefined ? resourcesOf(state, caller, WAREHOUSES) : [findWarehouseByArn(state, caller, arn)];
  const all = asked.flatMap((one) =>
    tagList(tagsOf(one)).map((Tag) => ({ Tag, ResourceName: one.arn, ResourceType: 'cluster' })),
  );
  const found = all.filter(
    ({ Tag }) =>
      (TagKeys.length === 0 || TagKeys.includes(Tag.Key)) && (TagValues.length === 0 || TagValues.includes(Tag.Value)),
  );
  return { TaggedResources: found };
}
