/**
 * Roles, users, groups and managed policies that a call names, and what IAM says of those that are not there.
 *
 * Pure: reads the World.
 * Source   IAM API reference: NoSuchEntityException and its texts; EntityAlreadyExistsException.
 */
import { Group, IamKind, iamArn, Identity, ManagedPolicy, Role, User } from '../domain/roles';
import { awsManagedPolicy } from '../domain/policy/aws-managed';
import type { WorldState } from '../domain/world-state';
import { hex128 } from '../kernel/ids';
import type { Caller } from './caller';
import { AwsFault } from './fault';
import { required } from './find-vault';

export function findRole(state: WorldState, caller: Caller, name: string | undefined): Role {
  const roleName = required(name, 'RoleName');
  const role = state.ledger.roles.tryFindRoleByName(caller, roleName);
  if (role === undefined) {
    throw new AwsFault('NoSuchEntityException', `The role with name ${roleName} cannot be found.`);
  }
  return role;
}

export function findUser(state: WorldState, caller: Caller, name: string | undefined): User {
  const userName = required(name, 'UserName');
  const user = state.ledger.roles.tryFindUserByName(caller, userName);
  if (user === undefined) {
    throw new AwsFault('NoSuchEntityException', `The user with name ${userName} cannot be found.`);
  }
  return user;
}

export function findGroup(state: WorldState, caller: Caller, name: string | undefined): Group {
  const groupName = required(name, 'GroupName');
  const group = state.ledger.roles.tryFindGroupByName(caller, groupName);
  if (group === undefined) {
    throw new AwsFault('NoSuchEntityException', `The group with name ${groupName} cannot be found.`);
  }
  return group;
}

/** A managed policy of the caller's account. */
export function findManagedPolicy(state: WorldState, caller: Caller, arn: string | undefined): ManagedPolicy {
  const policyArn = required(arn, 'PolicyArn');
  const policy = state.ledger.roles.tryFindPolicy(policyArn);
  if (policy === undefined || policy.env.account !== caller.account) {
    throw new AwsFault('NoSuchEntityException', `Policy ${policyArn} was not found.`);
  }
  return policy;
}

/** A managed policy of the caller's account, or one that AWS manages, for calls that read. */
export function readManagedPolicy(state: WorldState, caller: Caller, arn: string | undefined): ManagedPolicy {
  const managed = arn === undefined ? undefined : awsManagedPolicy(arn);
  if (arn === undefined || managed === undefined) {
    return findManagedPolicy(state, caller, arn);
  }
  const path = arn.slice(arn.indexOf(':policy/') + ':policy'.length);
  const name = path.slice(path.lastIndexOf('/') + 1);
  const account = { partition: caller.partition, account: 'aws' };
  const digits = hex128(0, { kind: 'aws-managed-policy', names: [path] }).slice(0, 17);
  const policy = new ManagedPolicy(arn, name, path.slice(0, -name.length), account, `ANPA${digits.toUpperCase()}`, 0);
  // Assumed: the version that is carried is the only one.
  policy.versions.set('v1', { document: String(managed.document), createdAt: 0 });
  return policy;
}

/** An inline policy of a role, user or group. */
export function inlinePolicy(identity: Identity, name: string | undefined): string {
  const policy = identity.inline.get(required(name, 'PolicyName'));
  if (policy === undefined) {
    throw new AwsFault('NoSuchEntityException', `The policy with name ${name} cannot be found.`);
  }
  return policy;
}

/** Name, path, ARN and id of what is to be made. The texts of the faults are Assumed. */
export function newIdentity(
  state: WorldState,
  caller: Caller,
  kind: IamKind,
  given: { readonly name: string | undefined; readonly path: string | undefined },
): { readonly name: string; readonly path: string; readonly arn: string; readonly id: string } {
  const member = { role: 'RoleName', user: 'UserName', group: 'GroupName', policy: 'PolicyName' }[kind];
  const name = required(given.name, member);
  const path = given.path ?? '/';
  // Source: IAM API model, patterns and lengths of names and paths.
  const most = kind === 'policy' || kind === 'group' ? 128 : 64;
  if (!/^[\w+=,.@-]+$/.test(name) || name.length > most || !/^\/([!-~]*\/)?$/.test(path)) {
    throw new AwsFault('ValidationException', `${member} must be 1 to ${most} characters, got '${path}${name}'`);
  }
  const arn = iamArn(caller, kind, path, name);
  const prefix = { role: 'AROA', user: 'AIDA', group: 'AGPA', policy: 'ANPA' }[kind];
  const digits = hex128(state.seed, { kind: `iam-${kind}`, names: [arn], at: state.now }).slice(0, 17);
  return { name, path, arn, id: `${prefix}${digits.toUpperCase()}` };
}

/** @throws AwsFault when something of the kind has the name already. */
export function refuseTaken(kind: string, name: string, standing: unknown): void {
  if (standing !== undefined) {
    throw new AwsFault('EntityAlreadyExistsException', `${kind} with name ${name} already exists.`);
  }
}

/** Documents go over the wire encoded as in URLs. Source: IAM API reference, GetRolePolicy. */
export function encoded(document: string): string {
  return encodeURIComponent(document);
}
