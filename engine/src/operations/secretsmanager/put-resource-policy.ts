/**
 * PutResourcePolicy.
 *
 * Source   API of Secrets Manager 2017-10-17.
 */
import type { PutResourcePolicyCommandInput, PutResourcePolicyCommandOutput } from '@aws-sdk/client-secrets-manager';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { findSecret } from '../find-secret';
import { policyText } from '../policy-document';

export function putResourcePolicy(
  state: WorldState,
  caller: Caller,
  { SecretId, ResourcePolicy }: PutResourcePolicyCommandInput,
): Omit<PutResourcePolicyCommandOutput, '$metadata'> {
  const secret = findSecret(state, caller, SecretId);
  secret.policy = policyText(ResourcePolicy, 'ResourcePolicy', 20_480);
  return { ARN: secret.arn, Name: secret.name };
}
