/**
 * Changes of roles and users that several operations share, and their place in the log.
 *
 * Source   IAM user guide, "IAM and AWS STS quotas": characters of inline policies, white space not counted.
 */
import { ROLE_CHANGED } from '../domain/event-codes';
import type { Identity } from '../domain/roles';
import { placeOf } from '../domain/vaults';
import type { WorldState } from '../domain/world-state';
import { NEVER } from '../kernel/instant';
import { AwsFault } from './fault';
import { required } from './find-vault';
import { minified, policyText } from './policy-document';

export function putInline(
  state: WorldState,
  identity: Identity,
  name: string | undefined,
  document: string | undefined,
  most: number,
): void {
  const policyName = required(name, 'PolicyName');
  const policy = policyText(document, 'PolicyDocument', most);
  const others = [...identity.inline].filter(([other]) => other !== policyName).map(([, text]) => text);
  const size = [...others, policy].reduce((sum, text) => sum + minified(text).length, 0);
  if (size > most) {
    // Assumed: the text.
    throw new AwsFault('LimitExceededException', `Maximum policy size of ${most} bytes exceeded for ${identity.name}`);
  }
  identity.inline.set(policyName, policy);
  identityChanged(state, identity, `inline ${policyName}`);
}

export function attach(state: WorldState, identity: Identity, policyArn: string | undefined): void {
  const arn = required(policyArn, 'PolicyArn');
  if (!identity.attached.has(arn)) {
    identity.attached.add(arn);
    identityChanged(state, identity, `attached ${arn}`);
  }
}

export function detach(state: WorldState, identity: Identity, policyArn: string | undefined): void {
  const arn = required(policyArn, 'PolicyArn');
  if (!identity.attached.delete(arn)) {
    throw new AwsFault('NoSuchEntityException', `Policy ${arn} was not found.`);
  }
  identityChanged(state, identity, `detached ${arn}`);
}

export function identityChanged(state: WorldState, identity: Identity, what: string): void {
  logIdentity(state, ROLE_CHANGED, identity, what);
}

export function logIdentity(state: WorldState, code: number, one: Pick<Identity, 'arn' | 'env'>, what: string): void {
  const { ledger } = state;
  ledger.declare(code, one.arn, ledger.names.intern(placeOf({ ...one.env, region: '' })), what, 0, NEVER);
}

/** @throws AwsFault while policies are attached or inline. The text is Assumed. */
export function refuseWithPolicies(identity: Identity): void {
  if (identity.attached.size + identity.inline.size > 0) {
    throw new AwsFault('DeleteConflictException', 'Cannot delete entity, must detach all policies first.');
  }
}
