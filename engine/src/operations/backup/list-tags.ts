/**
 * ListTags, by key.
 *
 * Source   API of AWS Backup. Assumed: pages are of keys in ascending order.
 */
import type { ListTagsInput, ListTagsOutput } from '@aws-sdk/client-backup';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { pageOf } from '../page';
import { findTagged } from '../tagged';
import { given } from './shapes';

export function listTags(state: WorldState, caller: Caller, input: ListTagsInput): ListTagsOutput {
  const { tags } = findTagged(state, caller, input.ResourceArn);
  const sorted = Object.entries(tags).sort(([a], [b]) => (a < b ? -1 : 1));
  const { items, nextToken } = pageOf(sorted, input.MaxResults, input.NextToken, {
    service: 'backup',
    operation: 'ListTags',
    parent: input.ResourceArn,
    keyOf: ([key]) => key,
  });
  return given({ Tags: Object.fromEntries(items), NextToken: nextToken });
}
