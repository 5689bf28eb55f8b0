/**
 * RevokeGrant.
 *
 * Source   KMS API reference, RevokeGrant.
 */
import type { RevokeGrantCommandInput } from '@aws-sdk/client-kms';
import { KEY_GRANT_REVOKED } from '../../domain/event-codes';
import { placeOf } from '../../domain/vaults';
import type { WorldState } from '../../domain/world-state';
import { NEVER } from '../../kernel/instant';
import type { Caller } from '../caller';
import { AwsFault } from '../fault';
import { findKey } from '../find-key';
import { required } from '../find-vault';

export function revokeGrant(state: WorldState, caller: Caller, input: RevokeGrantCommandInput): void {
  const key = findKey(state, caller, input.KeyId);
  const grant = key.grants.get(required(input.GrantId, 'GrantId'));
  if (grant === undefined) {
    // Assumed: the text.
    throw new AwsFault('InvalidGrantIdException', `Grant ${input.GrantId} does not exist.`);
  }
  key.grants.delete(grant.id);
  const { ledger } = state;
  const place = ledger.names.intern(placeOf(key.made.env));
  ledger.declare(KEY_GRANT_REVOKED, key.arn, place, [grant.granteePrincipal, ...grant.operations].join(' '), 0, NEVER);
}
