/**
 * What AWS says that accounts inherit of backup policies, held against what Holdfast works out of the same policies.
 *
 * Pure: a document and contents in, notes out.
 * Source   B11.2/4. The order of members and of list items tells nothing.
 */
import { type DeclaredOrganization, EffectivePolicies, type OrganizationNode } from '@holdfast/model';

/** A note for each account of which the two say different things. */
export function differences(organization: DeclaredOrganization, told: Readonly<Record<string, unknown>>): string[] {
  const worked = new Map(
    EffectivePolicies.preview(treeOf(organization)).map(({ accountId, content, settings }) => [
      accountId,
      settings.length === 0 ? null : (content as unknown),
    ]),
  );
  return Object.keys(told)
    .sort()
    .filter((account) => canonical(told[account]) !== canonical(worked.get(account) ?? null))
    .map(
      (account) =>
        `account ${account}: AWS says another effective backup policy than its policies come to here; hold its plans in a simulation against it`,
    );
}

/** The tree with the policies at the nodes that they are attached to. */
function treeOf(organization: DeclaredOrganization): OrganizationNode {
  const { rootId, env, units = [], members = [], policies = [] } = organization;
  const accounts = [
    ...members.map(({ accountId, parentId = rootId }) => ({ id: accountId, parentId })),
    // The account that manages an organization has its place in it as well; where, the declaration does not say.
    ...(members.some(({ accountId }) => accountId === env.account) ? [] : [{ id: env.account, parentId: rootId }]),
  ];
  const node = (id: string): OrganizationNode => ({
    id,
    children: [
      ...units.filter(({ parentId }) => parentId === id).map(({ unitId }) => node(unitId)),
      ...accounts.filter(({ parentId }) => parentId === id).map((one): OrganizationNode => ({ id: one.id })),
    ],
  });
  const attached = policies
    .filter(({ policyType }) => policyType === 'BACKUP_POLICY')
    .map(({ policyName, content, targetIds = [] }) => ({ policyName, content: content as unknown, targetIds }));
  return EffectivePolicies.withPolicies(node(rootId), attached);
}

function canonical(value: unknown): string {
  if (Array.isArray(value)) {
    return `[${value.map(canonical).sort().join()}]`;
  }
  if (typeof value === 'object' && value !== null) {
    const members = Object.entries(value).map(([key, member]) => `${JSON.stringify(key)}:${canonical(member)}`);
    return `{${members.sort().join()}}`;
  }
  return JSON.stringify(value);
}
