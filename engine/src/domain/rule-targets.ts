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

/** The series of what has no vault. */
export const NO_VAULT = -1;

/** The series that each resource's backup goes to; -1 where the vault does not exist. */
export function targetsOf(ledger: Ledger, rule: Rule, roster: readonly Resource[]): Int32Array {
  if (rule.seriesVersion !== ledger.rosterVersion) {
    const { env } = rule.plan.declaration;
    const standard = ledger.vaults.tryFind(env, rule.declaration.targetBackupVaultName);
    const airGapArn = rule.declaration.targetLogicallyAirGappedBackupVaultArn;
    const airGap = airGapArn === undefined ? undefined : ledger.vaults.tryFindByArn(airGapArn);
    rule.series = Int32Array.from(roster, (resource) => {
      // Source B7.6/1: fully managed services go straight into the air-gapped vault.
      const direct = airGapArn !== undefined && resource.managed && resource.airGapRefusal === NO_REASON;
      const vault = direct ? airGap : standard;
      return vault === undefined ? NO_VAULT : ledger.series.of(resource, vault);
    });
    rule.seriesVersion = ledger.rosterVersion;
  }
  return rule.series;
}
