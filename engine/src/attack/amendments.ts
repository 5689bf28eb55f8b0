/**
 * How somebody makes more of a role or user, of itself, too: policies, other versions of them, and boundaries.
 *
 * Pure: reads a World.
 * Source   service authorization reference of IAM: keys `iam:PolicyARN` and `iam:PermissionsBoundary`; IAM user guide,
 *          "Versioning IAM policies" (the default version is in force wherever the policy is attached).
 * Spec     attack.md
 */
import { ADMINISTRATOR, awsManagedPolicy } from '../domain/policy/aws-managed';
import { Group, Identity, ManagedPolicy, Role, User } from '../domain/roles';
import type { WorldState } from '../domain/world-state';
import type { Asked, Being, Passage } from './beings';
import { onIdentity } from './passages';

/**
 * What is open of it, each by the first call that does it: rights, the end of the boundary, and both together.
 *
 * @param isOpen whether somebody may make each call of a passage
 */
export function amendmentsOf(
  state: WorldState,
  identity: Identity,
  being: Being,
  isOpen: (passage: Passage) => boolean,
): Passage[] {
  const own = identity.arn === being.principal.arn ? being : undefined;
  const groups = identity instanceof User ? state.ledger.roles.groupsOf(identity) : [];
  const raised = [identity, ...groups].flatMap(givingRights);
  const rights = isAdministrator(identity) || own?.given === true ? [] : raised.filter(isOpen);
  const ends = identity.boundary === undefined || own?.unbound === true ? [] : endingBoundary(identity).filter(isOpen);
  const versions = own?.rewritten === undefined ? rewriting(state, identity).filter(isOpen) : [];
  const [end] = ends;
  const joins = own?.joined === undefined ? joining(state, identity).filter(isOpen) : [];
  const given = [...rights.slice(0, 1), ...joins, ...versions];
  const both = end === undefined ? [] : given.map((one) => joined(one, end));
  return [...given, ...(end === undefined ? [] : [end]), ...both];
}

function joined(one: Passage, other: Passage): Passage {
  return { calls: [...one.calls, ...other.calls], made: { ...one.made, ...other.made } };
}

function isAdministrator({ attached, env }: Identity): boolean {
  return attached.has(administratorArn(env.partition));
}

function givingRights(identity: Identity): Passage[] {
  const kind = kindOf(identity);
  const context = { 'iam:PolicyARN': administratorArn(identity.env.partition) };
  const made = { given: true };
  return [
    { calls: [onIdentity(`iam:Attach${kind}Policy`, identity, context)], made },
    { calls: [onIdentity(`iam:Put${kind}Policy`, identity)], made },
  ];
}

/** Groups that a user is no member of yet. */
function joining({ ledger }: WorldState, identity: Identity): Passage[] {
  if (!(identity instanceof User)) {
    return [];
  }
  const { roles, shelf } = ledger;
  return roles
    .groupsIn(identity.env)
    .filter(({ members }) => !members.has(identity))
    .map((group) => ({
      calls: [onIdentity('iam:AddUserToGroup', group)],
      made: { joined: { group: group.arn, policies: shelf.policiesOf(group) } },
    }));
}

function endingBoundary(identity: Identity): Passage[] {
  const kind = kindOf(identity);
  const widest = { 'iam:PermissionsBoundary': administratorArn(identity.env.partition) };
  const made = { unbound: true };
  return [
    { calls: [onIdentity(`iam:Delete${kind}PermissionsBoundary`, identity)], made },
    { calls: [onIdentity(`iam:Put${kind}PermissionsBoundary`, identity, widest)], made },
  ];
}

/** Policies of the account that are attached, or the boundary: a new version that allows everything, or an older one. */
function rewriting({ ledger }: WorldState, identity: Identity): Passage[] {
  const groups = identity instanceof User ? ledger.roles.groupsOf(identity) : [];
  const attached = [identity, ...groups].flatMap((one) => [...one.attached]);
  const arns = [...attached, ...(identity.boundary === undefined ? [] : [identity.boundary])];
  const policies = [...new Set(arns)].sort().flatMap((arn) => ledger.roles.tryFindPolicy(arn) ?? []);
  return policies.flatMap((policy) => [
    rewritten('iam:CreatePolicyVersion', policy, everything(policy.env.partition)),
    ...[...policy.versions]
      .filter(([version]) => version !== policy.defaultVersion)
      .map(([, { document }]) => rewritten('iam:SetDefaultPolicyVersion', policy, document)),
  ]);
}

function rewritten(action: string, policy: ManagedPolicy, document: unknown): Passage {
  const { arn, env, tags } = policy;
  const call: Asked = { action, resource: arn, account: env.account, tags };
  return { calls: [call], made: { rewritten: { name: arn, document } } };
}

/** As the actions of IAM have it in their names. */
function kindOf(identity: Identity): 'Role' | 'User' | 'Group' {
  return identity instanceof Role ? 'Role' : identity instanceof Group ? 'Group' : 'User';
}

/** The policy of administrators in a partition, by its ARN. */
function administratorArn(partition: string): string {
  return ADMINISTRATOR.name.replace(/^arn:aws:/, `arn:${partition}:`);
}

/** What a rewritten policy says: everything. */
function everything(partition: string): unknown {
  return awsManagedPolicy(administratorArn(partition))?.document;
}
