/**
 * UpdateAlias: the alias is another key's.
 *
 * Source   KMS API reference, UpdateAlias.
 */
import type { UpdateAliasCommandInput } from '@aws-sdk/client-kms';
import { aliasArn } from '../../domain/keys';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { AwsFault } from '../fault';
import { findCustomerKey, refusePending } from '../find-key';
import { aliasName, putAlias } from './create-alias';

export function updateAlias(state: WorldState, caller: Caller, input: UpdateAliasCommandInput): void {
  const arn = aliasArn(caller, aliasName(caller, input.AliasName));
  const key = findCustomerKey(state, caller, input.TargetKeyId);
  refusePending(key);
  if (state.ledger.keys.tryFindByArn(arn) === undefined) {
    throw new AwsFault('NotFoundException', `Alias ${arn} is not found.`);
  }
  putAlias(state, arn, key);
}
