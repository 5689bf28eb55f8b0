/**
 * GetAccessKeyInfo: the account that a key belongs to.
 *
 * Source   API of STS 2011-06-15, GetAccessKeyInfo. Assumed: the fault for a key that nobody has.
 */
import type { GetAccessKeyInfoCommandInput, GetAccessKeyInfoCommandOutput } from '@aws-sdk/client-sts';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { AwsFault } from '../fault';
import { required } from '../find-vault';

export function getAccessKeyInfo(
  state: WorldState,
  _caller: Caller,
  input: GetAccessKeyInfoCommandInput,
): Omit<GetAccessKeyInfoCommandOutput, '$metadata'> {
  const { credentials } = state.services;
  const id = required(input.AccessKeyId, 'AccessKeyId');
  const env = credentials.tryFindKey(id)?.user.env ?? credentials.tryFindSession(id)?.env;
  const Account = /^\d{12}$/.test(id) ? id : env?.account;
  if (Account === undefined) {
    throw new AwsFault('ValidationError', `Invalid Access Key ID format for '${id}'`);
  }
  return { Account };
}
