/**
 * Organizations, their nodes and policies that a call names, and who may call.
 *
 * Pure: reads the World.
 * Source   API reference of AWS Organizations: the exceptions of each operation. The texts are Assumed.
 */
import type { PolicyType } from '@aws-sdk/client-organizations';
import { Organization, OrganizationNode, OrganizationPolicy, PolicyKind } from '../domain/organization';
import { decide } from '../domain/policy/decide';
import { ADMINISTRATORS, principalOf } from '../domain/policy/in-force';
import type { WorldState } from '../domain/world-state';
import type { Caller } from './caller';
import { AwsFault } from './fault';
import { required } from './find-vault';

/** The organization that the caller is in. */
export function findOrganization(state: WorldState, caller: Caller): Organization {
  const organization = state.ledger.organizations.of(caller);
  if (organization === undefined) {
    throw new AwsFault('AWSOrganizationsNotInUseException', 'Your account is not a member of an organization.');
  }
  return organization;
}

/** For calls of the management account alone. */
export function findManaged(state: WorldState, caller: Caller): Organization {
  const organization = findOrganization(state, caller);
  if (organization.managementAccount !== caller.account) {
    throw new AwsFault('AccessDeniedException', "You don't have permissions to access this resource.");
  }
  return organization;
}

/** For calls that read, of the management account and delegated administrators. */
export function findAdministered(state: WorldState, caller: Caller): Organization {
  const organization = findOrganization(state, caller);
  if (!organization.isAdministrator(caller.account)) {
    throw new AwsFault('AccessDeniedException', "You don't have permissions to access this resource.");
  }
  return organization;
}

/**
 * For calls that change policies: of the management account, and of those whom the resource policy of the organization lets.
 *
 * Source   B11.7/2; AWS Organizations user guide, "Delegated administrator for AWS Organizations": to administer AWS Backup is not
 *          enough. Identity policies are asked before (authorize.ts).
 * @param arns of all that the call is about
 */
export function findToManage(
  state: WorldState,
  caller: Caller,
  operation: string,
  find: (organization: Organization) => { readonly kind: PolicyKind; readonly arns: readonly string[] },
): Organization {
  const organization = findOrganization(state, caller);
  if (organization.managementAccount === caller.account) {
    return organization;
  }
  const { kind, arns } = find(organization);
  const root = `arn:${caller.partition}:iam::${caller.account}:root`;
  const principal = principalOf(state.ledger, caller.principalArn ?? root);
  const { resourcePolicy, managementAccount: resourceAccount } = organization;
  const leave =
    resourcePolicy === undefined
      ? undefined
      : { name: 'resource policy of the organization', document: resourcePolicy };
  const lets = (resource: string) =>
    principal !== undefined &&
    leave !== undefined &&
    decide(
      {
        principal,
        action: `organizations:${operation}`,
        resource,
        resourceAccount,
        context: { 'organizations:PolicyType': kind },
      },
      { identity: ADMINISTRATORS, resource: leave },
    ).allowed;
  if (!arns.every(lets)) {
    throw new AwsFault('AccessDeniedException', "You don't have permissions to access this resource.");
  }
  return organization;
}

export function findAccount(organization: Organization, id: string | undefined): OrganizationNode {
  const node = organization.tryFind(required(id, 'AccountId'));
  if (node?.kind !== 'ACCOUNT') {
    throw new AwsFault('AccountNotFoundException', `You specified an account that doesn't exist: ${id}`);
  }
  return node;
}

/** The root or a unit. */
export function findParent(organization: Organization, id: string | undefined): OrganizationNode {
  const node = organization.tryFind(required(id, 'ParentId'));
  if (node === undefined || node.kind === 'ACCOUNT') {
    throw new AwsFault('ParentNotFoundException', `You specified parent that doesn't exist: ${id}`);
  }
  return node;
}

/** Root, unit or account. */
export function findTarget(organization: Organization, id: string | undefined): OrganizationNode {
  const node = organization.tryFind(required(id, 'TargetId'));
  if (node === undefined) {
    throw new AwsFault('TargetNotFoundException', `You specified a target that doesn't exist: ${id}`);
  }
  return node;
}

/** A unit alone. */
export function findUnit(organization: Organization, id: string | undefined): OrganizationNode {
  const node = organization.tryFind(required(id, 'OrganizationalUnitId'));
  if (node?.kind !== 'ORGANIZATIONAL_UNIT') {
    throw new AwsFault('OrganizationalUnitNotFoundException', `You specified an OU that doesn't exist: ${id}`);
  }
  return node;
}

/** The tags of whatever in an organization can have some. */
export function organizationTags(organization: Organization, id: string | undefined): Map<string, string> {
  const of = required(id, 'ResourceId');
  const known =
    organization.tryFind(of) !== undefined ||
    organization.policies.has(of) ||
    (of === organization.resourcePolicyId && organization.resourcePolicy !== undefined);
  if (!known) {
    throw new AwsFault('TargetNotFoundException', `You specified a target that doesn't exist: ${of}`);
  }
  const tags = organization.tags.get(of) ?? new Map<string, string>();
  organization.tags.set(of, tags);
  return tags;
}

export function findOrganizationPolicy(organization: Organization, id: string | undefined): OrganizationPolicy {
  const policy = organization.policies.get(required(id, 'PolicyId'));
  if (policy === undefined) {
    throw new AwsFault('PolicyNotFoundException', `You specified a policy that doesn't exist: ${id}`);
  }
  return policy;
}

/** The kinds that the World knows: those that bear on backups, and that guard them. */
export function policyKind(type: PolicyType | string | undefined): PolicyKind {
  const given = required(type, 'Type');
  const kinds: readonly string[] = [
    'SERVICE_CONTROL_POLICY',
    'RESOURCE_CONTROL_POLICY',
    'BACKUP_POLICY',
    'DECLARATIVE_POLICY_EC2',
  ];
  if (!kinds.includes(given)) {
    throw new AwsFault('InvalidInputException', `Type must be one of ${kinds.join(', ')}, got ${given}`);
  }
  return given as PolicyKind;
}

/** For calls that change a policy: those of AWS are nobody's to change. */
export function findCustomerPolicy(organization: Organization, id: string | undefined): OrganizationPolicy {
  const policy = findOrganizationPolicy(organization, id);
  if (policy.awsManaged) {
    throw new AwsFault('AccessDeniedException', `${policy.id} is managed by AWS.`);
  }
  return policy;
}
