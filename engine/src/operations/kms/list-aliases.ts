/**
 * ListAliases of an account and Region, or of one key.
 *
 * Source   KMS API reference, ListAliases.
 */
import type { ListAliasesCommandInput, ListAliasesCommandOutput } from '@aws-sdk/client-kms';
import type { WorldState } from '../../domain/world-state';
import { given } from '../backup/shapes';
import type { Caller } from '../caller';
import { findOwnKey } from '../find-key';
import { pageOf } from '../page';

export function listAliases(
  state: WorldState,
  caller: Caller,
  input: ListAliasesCommandInput,
): Omit<ListAliasesCommandOutput, '$metadata'> {
  const key = input.KeyId === undefined ? undefined : findOwnKey(state, caller, input.KeyId);
  const aliases = state.ledger.keys.aliasesAt(caller).filter(([, target]) => target === (key ?? target));
  const page = pageOf(aliases, input.Limit, input.Marker, {
    service: 'kms',
    operation: 'ListAliases',
    parent: input.KeyId,
    keyOf: ([arn]) => arn,
  });
  return given({
    Aliases: page.items.map(([arn, target]) => ({
      AliasName: arn.split(':').slice(5).join(':'),
      AliasArn: arn,
      TargetKeyId: target.made.id,
    })),
    NextMarker: page.nextToken,
    Truncated: page.nextToken !== undefined,
  });
}
