/**
 * What the management account can do to the others: their organization, its policies and its members.
 *
 * Pure: reads a World.
 * Source   B11.7/2; service authorization reference of AWS Organizations (resources of its actions).
 */
import type { Organization, OrganizationNode, OrganizationPolicy } from '../domain/organization';
import type { WorldState } from '../domain/world-state';
import type { TargetKind } from './destructive-actions';
import { Hindrance, ofMember, ofOrganization, ofOrganizationPolicy } from './hindrances';
import type { Target } from './targets';

/** Where requests to services are made that are in no Region. Assumed for every partition. */
export const GLOBAL_REGION = 'us-east-1';

export function organizationTargets({ ledger }: WorldState): Target[] {
  return ledger.organizations.list().flatMap((organization) => [
    target(organization, 'organization', organization.root, ofOrganization(organization)),
    ...[...organization.policies.values()]
      .filter((policy) => !policy.awsManaged && organization.targetsOf(policy).length > 0)
      .map((policy) => target(organization, 'organization-policy', policy, ofOrganizationPolicy(organization, policy))),
    ...organization
      .accounts()
      .filter(({ id }) => id !== organization.managementAccount)
      .map((account) => target(organization, 'member-account', account, ofMember(organization, account))),
  ]);
}

function target(
  organization: Organization,
  kind: TargetKind,
  { id, arn }: OrganizationNode | OrganizationPolicy,
  hindrance: Hindrance,
): Target {
  const { partition } = organization.env;
  // Source B11.7/2: the resource policy lets whom it names, registered or not.
  const delegates = organization
    .accounts()
    .filter(({ id: account }) => account !== organization.managementAccount)
    .filter(
      ({ id: account }) => organization.isAdministrator(account) || organization.resourcePolicy?.includes(account),
    );
  return {
    kind,
    resource: arn,
    policyResource: arn,
    partition,
    account: organization.managementAccount,
    region: GLOBAL_REGION,
    tags: Object.fromEntries(organization.tags.get(id) ?? []),
    ...(organization.resourcePolicy === undefined ? {} : { policy: organization.resourcePolicy }),
    delegates: delegates.map((account) => account.id),
    hindrance,
  };
}
