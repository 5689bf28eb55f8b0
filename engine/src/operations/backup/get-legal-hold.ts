/**
 * GetLegalHold.
 *
 * Source   B5.4/1, B5.4/4.
 */
import type { GetLegalHoldInput, GetLegalHoldOutput } from '@aws-sdk/client-backup';
import type { WorldState } from '../../domain/world-state';
import { dateOf } from '../../kernel/instant';
import type { Caller } from '../caller';
import { findHold, fromHoldSelection } from '../find-hold';
import { given, toDate } from './shapes';

export function getLegalHold(state: WorldState, caller: Caller, input: GetLegalHoldInput): GetLegalHoldOutput {
  const hold = findHold(state, caller, input.LegalHoldId);
  return given({
    Title: hold.made.title,
    Status: hold.status,
    Description: hold.made.description,
    CancelDescription: hold.cancelDescription,
    LegalHoldId: hold.id,
    LegalHoldArn: hold.arn,
    CreationDate: dateOf(hold.createdAt),
    CancellationDate: toDate(hold.canceledAt),
    RetainRecordUntil: toDate(hold.retainedUntil),
    RecoveryPointSelection: fromHoldSelection(hold.made.selection),
  });
}
