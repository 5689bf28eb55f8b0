/**
 * ListGrants of a key.
 *
 * Source   KMS API reference, ListGrants: the oldest first, GranteePrincipal and GrantId filter.
 */
import type { GrantListEntry, ListGrantsCommandInput, ListGrantsCommandOutput } from '@aws-sdk/client-kms';
import type { Grant, Key } from '../../domain/keys';
import type { WorldState } from '../../domain/world-state';
import { dateOf } from '../../kernel/instant';
import { given } from '../backup/shapes';
import type { Caller } from '../caller';
import { findKey } from '../find-key';
import { pageOf } from '../page';

export function listGrants(
  state: WorldState,
  caller: Caller,
  input: ListGrantsCommandInput,
): Omit<ListGrantsCommandOutput, '$metadata'> {
  const key = findKey(state, caller, input.KeyId);
  const grants = [...key.grants.values()].filter(
    (grant) =>
      grant.id === (input.GrantId ?? grant.id) &&
      grant.granteePrincipal === (input.GranteePrincipal ?? grant.granteePrincipal),
  );
  const page = pageOf(grants, input.Limit, input.Marker, {
    service: 'kms',
    operation: 'ListGrants',
    parent: key.arn,
    keyOf: ({ id }) => id,
  });
  return given({
    Grants: page.items.map((grant) => show(key, grant)),
    NextMarker: page.nextToken,
    Truncated: page.nextToken !== undefined,
  });
}

function show(key: Key, grant: Grant): GrantListEntry {
  const { constraints } = grant;
  return given({
    KeyId: key.arn,
    GrantId: grant.id,
    Name: grant.name,
    CreationDate: dateOf(grant.createdAt),
    GranteePrincipal: grant.granteePrincipal,
    RetiringPrincipal: grant.retiringPrincipal,
    IssuingAccount: `arn:${key.made.env.partition}:iam::${grant.issuingAccount}:root`,
    Operations: [...grant.operations] as NonNullable<GrantListEntry['Operations']>,
    Constraints:
      constraints === undefined
        ? undefined
        : given({
            EncryptionContextSubset: constraints.encryptionContextSubset,
            EncryptionContextEquals: constraints.encryptionContextEquals,
          }),
  }) as GrantListEntry;
}
