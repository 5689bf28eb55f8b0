/**
 * PutSecretValue.
 *
 * Source   API of Secrets Manager 2017-10-17: a version that is the current one, unless stages are given.
 */
import type { PutSecretValueCommandInput, PutSecretValueCommandOutput } from '@aws-sdk/client-secrets-manager';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { addVersion, findSecret } from '../find-secret';

export function putSecretValue(
  state: WorldState,
  caller: Caller,
  input: PutSecretValueCommandInput,
): Omit<PutSecretValueCommandOutput, '$metadata'> {
  const secret = findSecret(state, caller, input.SecretId);
  const version = addVersion(state, secret, input, input.VersionStages);
  return { ARN: secret.arn, Name: secret.name, VersionId: version.id, VersionStages: [...version.stages] };
}
