/**
 * GetTagKeys.
 *
 * Source   Resource Groups Tagging API 2017-01-26.
 */
import type { GetTagKeysCommandInput, GetTagKeysCommandOutput } from '@aws-sdk/client-resource-groups-tagging-api';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { pageOf } from '../page';
import { taggedResources } from '../tagged-resources';

export function getTagKeys(
  state: WorldState,
  caller: Caller,
  { PaginationToken: token }: GetTagKeysCommandInput,
): Omit<GetTagKeysCommandOutput, '$metadata'> {
  const keys = new Set(taggedResources(state, caller).flatMap(({ tags }) => Object.keys(tags)));
  const page = pageOf([...keys].sort(), undefined, token === '' ? undefined : token, {
    service: 'tagging',
    operation: 'GetTagKeys',
    keyOf: (one) => one,
  });
  return { TagKeys: page.items, PaginationToken: page.nextToken ?? '' };
}
