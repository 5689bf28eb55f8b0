/**
 * GetResources.
 *
 * Source   Resource Groups Tagging API 2017-01-26: what has tags; keys are joined by and, values by or; types as `ec2:volume` or
 *          `ec2`; 100 to a page.
 */
import type { GetResourcesCommandInput, GetResourcesCommandOutput } from '@aws-sdk/client-resource-groups-tagging-api';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { AwsFault } from '../fault';
import { pageOf } from '../page';
import { tagList } from '../stateful';
import { type TaggedByArn, taggedResources } from '../tagged-resources';

const MOST = 100;

export function getResources(
  state: WorldState,
  caller: Caller,
  input: GetResourcesCommandInput,
): Omit<GetResourcesCommandOutput, '$metadata'> {
  const { ResourceARNList: arns, TagFilters: filters = [], ResourceTypeFilters: types = [], PaginationToken } = input;
  if (arns !== undefined && (filters.length > 0 || types.length > 0)) {
    throw new AwsFault(
      'InvalidParameterException',
      'ResourceARNList cannot be given with TagFilters or ResourceTypeFilters',
    );
  }
  const size = input.ResourcesPerPage ?? MOST;
  if (size < 1 || size > MOST) {
    throw new AwsFault('InvalidParameterException', `ResourcesPerPage must be 1 to ${MOST}, got ${size}`);
  }
  const found = taggedResources(state, caller).filter(
    ({ arn, tags }) =>
      (Object.keys(tags).length > 0 || arns !== undefined) &&
      (arns?.includes(arn) ?? true) &&
      (types.length === 0 || types.some((type) => isOfType(arn, type))) &&
      filters.every(
        ({ Key = '', Values = [] }) => Key in tags && (Values.length === 0 || Values.includes(tags[Key] ?? '')),
      ),
  );
  const page = pageOf(found, size, PaginationToken === '' ? undefined : PaginationToken, {
    service: 'tagging',
    operation: 'GetResources',
    keyOf: ({ arn }) => arn,
  });
  const mapping = ({ arn, tags }: TaggedByArn) => ({ ResourceARN: arn, Tags: tagList(tags) });
  return { ResourceTagMappingList: page.items.map(mapping), PaginationToken: page.nextToken ?? '' };
}

/** Whether an ARN is of a service, or of a type of it. */
function isOfType(arn: string, type: string): boolean {
  const [service, kind] = type.split(':');
  const parts = arn.split(':');
  const resource = parts.slice(5).join(':');
  return parts[2] === service && (kind === undefined || resource.split(/[:/]/)[0] === kind);
}
