/**
 * UpdateSecret.
 *
 * Source   API of Secrets Manager 2017-10-17: description, key, and a new value where one is given.
 */
import type { UpdateSecretCommandInput, UpdateSecretCommandOutput } from '@aws-sdk/client-secrets-manager';
import type { WorldState } from '../../domain/world-state';
import { given } from '../backup/shapes';
import type { Caller } from '../caller';
import { addVersion, findSecret } from '../find-secret';

export function updateSecret(
  state: WorldState,
  caller: Caller,
  input: UpdateSecretCommandInput,
): Omit<UpdateSecretCommandOutput, '$metadata'> {
  const secret = findSecret(state, caller, input.SecretId);
  const valued = input.SecretString !== undefined || input.SecretBinary !== undefined;
  const version = valued ? addVersion(state, secret, input) : undefined;
  secret.description = input.Description ?? secret.description;
  secret.keyId = input.KmsKeyId ?? secret.keyId;
  secret.changedAt = state.now;
  return given({ ARN: secret.arn, Name: secret.name, VersionId: version?.id });
}
