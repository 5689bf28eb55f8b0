/**
 * DeleteAlias. The key stays.
 *
 * Source   KMS API reference, DeleteAlias.
 */
import type { DeleteAliasCommandInput } from '@aws-sdk/client-kms';
import { KEY_ALIAS_DELETED } from '../../domain/event-codes';
import { aliasArn } from '../../domain/keys';
import { placeOf } from '../../domain/vaults';
import type { WorldState } from '../../domain/world-state';
import { NEVER } from '../../kernel/instant';
import type { Caller } from '../caller';
import { AwsFault } from '../fault';
import { aliasName } from './create-alias';

export function deleteAlias(state: WorldState, caller: Caller, input: DeleteAliasCommandInput): void {
  const { ledger } = state;
  const arn = aliasArn(caller, aliasName(caller, input.AliasName));
  if (ledger.keys.tryFindByArn(arn) === undefined) {
    throw new AwsFault('NotFoundException', `Alias ${arn} is not found.`);
  }
  ledger.keys.removeAlias(arn);
  ledger.declare(KEY_ALIAS_DELETED, arn, ledger.names.intern(placeOf(caller)), '', 0, NEVER);
}
