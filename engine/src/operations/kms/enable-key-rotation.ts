/**
 * EnableKeyRotation: every year unless told otherwise; the material of AWS KMS symmetric keys alone.
 *
 * Source   KMS API reference, EnableKeyRotation.
 */
import type { EnableKeyRotationCommandInput } from '@aws-sdk/client-kms';
import { refuseUnrotatable } from '../key-rotation';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { AwsFault } from '../fault';
import { findCustomerKey } from '../find-key';

export function enableKeyRotation(state: WorldState, caller: Caller, input: EnableKeyRotationCommandInput): void {
  const key = findCustomerKey(state, caller, input.KeyId);
  refuseUnrotatable(key);
  const days = input.RotationPeriodInDays ?? key.rotationDays;
  if (!(days >= 90 && days <= 2560)) {
    // Assumed: the text.
    throw new AwsFault('ValidationException', `RotationPeriodInDays must be 90 to 2560, got ${days}`);
  }
  key.rotatesFrom ??= state.now;
  key.rotationDays = days;
}
