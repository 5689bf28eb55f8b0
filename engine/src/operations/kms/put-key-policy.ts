/**
 * PutKeyPolicy.
 *
 * Source   KMS API reference, PutKeyPolicy. Assumed: nobody is kept from locking themselves out.
 */
import type { PutKeyPolicyCommandInput } from '@aws-sdk/client-kms';
import { KEY_POLICY_PUT } from '../../domain/event-codes';
import { placeOf } from '../../domain/vaults';
import type { WorldState } from '../../domain/world-state';
import { NEVER } from '../../kernel/instant';
import type { Caller } from '../caller';
import { findCustomerKey } from '../find-key';
import { policyText } from '../policy-document';
import { KEY_POLICY_CHARACTERS } from './create-key';

export function putKeyPolicy(state: WorldState, caller: Caller, input: PutKeyPolicyCommandInput): void {
  const key = findCustomerKey(state, caller, input.KeyId);
  key.policy = policyText(input.Policy, 'Policy', KEY_POLICY_CHARACTERS);
  const { ledger } = state;
  ledger.declare(KEY_POLICY_PUT, key.arn, ledger.names.intern(placeOf(key.made.env)), key.policy, 0, NEVER);
}
