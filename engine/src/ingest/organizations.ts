/**
 * Organizations of one reading, with the units, accounts and policies that other resources declare in them.
 *
 * Owns     what was read so far. Both forms of artifacts fill it, so that both join by the same rules.
 * Assumed  Units, accounts and policies belong to the organization that the artifacts declare for the same account.
 *          Where none is declared they are listed as not read, as a World without an organization asks for no leave
 *          (engine/src/domain/organization.md).
 */
import type {
  DeclaredOrganization,
  Environment,
  Estate,
  OrganizationAdministrator,
  OrganizationMember,
  OrganizationPolicy,
  OrganizationSettings,
  OrganizationUnit,
} from '@holdfast/model';
import type { Place } from './access';
import { generatedHex } from '../domain/generated-ids';
import type { NotRead } from './artifact';
import { withoutUndefined } from './cloudformation/declaration';

/** One thing that belongs to an organization. */
export type OrganizationPart =
  | { readonly unit: OrganizationUnit }
  | { readonly member: OrganizationMember }
  | { readonly policy: OrganizationPolicy }
  | { readonly administrator: OrganizationAdministrator }
  | { readonly attached: { readonly policyId: string; readonly targetId: string } };

/** A part with where it is declared. */
export interface PlacedPart {
  readonly place: Place;
  readonly env: Environment;
  readonly part: OrganizationPart;
}

export class OrganizationDeclarations {
  private readonly organizations: DeclaredOrganization[] = [];
  private readonly parts: PlacedPart[] = [];
  private readonly settings: OrganizationSettings[] = [];

  addOrganization(organization: DeclaredOrganization): void {
    this.organizations.push(organization);
  }

  addPart(place: Place, env: Environment, part: OrganizationPart): void {
    this.parts.push({ place, env, part });
  }

  addSettings(settings: OrganizationSettings): void {
    this.settings.push(settings);
  }

  estate(): Pick<Estate, 'organizations' | 'organizationSettings'> {
    const organizations = this.organizations.map((one) => this.complete(one));
    return {
      ...(organizations.length > 0 && { organizations }),
      ...(this.settings.length > 0 && { organizationSettings: this.settings }),
    };
  }

  /** Parts of organizations that none of these artifacts declares; another form of artifact may. */
  strays(): PlacedPart[] {
    return this.parts.filter(({ env }) => !this.organizations.some((one) => isOf(one, env)));
  }

  private complete(organization: DeclaredOrganization): DeclaredOrganization {
    const parts = this.parts.filter(({ env }) => isOf(organization, env)).map(({ part }) => part);
    const attached = parts.flatMap((part) => ('attached' in part ? [part.attached] : []));
    const policies = parts
      .flatMap((part) => ('policy' in part ? [part.policy] : []))
      .map((policy) => {
        const more = attached.filter(({ policyId }) => policyId === policy.policyId).map(({ targetId }) => targetId);
        const targetIds = [...(policy.targetIds ?? []), ...more].sort();
        return withoutUndefined<OrganizationPolicy>({
          ...policy,
          content: policy.content as unknown,
          targetIds: targetIds.length === 0 ? undefined : targetIds,
        });
      });
    return withoutUndefined<DeclaredOrganization>({
      ...organization,
      units: joined(
        organization.units,
        parts.flatMap((part) => ('unit' in part ? [part.unit] : [])),
      ),
      members: joined(
        organization.members,
        parts.flatMap((part) => ('member' in part ? [part.member] : [])),
      ),
      policies: joined(organization.policies, policies),
      administrators: joined(
        organization.administrators,
        parts.flatMap((part) => ('administrator' in part ? [part.administrator] : [])),
      ),
    });
  }
}

/** Ids that AWS Organizations would make, keyed by the account and by what the thing is called. */
export const ORGANIZATION_IDS = {
  organization: (env: Environment) => `o-${hex('organization', env, '', 10)}`,
  root: (env: Environment) => `r-${hex('organization-root', env, '', 4)}`,
  unit: (env: Environment, parentId: string, name: string) =>
    `ou-${hex('organization-root', env, '', 4)}-${hex('organizational-unit', env, `${parentId}/${name}`, 8)}`,
  policy: (env: Environment, type: string, name: string) =>
    `p-${hex('organization-policy', env, `${type}/${name}`, 8)}`,
  account: (env: Environment, email: string) =>
    String(BigInt(`0x${hex('account', env, email, 16)}`) % 1_000_000_000_000n).padStart(12, '0'),
};

function hex(kind: string, env: Environment, name: string, digits: number): string {
  return generatedHex(kind, { ...env, region: '' }, name, digits);
}

function isOf(organization: DeclaredOrganization, env: Environment): boolean {
  return organization.env.account === env.account && organization.env.partition === env.partition;
}

function joined<T>(before: readonly T[] | undefined, items: readonly T[]): T[] | undefined {
  const all = [...(before ?? []), ...items];
  return all.length === 0 ? undefined : all;
}

/** Organizations of some artifacts with what others declare in them, and the parts whose organization none declares. */
export function withParts(
  organizations: readonly DeclaredOrganization[],
  parts: readonly PlacedPart[],
): { readonly organizations: readonly DeclaredOrganization[]; readonly notRead: readonly NotRead[] } {
  const all = new OrganizationDeclarations();
  organizations.forEach((one) => all.addOrganization(one));
  parts.forEach(({ place, env, part }) => all.addPart(place, env, part));
  return {
    organizations: all.estate().organizations ?? [],
    notRead: all
      .strays()
      .map(({ place: { path, type } }) => ({ path, type, reason: 'its organization is not among the artifacts' })),
  };
}
