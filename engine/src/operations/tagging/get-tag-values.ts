/**
 * GetTagValues.
 *
 * Source   Resource Groups Tagging API 2017-01-26.
 */
import type { GetTagValuesCommandInput, GetTagValuesCommandOutput } from '@aws-sdk/client-resource-groups-tagging-api';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { pageOf } from '../page';
import { taggedResources } from '../tagged-resources';

export function getTagValues(
  state: WorldState,
  caller: Caller,
  { Key: key = '', PaginationToken: token }: GetTagValuesCommandInput,
): Omit<GetTagValuesCommandOutput, '$metadata'> {
  const values = new Set(taggedResources(state, caller).flatMap(({ tags }) => (key in tags ? [tags[key] ?? ''] : [])));
  const page = pageOf([...values].sort(), undefined, token === '' ? undefined : token, {
    service: 'tagging',
    operation: 'GetTagValues',
    parent: key,
    keyOf: (one) => one,
  });
  return { TagValues: page.items, PaginationToken: page.nextToken ?? '' };
}
