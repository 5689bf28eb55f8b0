/**
 * GetSecretValue.
 *
 * Source   API of Secrets Manager 2017-10-17.
 */
import type { GetSecretValueCommandInput, GetSecretValueCommandOutput } from '@aws-sdk/client-secrets-manager';
import type { WorldState } from '../../domain/world-state';
import { dateOf } from '../../kernel/instant';
import { given } from '../backup/shapes';
import type { Caller } from '../caller';
import { findSecret, findVersion } from '../find-secret';

export function getSecretValue(
  state: WorldState,
  caller: Caller,
  input: GetSecretValueCommandInput,
): Omit<GetSecretValueCommandOutput, '$metadata'> {
  const secret = findSecret(state, caller, input.SecretId);
  const version = findVersion(secret, input);
  return given({
    ARN: secret.arn,
    Name: secret.name,
    VersionId: version.id,
    SecretString: version.text,
    SecretBinary: version.binary,
    VersionStages: [...version.stages],
    CreatedDate: dateOf(version.createdAt),
  });
}
