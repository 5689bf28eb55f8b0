/**
 * GetKeyPolicy.
 *
 * Source   KMS API reference, GetKeyPolicy: the one policy of a key is called `default`.
 */
import type { GetKeyPolicyCommandInput, GetKeyPolicyCommandOutput } from '@aws-sdk/client-kms';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { findOwnKey } from '../find-key';

export function getKeyPolicy(
  state: WorldState,
  caller: Caller,
  input: GetKeyPolicyCommandInput,
): Omit<GetKeyPolicyCommandOutput, '$metadata'> {
  return { Policy: findOwnKey(state, caller, input.KeyId).policy, PolicyName: 'default' };
}
