/**
 * RevokeGrant.
 *
 * Source   KMS API reference, RevokeGrant.
 */
import type { RevokeGrantCommandInput } from '@aws-sdk/client-kms';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { endGrant, findGrant } from '../find-grant';
import { findKey } from '../find-key';

export function revokeGrant(state: WorldState, caller: Caller, input: RevokeGrantCommandInput): void {
  const key = findKey(state, caller, input.KeyId);
  endGrant(state, { key, grant: findGrant(key, input.GrantId) });
}
