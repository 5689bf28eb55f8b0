/**
 * CreateGrant.
 *
 * Source   KMS API reference, CreateGrant: the same grant with the same name again is answered with the first.
 */
import type { CreateGrantCommandInput, CreateGrantCommandOutput } from '@aws-sdk/client-kms';
import { KEY_GRANT_CREATED } from '../../domain/event-codes';
import type { Grant, Key } from '../../domain/keys';
import { placeOf } from '../../domain/vaults';
import type { WorldState } from '../../domain/world-state';
import { hex128 } from '../../kernel/ids';
import { NEVER } from '../../kernel/instant';
import type { Caller } from '../caller';
import { AwsFault } from '../fault';
import { findKey, refusePending } from '../find-key';
import { required } from '../find-vault';
import { constraintsOf } from '../request-keys';

export function createGrant(
  state: WorldState,
  caller: Caller,
  input: CreateGrantCommandInput,
): Omit<CreateGrantCommandOutput, '$metadata'> {
  const key = findKey(state, caller, input.KeyId);
  const granteePrincipal = required(input.GranteePrincipal, 'GranteePrincipal');
  const operations = required(input.Operations, 'Operations');
  refusePending(key);
  if (operations.length === 0) {
    throw new AwsFault('ValidationException', 'Operations must have at least one operation.');
  }
  const same = [...key.grants.values()].find((grant) => grant.name !== undefined && matches(grant, input));
  const grant = same ?? add(state, caller, key, { ...input, GranteePrincipal: granteePrincipal });
  return { GrantId: grant.id, GrantToken: grant.token };
}

function add(state: WorldState, caller: Caller, key: Key, input: CreateGrantCommandInput): Grant {
  const { ledger } = state;
  const names = [key.arn, input.GranteePrincipal ?? '', `${key.grants.size}`];
  const id = hex128(state.seed, { kind: 'kms-grant', names, at: state.now });
  const grant: Grant = {
    id: `${id}${hex128(state.seed, { kind: 'kms-grant-rest', names, at: state.now })}`,
    token: Buffer.from(`grant/${id}`, 'utf8').toString('base64'),
    name: input.Name,
    granteePrincipal: input.GranteePrincipal ?? '',
    retiringPrincipal: input.RetiringPrincipal,
    operations: [...(input.Operations ?? [])],
    constraints: constraintsOf(input.Constraints),
    issuingAccount: caller.account,
    createdAt: state.now,
  };
  key.grants.set(grant.id, grant);
  const place = ledger.names.intern(placeOf(key.made.env));
  ledger.declare(KEY_GRANT_CREATED, key.arn, place, [grant.granteePrincipal, ...grant.operations].join(' '), 0, NEVER);
  return grant;
}

function matches(grant: Grant, input: CreateGrantCommandInput): boolean {
  const { name, granteePrincipal, retiringPrincipal, operations, constraints } = grant;
  const asked = [
    input.Name,
    input.GranteePrincipal,
    input.RetiringPrincipal,
    input.Operations,
    constraintsOf(input.Constraints),
  ];
  return JSON.stringify([name, granteePrincipal, retiringPrincipal, operations, constraints]) === JSON.stringify(asked);
}
