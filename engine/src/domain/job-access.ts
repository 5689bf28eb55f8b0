/**
 * What jobs need beside a vault and a free resource: keys that work.
 *
 * Pure: reads a ledger. In a World whose keys are all in order, one comparison.
 * Source   B4.3/7, B7.1/1 (which key encrypts what).
 * Spec     keys.md
 */
import { at } from '../kernel/columns';
import type { Ledger } from './ledger';
import type { Resource } from './protected-resources';
import { NO_REASON } from './reasons';
import type { Vault } from './vaults';

/** Why a backup cannot be made; NO_REASON when nothing is against it. */
export function backupAccess(ledger: Ledger, vault: Vault, resource: Resource): number {
  const { keys } = ledger;
  if (keys.unusable === 0) {
    return NO_REASON;
  }
  const ofVault = resource.managed || vault.made.airGapped ? keys.refusalOf(vault.made.encryptionKeyArn) : NO_REASON;
  // Source B13: a backup of a bucket whose objects cannot be read completes without them.
  const readable = resource.service.id === 's3';
  return ofVault !== NO_REASON || readable ? ofVault : keys.refusalOf(resource.declaration.encryptedWith);
}

/** Why a point cannot be copied into a vault. */
export function copyAccess(ledger: Ledger, point: number, destination: Vault): number {
  const { keys } = ledger;
  return keys.unusable === 0
    ? NO_REASON
    : keys.copyRefusalOf(keyOfPoint(ledger, point), destination.made.encryptionKeyArn);
}

/**
 * The key that a point is encrypted with; undefined for one that AWS manages, or none.
 *
 * Source B7.1/1: the vault's for copies and for what AWS Backup manages fully, else that of the resource.
 */
export function keyOfPoint(ledger: Ledger, row: number): string | undefined {
  const { points } = ledger;
  const series = at(points.series, row);
  const vault = ledger.vaultOf(series);
  const resource = ledger.resourceOf(series);
  return resource.managed || vault.made.airGapped || at(points.sources, row) >= 0
    ? vault.made.encryptionKeyArn
    : resource.declaration.encryptedWith;
}
