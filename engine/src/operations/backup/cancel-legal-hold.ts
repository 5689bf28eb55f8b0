/**
 * CancelLegalHold.
 *
 * Source   B5.4/4.
 */
import type { CancelLegalHoldInput, CancelLegalHoldOutput } from '@aws-sdk/client-backup';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { AwsFault } from '../fault';
import { required } from '../find-vault';
import { findHold } from '../find-hold';

/** Source B5.4/4: how long the record of a canceled hold is kept. */
const RETAINED_DAYS = 180;

export function cancelLegalHold(state: WorldState, caller: Caller, input: CancelLegalHoldInput): CancelLegalHoldOutput {
  const hold = findHold(state, caller, input.LegalHoldId);
  const description = required(input.CancelDescription, 'CancelDescription');
  if (hold.status !== 'ACTIVE') {
    // Assumed: the text.
    throw new AwsFault('InvalidResourceStateException', `Legal hold is ${hold.status} and cannot be canceled.`);
  }
  const days = input.RetainRecordInDays ?? RETAINED_DAYS;
  if (!(days >= 0)) {
    throw new AwsFault('InvalidParameterValueException', `RetainRecordInDays must be 0 or more, got ${days}`);
  }
  state.holds.cancel(hold, description, days);
  return {};
}
