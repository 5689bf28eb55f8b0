/**
 * ScheduleKeyDeletion.
 *
 * Source   KMS API reference, ScheduleKeyDeletion: 7 to 30 days, 30 unless given; B13.
 */
import type { ScheduleKeyDeletionCommandInput, ScheduleKeyDeletionCommandOutput } from '@aws-sdk/client-kms';
import { BackupKeyRules } from '@holdfast/model';
import type { WorldState } from '../../domain/world-state';
import { dateOf, NEVER } from '../../kernel/instant';
import { given } from '../backup/shapes';
import type { Caller } from '../caller';
import { AwsFault } from '../fault';
import { findCustomerKey, refusePending } from '../find-key';
import { WIRE } from '../refuse';

export function scheduleKeyDeletion(
  state: WorldState,
  caller: Caller,
  input: ScheduleKeyDeletionCommandInput,
): Omit<ScheduleKeyDeletionCommandOutput, '$metadata'> {
  const key = findCustomerKey(state, caller, input.KeyId);
  const days = input.PendingWindowInDays ?? BackupKeyRules.PENDING_WINDOW_DAYS;
  const finding = BackupKeyRules.check({ env: key.made.env, pendingWindowInDays: days }, '', WIRE)[0];
  if (finding !== undefined) {
    throw new AwsFault('ValidationException', `${finding.path} ${finding.message}`);
  }
  refusePending(key);
  state.keys.scheduleDeletion(key, days);
  return given({
    KeyId: key.arn,
    DeletionDate: key.deletionAt === NEVER ? undefined : dateOf(key.deletionAt),
    KeyState: key.state as NonNullable<ScheduleKeyDeletionCommandOutput['KeyState']>,
    PendingWindowInDays: days,
  });
}
