/**
 * CreateAlias.
 *
 * Source   KMS API reference, CreateAlias: names begin with `alias/`, `alias/aws/` is AWS's.
 */
import type { CreateAliasCommandInput } from '@aws-sdk/client-kms';
import { BackupKeyRules } from '@holdfast/model';
import { KEY_ALIAS_PUT } from '../../domain/event-codes';
import { aliasArn, Key } from '../../domain/keys';
import { placeOf } from '../../domain/vaults';
import type { WorldState } from '../../domain/world-state';
import { NEVER } from '../../kernel/instant';
import type { Caller } from '../caller';
import { AwsFault } from '../fault';
import { findCustomerKey, refusePending } from '../find-key';
import { required } from '../find-vault';
import { WIRE } from '../refuse';

export function createAlias(state: WorldState, caller: Caller, input: CreateAliasCommandInput): void {
  const arn = aliasArn(caller, aliasName(caller, input.AliasName));
  const key = findCustomerKey(state, caller, input.TargetKeyId);
  refusePending(key);
  if (state.ledger.keys.tryFindByArn(arn) !== undefined) {
    throw new AwsFault('AlreadyExistsException', `An alias with the name ${arn} already exists`, { arn });
  }
  putAlias(state, arn, key);
}

/** The alias is the key's from now on. */
export function putAlias(state: WorldState, arn: string, key: Key): void {
  const { ledger } = state;
  ledger.keys.putAlias(arn, key);
  ledger.declare(KEY_ALIAS_PUT, arn, ledger.names.intern(placeOf(key.made.env)), key.arn, 0, NEVER);
}

/** A name that a customer may give. */
export function aliasName(caller: Caller, given: string | undefined): string {
  const name = required(given, 'AliasName');
  const finding = BackupKeyRules.check({ env: caller, aliasName: name }, '', WIRE)[0];
  if (finding !== undefined) {
    throw new AwsFault('InvalidAliasNameException', `${finding.path} ${finding.message}`);
  }
  return name;
}
