/**
 * What a scan reads: all of a point, or what came to it since another.
 *
 * Pure: facts in, a base or none out.
 * Source   B5.6/2.
 * Spec     scan-job.md
 */
import { intAt } from '../kernel/columns';
import { DAY } from '../kernel/instant';
import type { Ledger } from './ledger';
import type { Resource } from './protected-resources';
import type { ScanJob, ScanRequest } from './scan-runs';

export enum ScanMode {
  FULL = 'FULL_SCAN',
  INCREMENTAL = 'INCREMENTAL_SCAN',
}

/** Source B5.6/2: how long ago a base may have been scanned. */
const BASE_DAYS = 365;

/** The scan of the same resource that an incremental one builds on; undefined when it reads everything. */
export function scanBase(
  ledger: Ledger,
  earlier: readonly ScanJob[],
  request: ScanRequest,
  resource: Resource,
): ScanJob | undefined {
  const { points, now } = ledger;
  const series = intAt(points.series, request.row);
  const moved = ledger.vaultOf(series).made.airGapped || intAt(points.sources, request.row) >= 0;
  if (request.mode === ScanMode.FULL || (resource.service.id === 'ec2' && moved)) {
    return undefined;
  }
  const scanned = earlier
    .filter((job) => job.state === 'COMPLETED' && job.request.row !== request.row)
    .filter((job) => (request.baseArn ?? job.pointArn) === job.pointArn)
    .at(-1);
  const stands = scanned && points.isSame(scanned.request.row, scanned.series, scanned.pointCreatedAt);
  return stands && now - (scanned.completedAt ?? now) <= BASE_DAYS * DAY ? scanned : undefined;
}
