/**
 * GetKeyRotationStatus. The keys that AWS manages rotate every year.
 *
 * Source   KMS API reference, GetKeyRotationStatus.
 */
import type { GetKeyRotationStatusCommandInput, GetKeyRotationStatusCommandOutput } from '@aws-sdk/client-kms';
import { isRotatable, nextRotationAt } from '../key-rotation';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { dateOf } from '../../kernel/instant';
import { given } from '../backup/shapes';
import { findOwnKey } from '../find-key';

export function getKeyRotationStatus(
  state: WorldState,
  caller: Caller,
  input: GetKeyRotationStatusCommandInput,
): Omit<GetKeyRotationStatusCommandOutput, '$metadata'> {
  const key = findOwnKey(state, caller, input.KeyId);
  if (!isRotatable(key)) {
    return { KeyRotationEnabled: false, KeyId: key.arn };
  }
  const { rotatesFrom, rotationDays } = key;
  return given({
    KeyRotationEnabled: key.made.awsManaged || rotatesFrom !== undefined,
    KeyId: key.arn,
    RotationPeriodInDays: rotatesFrom === undefined ? undefined : rotationDays,
    NextRotationDate:
      rotatesFrom === undefined ? undefined : dateOf(nextRotationAt(rotatesFrom, rotationDays, state.now)),
  });
}
