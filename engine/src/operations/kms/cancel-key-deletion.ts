/**
 * CancelKeyDeletion.
 *
 * Source   KMS API reference, CancelKeyDeletion: the key is disabled afterwards.
 */
import type { CancelKeyDeletionCommandInput, CancelKeyDeletionCommandOutput } from '@aws-sdk/client-kms';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { AwsFault } from '../fault';
import { findCustomerKey } from '../find-key';

export function cancelKeyDeletion(
  state: WorldState,
  caller: Caller,
  input: CancelKeyDeletionCommandInput,
): Omit<CancelKeyDeletionCommandOutput, '$metadata'> {
  const key = findCustomerKey(state, caller, input.KeyId);
  if (key.state !== 'PendingDeletion' && key.state !== 'PendingReplicaDeletion') {
    // Assumed: the text.
    throw new AwsFault('KMSInvalidStateException', `${key.arn} is not pending deletion.`);
  }
  state.keys.cancelDeletion(key);
  return { KeyId: key.arn };
}
