/**
 * GetCallerIdentity.
 *
 * Source   API of STS 2011-06-15. Assumed: who says no principal is the root user of the account, and a role or user that
 *          was never declared has an id that follows from its name.
 */
import type { GetCallerIdentityResponse } from '@aws-sdk/client-sts';
import type { WorldState } from '../../domain/world-state';
import { hex128 } from '../../kernel/ids';
import type { Caller } from '../caller';

const ID_LENGTH = 17;

export function getCallerIdentity(state: WorldState, caller: Caller): GetCallerIdentityResponse {
  const { account, partition } = caller;
  const arn = caller.principalArn ?? `arn:${partition}:iam::${account}:root`;
  return { Account: account, Arn: arn, UserId: userIdOf(state, caller, arn) };
}

function userIdOf({ ledger, seed }: WorldState, caller: Caller, arn: string): string {
  const [kind = '', ...path] = arn.slice(arn.lastIndexOf(':') + 1).split('/');
  if (kind === 'root') {
    return caller.account;
  }
  const session = kind === 'assumed-role' ? path.at(1) : undefined;
  const name = (kind === 'assumed-role' ? path.at(0) : path.at(-1)) ?? '';
  const user = kind === 'user';
  const known = user ? ledger.roles.tryFindUserByName(caller, name) : ledger.roles.tryFindRoleByName(caller, name);
  const key = { kind: 'principal', names: [caller.account, kind, name] };
  const id = known?.id ?? `${user ? 'AIDA' : 'AROA'}${hex128(seed, key).slice(0, ID_LENGTH).toUpperCase()}`;
  return session === undefined ? id : `${id}:${session}`;
}
