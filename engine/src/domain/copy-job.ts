/**
 * One copy job: whether it may run.
 *
 * Pure: takes a copy's facts, returns the reason against it. Its moves are those of backup-job.ts without windows.
 * Units    `…Days` are counts, NEVER for "kept for ever".
 * Source   B6.1-B6.3, B7.5.
 * Spec     copy-job.md
 */
import { BackupLimits, Regions } from '@holdfast/model';
import { isManagedKey, type Resource } from './protected-resources';
import { COPY_AIR_GAP_MANAGED_KEY, COPY_AIR_GAP_PLAIN_CLUSTER, COPY_AIR_GAP_UNSUPPORTED } from './air-gap-reasons';
import {
  COPY_ACCOUNT_UNSUPPORTED,
  COPY_BOTH_UNSUPPORTED,
  COPY_INTO_OWN_VAULT,
  COPY_REGION_UNSUPPORTED,
  COPY_RETENTION_OUTSIDE_LOCK,
  COPY_TYPE_UNSUPPORTED,
  COPY_VAULT_FULL,
  DESTINATION_DEFAULT_KEY,
  DESTINATION_MISSING,
  NO_REASON,
  SOURCE_MANAGED_KEY,
} from './reasons';
import { admits } from './vault-lock';
import type { Vault } from './vaults';

const { RECOVERY_POINTS_OF_VAULT } = BackupLimits;
/** What is to be copied. */
export interface Copied {
  readonly resource: Resource;
  readonly retentionDays: number;
  /** Whether the point is under a key that AWS manages (encryption.ts). */
  readonly boundByKey: boolean;
}

/** Why vaults and services keep a copy from being made; what keys, roles and accounts say is job-access.ts's. */
export function copyRefusalOf(source: Vault, destination: Vault | undefined, copied: Copied): number {
  if (destination === undefined || destination.deleted) {
    return DESTINATION_MISSING;
  }
  if (destination === source) {
    return COPY_INTO_OWN_VAULT;
  }
  const unsupported = unsupportedCopy(source, destination, copied);
  if (unsupported !== NO_REASON) {
    return unsupported;
  }
  if (destination.live >= RECOVERY_POINTS_OF_VAULT) {
    return COPY_VAULT_FULL;
  }
  return admits(destination.lock, copied.retentionDays) ? NO_REASON : COPY_RETENTION_OUTSIDE_LOCK;
}

function unsupportedCopy(source: Vault, destination: Vault, { resource, boundByKey }: Copied): number {
  const { service } = resource;
  if (destination.made.airGapped && !service.logicallyAirGapped) {
    return COPY_AIR_GAP_UNSUPPORTED;
  }
  if (destination.made.airGapped && (boundByKey || resource.staysPlain)) {
    return boundByKey ? COPY_AIR_GAP_MANAGED_KEY : COPY_AIR_GAP_PLAIN_CLUSTER;
  }
  if (source.place === destination.place) {
    // Source B6.2/5: copies within a Region are for types with copy support.
    return service.crossRegionCopy || service.crossAccountCopy || service.logicallyAirGapped
      ? NO_REASON
      : COPY_TYPE_UNSUPPORTED;
  }
  const otherAccount = source.made.env.account !== destination.made.env.account;
  const otherRegion = source.made.env.region !== destination.made.env.region;
  if (otherRegion && !service.crossRegionCopy) {
    return COPY_REGION_UNSUPPORTED;
  }
  const [from, to] = [source.made.env.region, destination.made.env.region];
  if (Regions.withoutCopy(service.id, from, to, false).length > 0) {
    return COPY_REGION_UNSUPPORTED;
  }
  if (!otherAccount) {
    return NO_REASON;
  }
  if (Regions.withoutCopy(service.id, from, to, true).length > 0) {
    return COPY_ACCOUNT_UNSUPPORTED;
  }
  if (!service.crossAccountCopy) {
    return COPY_ACCOUNT_UNSUPPORTED;
  }
  if (otherRegion && !service.crossRegionAndAccountInOneCopy) {
    return COPY_BOTH_UNSUPPORTED;
  }
  return crossAccountKeys(destination, boundByKey);
}

/** Source B6.3/4 and B6.3/5. A logically air-gapped vault has a key that AWS owns for this purpose (B7.5/1). */
function crossAccountKeys(destination: Vault, boundByKey: boolean): number {
  const key = destination.made.encryptionKeyArn;
  if (!destination.made.airGapped && (key === undefined || isManagedKey(key) || destination.name === 'Default')) {
    return DESTINATION_DEFAULT_KEY;
  }
  return boundByKey ? SOURCE_MANAGED_KEY : NO_REASON;
}
