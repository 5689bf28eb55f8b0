/**
 * ListLegalHolds.
 *
 * Source   B5.4/1, B1.2 (MaxResults).
 */
import type { ListLegalHoldsInput, ListLegalHoldsOutput } from '@aws-sdk/client-backup';
import type { WorldState } from '../../domain/world-state';
import { dateOf } from '../../kernel/instant';
import type { Caller } from '../caller';
import { pageOf } from '../page';
import { given, toDate } from './shapes';

export function listLegalHolds(state: WorldState, caller: Caller, input: ListLegalHoldsInput): ListLegalHoldsOutput {
  const { items, nextToken } = pageOf(state.holds.list(caller), input.MaxResults, input.NextToken, {
    service: 'backup',
    operation: 'ListLegalHolds',
    keyOf: ({ arn }) => arn,
  });
  const holds = items.map((hold) =>
    given({
      Title: hold.made.title,
      Status: hold.status,
      Description: hold.made.description,
      LegalHoldId: hold.id,
      LegalHoldArn: hold.arn,
      CreationDate: dateOf(hold.createdAt),
      CancellationDate: toDate(hold.canceledAt),
    }),
  );
  return given({ LegalHolds: holds, NextToken: nextToken });
}
