/**
 * ListKeys of an account and Region.
 *
 * Source   KMS API reference, ListKeys: Limit 1 to 1000.
 */
import type { ListKeysCommandInput, ListKeysCommandOutput } from '@aws-sdk/client-kms';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { given } from '../backup/shapes';
import { pageOf } from '../page';

export function listKeys(
  state: WorldState,
  caller: Caller,
  input: ListKeysCommandInput,
): Omit<ListKeysCommandOutput, '$metadata'> {
  const page = pageOf(state.ledger.keys.at(caller), input.Limit, input.Marker, {
    service: 'kms',
    operation: 'ListKeys',
    keyOf: ({ arn }) => arn,
  });
  return given({
    Keys: page.items.map((key) => ({ KeyId: key.made.id, KeyArn: key.arn })),
    NextMarker: page.nextToken,
    Truncated: page.nextToken !== undefined,
  });
}
