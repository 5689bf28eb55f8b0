import { Finding, IValueProbe } from '../../finding';
import { OrganizationBackupPlan, OrganizationBackupPolicy } from '../../organization-backup-policy';
import { at, found } from '../found';
import { members, readable } from '../reading';
import { ORGANIZATION_PLAN, ORGANIZATION_SELECTION } from '../tables/organization';

/**
 * Whether every account has the vaults and roles that a policy names.
 *
 * AWS Backup makes none of them; without them every job fails (Source B11.1/5). Each is pointed out once.
 */
export function checkProvision(policy: OrganizationBackupPolicy, path: string, probe: IValueProbe): Finding[] {
  const { provided } = policy;
  const vaultNames = provided?.backupVaultNames ?? [];
  const roleNames = provided?.roleNames ?? [];
  const findings: Finding[] = [];
  const told = new Set<string>();
  for (const [index, plan] of members(policy.plans, probe)) {
    const planPath = at(at(path, 'plans'), index);
    for (const [vault, vaultPath] of vaultsOf(plan, planPath, probe)) {
      if (!vaultNames.includes(vault) && !told.has(vault)) {
        told.add(vault);
        findings.push(found(ORGANIZATION_PLAN.vault, vaultPath, `${vault}, of which nothing is known`));
      }
    }
    for (const [role, rolePath] of rolesOf(plan, planPath, probe)) {
      if (!roleNames.includes(roleName(role)) && !told.has(role)) {
        told.add(role);
        findings.push(found(ORGANIZATION_SELECTION.roleExists, rolePath, `${role}, of which nothing is known`));
      }
    }
  }
  return findings;
}

/** The names of the vaults that each member account must have, and where the plan says so. */
function vaultsOf(plan: OrganizationBackupPlan, path: string, probe: IValueProbe): [string, string][] {
  return members(plan.rules, probe).flatMap(([index, rule]) => {
    const rulePath = at(at(path, 'rules'), index);
    const target: [string, string] = [rule.targetBackupVaultName, at(rulePath, 'targetBackupVaultName')];
    const copies = members(rule.copyActions, probe).flatMap(([place, { destinationBackupVaultArn: arn }]) => {
      const name = readable(arn, probe) ? arn.split(':$account:backup-vault:')[1] : undefined;
      const copyPath = at(at(at(rulePath, 'copyActions'), place), 'destinationBackupVaultArn');
      return name === undefined ? [] : [[name, copyPath] as [string, string]];
    });
    return [target, ...copies].filter(([name]) => readable(name, probe));
  });
}

/** The ARNs of the roles that a plan names, and where. */
function rolesOf(plan: OrganizationBackupPlan, path: string, probe: IValueProbe): [string, string][] {
  const named = [
    ...rolesIn(plan.tagSelections, 'tagSelections', 'iamRoleArn', path, probe),
    ...rolesIn(plan.resourceSelections, 'resourceSelections', 'iamRoleArn', path, probe),
    ...rolesIn(plan.scanSettings, 'scanSettings', 'scannerRoleArn', path, probe),
  ];
  return named.filter((entry): entry is [string, string] => readable(entry[0], probe));
}

function rolesIn<K extends string>(
  all: readonly { readonly [key in K]?: string }[] | undefined,
  member: string,
  key: K,
  path: string,
  probe: IValueProbe,
): [string | undefined, string][] {
  return members(all, probe).map(([index, one]) => [one[key], at(at(at(path, member), index), key)]);
}

/** The name in the ARN of a role, with its path. */
function roleName(arn: string): string {
  return arn.split(':role/').slice(1).join(':role/');
}
