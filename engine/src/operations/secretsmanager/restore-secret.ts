/**
 * RestoreSecret.
 *
 * Source   API of Secrets Manager 2017-10-17.
 */
import type { RestoreSecretCommandInput, RestoreSecretCommandOutput } from '@aws-sdk/client-secrets-manager';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { findSecret } from '../find-secret';

export function restoreSecret(
  state: WorldState,
  caller: Caller,
  { SecretId }: RestoreSecretCommandInput,
): Omit<RestoreSecretCommandOutput, '$metadata'> {
  const secret = findSecret(state, caller, SecretId, 'too');
  secret.deletedAt = undefined;
  secret.goneAt = undefined;
  return { ARN: secret.arn, Name: secret.name };
}
