/**
 * The id that AWS has for who calls (`aws:userid`).
 *
 * Pure: reads the World.
 * Source   API of STS 2011-06-15. Assumed: a role or user that was never declared has an id that follows from its name.
 */
import type { Account } from '../domain/roles';
import type { WorldState } from '../domain/world-state';
import { hex128 } from '../kernel/ids';

const ID_LENGTH = 17;

/** Account id of a root user, `AIDA…` of a user, `AROA…:<session name>` of a session. */
export function principalId({ ledger, seed }: WorldState, account: Account, arn: string): string {
  const [kind = '', ...path] = arn.slice(arn.lastIndexOf(':') + 1).split('/');
  if (kind === 'root') {
    return account.account;
  }
  const session = kind === 'assumed-role' ? path.at(1) : undefined;
  const name = (kind === 'assumed-role' ? path.at(0) : path.at(-1)) ?? '';
  const user = kind === 'user';
  const known = user ? ledger.roles.tryFindUserByName(account, name) : ledger.roles.tryFindRoleByName(account, name);
  const key = { kind: 'principal', names: [account.account, kind, name] };
  const id = known?.id ?? `${user ? 'AIDA' : 'AROA'}${hex128(seed, key).slice(0, ID_LENGTH).toUpperCase()}`;
  return session === undefined ? id : `${id}:${session}`;
}

/** ARN of who calls; who says no principal is the root user of the account. */
export function callingArn(caller: Account & { readonly principalArn?: string }): string {
  return caller.principalArn ?? `arn:${caller.partition}:iam::${caller.account}:root`;
}
