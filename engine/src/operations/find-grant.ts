/**
 * The grant that a call names, and its end.
 *
 * Source   KMS API reference: RetireGrant, RevokeGrant, InvalidGrantIdException, InvalidGrantTokenException. The texts are
 *          Assumed.
 */
import { KEY_GRANT_REVOKED } from '../domain/event-codes';
import type { Grant, Key } from '../domain/keys';
import { placeOf } from '../domain/vaults';
import type { WorldState } from '../domain/world-state';
import { NEVER } from '../kernel/instant';
import type { Caller } from './caller';
import { AwsFault } from './fault';
import { findKey, refusePending } from './find-key';
import { required } from './find-vault';

/** A grant, and the key that it is for. */
export interface GrantOfKey {
  readonly key: Key;
  readonly grant: Grant;
}

/** How RetireGrant names a grant: by its token, or by its key and its id. */
export interface RetiredMembers {
  readonly GrantToken?: string | undefined;
  readonly KeyId?: string | undefined;
  readonly GrantId?: string | undefined;
}

/** @throws AwsFault when the key has no such grant. */
export function findGrant(key: Key, id: string | undefined): Grant {
  const grant = key.grants.get(required(id, 'GrantId'));
  if (grant === undefined) {
    throw new AwsFault('InvalidGrantIdException', `Grant ${id} does not exist.`);
  }
  return grant;
}

/** @throws AwsFault when there is none, or its key waits for its deletion. */
export function findRetired(state: WorldState, caller: Caller, given: RetiredMembers): GrantOfKey {
  const { GrantToken, KeyId, GrantId } = given;
  if (GrantToken === undefined && (KeyId === undefined || GrantId === undefined)) {
    throw new AwsFault('ValidationException', 'Either GrantToken, or KeyId and GrantId must be given.');
  }
  const found = GrantToken === undefined ? named(state, caller, given) : state.ledger.keys.tryFindGrant(GrantToken);
  if (found === undefined) {
    throw new AwsFault('InvalidGrantTokenException', 'The grant token is of no grant.');
  }
  refusePending(found.key);
  return found;
}

function named(state: WorldState, caller: Caller, { KeyId, GrantId }: RetiredMembers): GrantOfKey {
  const key = findKey(state, caller, KeyId);
  return { key, grant: findGrant(key, GrantId) };
}

/** A grant ends the same way, whoever ends it. */
export function endGrant({ ledger }: WorldState, { key, grant }: GrantOfKey): void {
  key.grants.delete(grant.id);
  const place = ledger.names.intern(placeOf(key.made.env));
  ledger.declare(KEY_GRANT_REVOKED, key.arn, place, [grant.granteePrincipal, ...grant.operations].join(' '), 0, NEVER);
}
