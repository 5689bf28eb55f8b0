/**
 * GetResourcePolicy.
 *
 * Source   API of Secrets Manager 2017-10-17.
 */
import type { GetResourcePolicyCommandInput, GetResourcePolicyCommandOutput } from '@aws-sdk/client-secrets-manager';
import type { WorldState } from '../../domain/world-state';
import { given } from '../backup/shapes';
import type { Caller } from '../caller';
import { findSecret } from '../find-secret';

export function getResourcePolicy(
  state: WorldState,
  caller: Caller,
  { SecretId }: GetResourcePolicyCommandInput,
): Omit<GetResourcePolicyCommandOutput, '$metadata'> {
  const secret = findSecret(state, caller, SecretId);
  return given({ ARN: secret.arn, Name: secret.name, ResourcePolicy: secret.policy });
}
