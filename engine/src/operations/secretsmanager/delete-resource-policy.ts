/**
 * DeleteResourcePolicy.
 *
 * Source   API of Secrets Manager 2017-10-17.
 */
import type {
  DeleteResourcePolicyCommandInput,
  DeleteResourcePolicyCommandOutput,
} from '@aws-sdk/client-secrets-manager';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { findSecret } from '../find-secret';

export function deleteResourcePolicy(
  state: WorldState,
  caller: Caller,
  { SecretId }: DeleteResourcePolicyCommandInput,
): Omit<DeleteResourcePolicyCommandOutput, '$metadata'> {
  const secret = findSecret(state, caller, SecretId);
  secret.policy = undefined;
  return { ARN: secret.arn, Name: secret.name };
}
