import { BackupLimits } from '../../backup-limits';
import { Environment } from '../../environment';
import { Finding, RuleDescription } from '../../finding';
import { BackupPlan } from '../../plan';
import { RegionSettingsRules } from '../../region-settings';
import { placeOf } from '../arns';
import { at, found } from '../found';
import { duplicates } from '../names';
import { absent, members, readable } from '../reading';
import { PLAN } from '../tables/plan';
import { VAULT } from '../tables/vault';
import { EstateIndex } from './estate-index';

/** Names that collide and counts that exceed a quota. */
export function checkNames(index: EstateIndex): Finding[] {
  const findings: Finding[] = [];
  for (const [first, vault] of duplicates(index.vaults, (member) => `${placeOf(member.env)}|${member.name}`)) {
    findings.push(found(VAULT.unique, at(vault.path, 'backupVaultName'), `${vault.name} again, as in ${first.path}`));
  }
  const nameOf = (plan: BackupPlan) => `${placeOf(plan.env)}|${plan.backupPlanName}`;
  for (const [first, { plan, path }] of duplicates(index.plans, (member) => nameOf(member.plan))) {
    if (documentOf(first.plan) === documentOf(plan)) {
      findings.push(found(PLAN.document, path, `those of ${first.path} again`));
    } else {
      const given = `${plan.backupPlanName} again, as in ${first.path}`;
      findings.push(found(PLAN.nameUnique, at(path, 'backupPlanName'), given));
    }
  }
  for (const { plan, path } of index.plans) {
    if (absent(plan.selections) || (readable(plan.selections, index.probe) && plan.selections.length === 0)) {
      findings.push(found(PLAN.noSelection, at(path, 'selections'), '0'));
    }
  }
  findings.push(...checkQuota(VAULT.quota, BackupLimits.VAULTS, index.vaults));
  findings.push(
    ...checkQuota(
      PLAN.quota,
      BackupLimits.PLANS,
      index.plans.map(({ plan, path }) => ({ env: plan.env, path })),
    ),
  );
  return findings;
}

/** What the rules find in opt-in settings. */
export function checkRegionSettings(index: EstateIndex): Finding[] {
  return members(index.estate.regionSettings, index.probe).flatMap(([, settings]) =>
    RegionSettingsRules.check(
      settings,
      settings.declaredAt ?? `${settings.env.account} ${settings.env.region}`,
      index.probe,
    ),
  );
}

function checkQuota(
  rule: RuleDescription,
  quota: number,
  all: readonly { env: Environment; path: string }[],
): Finding[] {
  const counts = new Map<string, { count: number; path: string }>();
  for (const { env, path } of all) {
    const before = counts.get(placeOf(env));
    counts.set(placeOf(env), { count: (before?.count ?? 0) + 1, path: before?.path ?? path });
  }
  return [...counts.values()]
    .filter(({ count }) => count > quota)
    .map(({ count, path }) => found(rule, path, String(count)));
}

/** What AWS compares: name, rules and settings, whatever the order of their members. */
function documentOf(plan: BackupPlan): string {
  return sorted([plan.backupPlanName, plan.rules, plan.advancedBackupSettings ?? []]);
}

function sorted(value: unknown): string {
  return JSON.stringify(value, (_key, member: unknown) =>
    typeof member === 'object' && member !== null && !Array.isArray(member)
      ? Object.fromEntries(Object.entries(member).sort(([a], [b]) => (a < b ? -1 : 1)))
      : member,
  );
}
