/**
 * DescribeSecret.
 *
 * Source   API of Secrets Manager 2017-10-17: of one that is being deleted, too.
 */
import type { DescribeSecretCommandInput, DescribeSecretCommandOutput } from '@aws-sdk/client-secrets-manager';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { findSecret } from '../find-secret';
import { secretShape, stagesOf } from '../secret-shape';

export function describeSecret(
  state: WorldState,
  caller: Caller,
  { SecretId }: DescribeSecretCommandInput,
): Omit<DescribeSecretCommandOutput, '$metadata'> {
  const secret = findSecret(state, caller, SecretId, 'too');
  return {
    ...secretShape(secret),
    ...(secret.versions.size > 0 && { VersionIdsToStages: stagesOf(secret) }),
  };
}
