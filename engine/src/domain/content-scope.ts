/**
 * What a capture is encrypted with, beside which others it is stored, and of which instant one is restored.
 *
 * Pure: reads a ledger.
 * Source   B4.4/1, B5.3/1, B7.1/1.
 * Spec     ../host/content/content.md
 */
import { ContinuousVaults } from '@holdfast/model';
import { floatAt, intAt } from '../kernel/columns';
import { type Instant, tryParseInstant } from '../kernel/instant';
import type { Options, Revision } from './content-held';
import type { Scope } from './content-orders';
import { restorableUntil } from './continuous';
import type { Ledger } from './ledger';
import type { Resource } from './protected-resources';
import { NO_REASON } from './reasons';
import { CONTINUOUS } from './recovery-points';
import { valueOf } from './restore-job';
import type { RestoreJob } from './restore-runs';
import { lifecycleOf } from './show';
import type { Vault } from './vaults';

/** The newest of some revisions that is of a scope; of those of one instant the last. */
export function newestIn({ key, place }: Scope, revisions: readonly Revision[]): Revision | undefined {
  const within = revisions.filter(({ held: { scope } }) => scope.key === key && scope.place === place);
  return within.reduce<Revision | undefined>(
    (newest, one) => (newest === undefined || one.from >= newest.from ? one : newest),
    undefined,
  );
}

/**
 * Source B4.4/1: what is captured builds on what has the same scope: of the same vault where AWS Backup manages the service
 * fully, else of the whole account and Region.
 *
 * @param keyArn the key of what is written; undefined for one that AWS owns
 */
export function scopeOf(ledger: Ledger, keyArn: string | undefined, resource: Resource, vault: Vault): Scope {
  const { keys, names } = ledger;
  const key = keyArn === undefined ? undefined : keys.tryFindByArn(keyArn);
  const place = names.text(vault.place);
  return {
    key: key === undefined ? (keyArn ?? `owned by AWS in ${place}`) : (key.made.primary ?? key).arn,
    place: resource.managed ? vault.arn : place,
  };
}

/** How many days back a continuous point restores. Source B5.3/1. */
export function restorableDays(ledger: Ledger, row: number): number {
  const longest = ContinuousVaults.LONGEST_RETENTION_DAYS;
  return Math.min(lifecycleOf(ledger, row)?.deleteAfterDays ?? longest, longest);
}

/** The instant of which a job restores the content. */
export function restoredFrom(ledger: Ledger, { request }: RestoreJob): Instant {
  const { points } = ledger;
  const { row, metadata } = request;
  const createdAt = floatAt(points.createdAts, row);
  if (!points.has(row, CONTINUOUS)) {
    return createdAt;
  }
  const given = tryParseInstant(valueOf(metadata, 'RestoreTime') ?? valueOf(metadata, 'restoreToTime') ?? '');
  return given ?? restorableUntil(ledger, row);
}

/**
 * What a backup job asks for. Source B2.4/1: beside a continuous backup, snapshots have the settings of that.
 *
 * @param row the job
 * @param continuous options of the continuous point that stands, if it has content
 */
export function optionsOf(
  { jobs, points, origins }: Ledger,
  row: number,
  { service, continuousPoint: standing, vssIssue }: Resource,
  continuous: Options | undefined,
): Options {
  const origin = origins.find(intAt(jobs.origins, row));
  const renews =
    origin.rule?.declaration.enableContinuousBackup === true &&
    intAt(points.series, standing) === intAt(jobs.series, row);
  const options = continuous === undefined || renews ? origin.optionsFor(service.resourceType) : continuous;
  return vssIssue === NO_REASON ? options : { ...options, WindowsVSS: 'disabled' };
}
