/**
 * What the rules find in what stands in a World.
 *
 * Pure: reads a World. Asked again and again by who looks on, it looks again once something that was declared has changed.
 */
import { BackupLimits, BackupVault, Effect, Estate, EstateRules, Finding, PlainValues } from '@holdfast/model';
import type { WorldState } from '../domain/world-state';

interface Known {
  readonly version: string;
  readonly findings: readonly Finding[];
}

const KNOWN = new WeakMap<WorldState, Known>();

/** The findings but those that AWS would have refused: it has taken what stands. */
export function standingFindings(state: WorldState, estate: Estate): readonly Finding[] {
  const { policyVersion, rosterVersion, resources } = state.ledger;
  const version = [policyVersion, rosterVersion, resources.count].join(' ');
  const known = KNOWN.get(state);
  if (known?.version === version) {
    return known.findings;
  }
  const declared = { ...estate, vaults: (estate.vaults ?? []).map(asDeclared) };
  const findings = EstateRules.check(declared, new PlainValues()).filter(
    ({ effect }) => effect !== Effect.REFUSED_BY_AWS,
  );
  KNOWN.set(state, { version, findings });
  return findings;
}

/** A lock was put with some days of grace; fewer are left of them later (Source B7.4/1). */
function asDeclared(vault: BackupVault): BackupVault {
  const days = vault.vaultLock?.changeableForDays;
  return days === undefined
    ? vault
    : { ...vault, vaultLock: { ...vault.vaultLock, changeableForDays: Math.max(BackupLimits.LOCK_GRACE_DAYS, days) } };
}
