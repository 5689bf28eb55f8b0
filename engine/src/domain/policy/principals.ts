/**
 * The Principal and NotPrincipal elements: whom a policy of a resource means.
 *
 * Pure.
 * Source   IAM user guide, "AWS JSON policy elements: Principal" and "NotPrincipal", cited from memory.
 * Spec     evaluation.md beside this file.
 */
import type { Principal } from './request';

/** Whom an element names of those who ask here; `*` is `{ AWS: ['*'] }`. */
export interface NamedPrincipals {
  readonly AWS: readonly string[];
  readonly Service: readonly string[];
}

/**
 * How far a leave reaches, the furthest first: `direct` names who asks (the user, the session, everybody), `role` the role
 * of a session, which boundaries and session policies still limit, `account` gives the account leave to give leave.
 */
export type Reach = 'direct' | 'role' | 'account';

const EVERYBODY = '*';

/** How an element names who asks; undefined when it does not. */
export function reachOf(named: NamedPrincipals, principal: Principal): Reach | undefined {
  if (principal.kind === 'service') {
    const meant = named.Service.some((service) => isSameService(service, principal.arn)) || meansEverybody(named);
    return meant ? 'direct' : undefined;
  }
  if (meansEverybody(named) || named.AWS.includes(callerArn(principal))) {
    return 'direct';
  }
  if (named.AWS.includes(principal.arn)) {
    return 'role';
  }
  return named.AWS.some((one) => isAccount(one, principal.account)) ? 'account' : undefined;
}

/**
 * Whether NotPrincipal leaves who asks alone: all that it is must be named, the account too, and for a session its role.
 *
 * Nobody with a permissions boundary is left alone, whatever the element says.
 */
export function isSpared(named: NamedPrincipals, principal: Principal, hasBoundary: boolean): boolean {
  if (principal.kind === 'service') {
    return named.Service.some((service) => isSameService(service, principal.arn));
  }
  if (hasBoundary) {
    return false;
  }
  const whole = principal.kind === 'root' ? [] : [callerArn(principal), principal.arn];
  const account = named.AWS.some((one) => isAccount(one, principal.account));
  return meansEverybody(named) || (account && whole.every((arn) => named.AWS.includes(arn)));
}

/** Everything that makes the request: `arn:aws:sts::…:assumed-role/<role>/<session>` for a session. */
export function callerArn({ kind, arn, account, sessionName }: Principal): string {
  if (kind !== 'role-session' && kind !== 'service-linked-role') {
    return arn;
  }
  const [, partition] = arn.split(':');
  const role = arn.slice(arn.lastIndexOf('/') + 1);
  return `arn:${partition}:sts::${account}:assumed-role/${role}/${sessionName ?? ''}`;
}

function meansEverybody(named: NamedPrincipals): boolean {
  return named.AWS.includes(EVERYBODY);
}

function isAccount(text: string, account: string): boolean {
  return text === account || new RegExp(`^arn:[a-z-]+:iam::${account}:root$`).test(text);
}

/** In China a service is also spelled with the partition's own suffix. */
function isSameService(named: string, service: string): boolean {
  const plain = (text: string) => text.toLowerCase().replace(/\.amazonaws\.com\.cn$/, '.amazonaws.com');
  return named === EVERYBODY || plain(named) === plain(service);
}
