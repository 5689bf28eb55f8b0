/**
 * What jobs need beside a vault and a free resource: keys that work, a role that can be assumed.
 *
 * Pure: reads a ledger. In a World whose keys and roles are all in order, two comparisons.
 * Source   B4.3/6, B4.3/7, B7.1/1 (which key encrypts what).
 * Spec     keys.md, roles.md
 */
import { at } from '../kernel/columns';
import type { Ledger } from './ledger';
import type { Resource } from './protected-resources';
import type { Origin } from './origins';
import { COPY_NOT_UNSHARED, NO_REASON } from './reasons';
import type { Vault } from './vaults';

/** Why a backup cannot begin; NO_REASON when nothing is against it. */
export function backupAccess(ledger: Ledger, vault: Vault, resource: Resource, origin: Origin): number {
  const refusal = roleAccess(ledger, origin);
  return refusal === NO_REASON ? backupKeys(ledger, vault, resource) : refusal;
}

/** Why the keys of a backup keep it from being made. */
export function backupKeys(ledger: Ledger, vault: Vault, resource: Resource): number {
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
export function copyAccess(ledger: Ledger, point: number, destination: Vault, origin: Origin): number {
  const { keys } = ledger;
  const refusal = roleAccess(ledger, origin);
  return refusal !== NO_REASON || keys.unusable === 0
    ? refusal
    : keys.copyRefusalOf(keyOfPoint(ledger, point), destination.made.encryptionKeyArn);
}

/** Why a copy that is under way cannot end well: the destination's key, or a role that has to unshare (B6.3/9). */
export function copyEndAccess(
  ledger: Ledger,
  source: Vault,
  destination: Vault,
  resource: Resource,
  origin: Origin,
): number {
  const refusal = ledger.keys.copyRefusalOf(undefined, destination.made.encryptionKeyArn);
  const shared = !resource.managed && source.made.env.account !== destination.made.env.account;
  return refusal === NO_REASON && shared && roleAccess(ledger, origin) !== NO_REASON ? COPY_NOT_UNSHARED : refusal;
}

function roleAccess(ledger: Ledger, origin: Origin): number {
  return ledger.roles.settled ? NO_REASON : ledger.roles.refusalOf(origin.roleArn);
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
