/**
 * What is known of what stands in a World: what protects each resource, and what the rules find.
 *
 * Pure: reads a World. Asked again and again by who looks on, it looks again once something that was declared has changed.
 */
import {
  BackupLimits,
  BackupVault,
  Coverage,
  Effect,
  Estate,
  EstateRules,
  Finding,
  PlainValues,
  ResourceCoverage,
} from '@holdfast/model';
import type { WorldState } from '../domain/world-state';
import { standingEstate } from './standing-estate';

export interface Standing {
  readonly estate: Estate;
  readonly coverage: readonly ResourceCoverage[];
  /** But those that AWS would have refused: it has taken what stands. */
  readonly findings: readonly Finding[];
}

interface Known extends Standing {
  readonly version: string;
}

const KNOWN = new WeakMap<WorldState, Known>();

export function standingOf(state: WorldState): Standing {
  const estate = standingEstate(state);
  const { policyVersion, rosterVersion, resources } = state.ledger;
  const version = [policyVersion, rosterVersion, resources.count].join(' ');
  const known = KNOWN.get(state);
  if (known?.version === version) {
    return { ...known, estate };
  }
  const declared = { ...estate, vaults: (estate.vaults ?? []).map(asDeclared) };
  const findings = EstateRules.check(declared, new PlainValues()).filter(
    ({ effect }) => effect !== Effect.REFUSED_BY_AWS,
  );
  const found = { version, estate, coverage: Coverage.rows(estate), findings };
  KNOWN.set(state, found);
  return found;
}

/** A lock was put with some days of grace; fewer are left of them later (Source B7.4/1). */
function asDeclared(vault: BackupVault): BackupVault {
  const days = vault.vaultLock?.changeableForDays;
  return days === undefined
    ? vault
    : { ...vault, vaultLock: { ...vault.vaultLock, changeableForDays: Math.max(BackupLimits.LOCK_GRACE_DAYS, days) } };
}
