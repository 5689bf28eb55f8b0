/**
 * Where the backups of a rule go.
 *
 * Owns     nothing: keeps with the rule what it found, until vaults or rosters change.
 * Source   B7.6/1.
 * Spec     plans.md
 */
import type { Ledger } from './ledger';
import { NO_REASON } from './reasons';
import type { Rule } from './plans';
import type { Resource } from './protected-resources';
import type { Vault } from './vaults';

/** The series of what has no vault. */
export const NO_VAULT = -1;

/** The vault that each resource's backup goes to, where it exists. */
export function vaultsOf(ledger: Ledger, { plan, declaration }: Rule): (resource: Resource) => Vault | undefined {
  const standard = ledger.vaults.tryFind(plan.declaration.env, declaration.targetBackupVaultName);
  const airGapArn = declaration.targetLogicallyAirGappedBackupVaultArn;
  const airGap = airGapArn === undefined ? undefined : ledger.vaults.tryFindByArn(airGapArn);
  return ({ managed, airGapRefusal }) => {
    // Source B7.6/1: fully managed services go straight into the air-gapped vault.
    const direct = airGapArn !== undefined && managed && airGapRefusal === NO_REASON;
    return direct ? airGap : standard;
  };
}

/** The series that each resource's backup goes to; -1 where the vault does not exist. */
export function targetsOf(ledger: Ledger, rule: Rule, roster: readonly Resource[]): Int32Array {
  if (rule.seriesVersion !== ledger.rosterVersion) {
    const vaultFor = vaultsOf(ledger, rule);
    rule.series = Int32Array.from(roster, (resource) => {
      const vault = vaultFor(resource);
      return vault === undefined ? NO_VAULT : ledger.series.of(resource, vault);
    });
    rule.seriesVersion = ledger.rosterVersion;
  }
  return rule.series;
}
