/**
 * What a capture is encrypted with, beside which others it is stored, and of which instant one is restored.
 *
 * Pure: reads a ledger.
 * Source   B4.4/1, B7.1/1.
 * Spec     ../host/content/content.md
 */
import { at } from '../kernel/columns';
import { type Instant, tryParseInstant } from '../kernel/instant';
import type { Scope } from './content-orders';
import { latestRestorableOf } from './continuous';
import type { Ledger } from './ledger';
import type { Resource } from './protected-resources';
import { CONTINUOUS } from './recovery-points';
import { valueOf } from './restore-job';
import type { RestoreJob } from './restore-runs';
import type { Vault } from './vaults';

/** @param keyArn the key of what is written; undefined for one that AWS owns */
export function scopeOf(ledger: Ledger, keyArn: string | undefined, resource: Resource, vault: Vault): Scope {
  const { keys, names } = ledger;
  const key = keyArn === undefined ? undefined : keys.tryFindByArn(keyArn);
  const place = names.text(vault.place);
  return {
    key: key === undefined ? (keyArn ?? `owned by AWS in ${place}`) : (key.made.primary ?? key).arn,
    place: resource.managed ? vault.arn : place,
  };
}

/** The instant of which a job restores the content. */
export function restoredFrom(ledger: Ledger, { request, resourceType }: RestoreJob): Instant {
  const { points, now } = ledger;
  const { row, metadata } = request;
  const createdAt = at(points.createdAts, row);
  if (!points.has(row, CONTINUOUS)) {
    return createdAt;
  }
  const given = tryParseInstant(valueOf(metadata, 'RestoreTime') ?? valueOf(metadata, 'restoreToTime') ?? '');
  return given ?? latestRestorableOf(resourceType, createdAt, now);
}
