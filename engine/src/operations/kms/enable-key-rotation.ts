/**
 * EnableKeyRotation: every year unless told otherwise; the material of AWS KMS symmetric keys alone.
 *
 * Source   KMS API reference, EnableKeyRotation.
 */
import type { EnableKeyRotationCommandInput } from '@aws-sdk/client-kms';
import { BackupKeyRules } from '@holdfast/model';
import { refuseUnrotatable } from '../key-rotation';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { AwsFault } from '../fault';
import { findCustomerKey } from '../find-key';
import { WIRE } from '../refuse';

export function enableKeyRotation(state: WorldState, caller: Caller, input: EnableKeyRotationCommandInput): void {
  const key = findCustomerKey(state, caller, input.KeyId);
  refuseUnrotatable(key);
  const days = input.RotationPeriodInDays ?? key.rotationDays;
  const finding = BackupKeyRules.check({ env: key.made.env, rotationPeriodInDays: days }, '', WIRE)[0];
  if (finding !== undefined) {
    // Assumed: the text.
    throw new AwsFault('ValidationException', `${finding.path} ${finding.message}`);
  }
  key.rotatesFrom ??= state.now;
  key.rotationDays = days;
}
