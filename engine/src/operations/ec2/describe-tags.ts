/**
 * DescribeTags.
 *
 * Source   EC2 API reference.
 */
import type { DescribeTagsCommandInput, DescribeTagsCommandOutput } from '@aws-sdk/client-ec2';
import type { WorldState } from '../../domain/world-state';
import { given } from '../backup/shapes';
import type { Caller } from '../caller';
import { ec2Tagged } from '../ec2-tags';
import { matching } from '../filters';
import { pageOf } from '../page';
import { tagList } from '../stateful';

export function describeTags(
  state: WorldState,
  caller: Caller,
  { Filters, MaxResults, NextToken }: DescribeTagsCommandInput,
): Omit<DescribeTagsCommandOutput, '$metadata'> {
  const all = ec2Tagged(state, caller).flatMap(({ id, type, tags }) =>
    tagList(tags).map((tag) => ({ ...tag, ResourceId: id, ResourceType: type })),
  );
  const found = matching(all, Filters, (tag) => ({
    key: tag.Key,
    value: tag.Value,
    'resource-id': tag.ResourceId,
    'resource-type': tag.ResourceType,
  }));
  const page = pageOf(found, MaxResults, NextToken, {
    service: 'ec2',
    operation: 'DescribeTags',
    keyOf: ({ ResourceId, Key }) => `${ResourceId} ${Key}`,
  });
  return given({ Tags: page.items, NextToken: page.nextToken });
}
