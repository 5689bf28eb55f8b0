/**
 * What the point of a finished backup job is: a snapshot, continuous, direct or temporary on its way to an air-gapped vault.
 *
 * Pure, but for automated backups that a continuous decision turns on.
 * Source   B4.5/3, B5.3, B7.6.
 * Spec     backup-job.md
 */
import { isContinuous } from './continuous';
import type { ContinuousRuns } from './continuous-runs';
import type { Origin } from './origins';
import type { Resource } from './protected-resources';
import {
  DIRECT_TO_AIR_GAP,
  MEMBER_OF_COMPOSITE,
  NO_REASON,
  SNAPSHOT_BY_RULE,
  SNAPSHOT_ON_DEMAND,
  TEMPORARY_FOR_AIR_GAP,
} from './reasons';
import type { Vault } from './vaults';

/** The reason of the point that a finished job makes. */
export function decisionOf(
  continuous: ContinuousRuns,
  resource: Resource,
  series: number,
  vault: Vault,
  origin: Origin,
): number {
  if (origin.given.within !== undefined) {
    // Source B4.5/3: a member is never backed up continuously.
    return MEMBER_OF_COMPOSITE;
  }
  if (origin.rule === undefined) {
    return origin.airGapCopy === undefined
      ? SNAPSHOT_ON_DEMAND
      : resource.airGapRefusal === NO_REASON
        ? TEMPORARY_FOR_AIR_GAP
        : resource.airGapRefusal;
  }
  const decision = continuous.decide(resource, series, origin);
  if (isContinuous(decision) || origin.airGapCopy === undefined) {
    return decision;
  }
  if (vault.made.airGapped) {
    return decision === SNAPSHOT_BY_RULE ? DIRECT_TO_AIR_GAP : decision;
  }
  return resource.airGapRefusal === NO_REASON ? TEMPORARY_FOR_AIR_GAP : resource.airGapRefusal;
}
