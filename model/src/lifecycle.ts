import { BackupLimits } from './backup-limits';
import { Finding, IValueProbe } from './finding';
import { at, found } from './private/found';
import { never, readable, shown, whole } from './private/reading';
import { LIFECYCLE } from './private/tables/lifecycle';

const { COLD_DAYS, LONGEST_DAYS } = BackupLimits;
/**
 * When a recovery point moves to cold storage and when it is deleted.
 *
 * Days count from the recovery point's creation, which is the start of the job (Source B2.3/1).
 */
export interface Lifecycle {
  /**
   * Days after which a recovery point moves to cold storage; -1 is never.
   *
   * @default - never
   */
  readonly moveToColdStorageAfterDays?: number;

  /**
   * Days after which a recovery point is deleted, 1 to 36500; -1 is never.
   *
   * @default - kept for ever
   */
  readonly deleteAfterDays?: number;

  /**
   * Opt in to the archive tier of services that need it said (EBS).
   *
   * @default false
   */
  readonly optInToArchiveForSupportedResources?: boolean;
}

/**
 * What AWS refuses in a lifecycle.
 */
export class LifecycleRules {
  /**
   * What the rules find. Never throws.
   *
   * @param lifecycle the declaration
   * @param path where the declaration is, empty for none
   * @param probe tells which values are known now
   */
  public static check(lifecycle: Lifecycle, path: string, probe: IValueProbe): Finding[] {
    if (!readable(lifecycle, probe)) {
      return [];
    }
    const findings: Finding[] = [];
    const cold = lifecycle.moveToColdStorageAfterDays;
    const remove = lifecycle.deleteAfterDays;
    const coldPath = at(path, 'moveToColdStorageAfterDays');
    const removePath = at(path, 'deleteAfterDays');
    if (readable(remove, probe) && remove !== -1 && !whole(remove, 1, LONGEST_DAYS)) {
      findings.push(found(LIFECYCLE.deleteAfter, removePath, shown(remove)));
    }
    if (readable(cold, probe)) {
      if (cold !== -1 && !whole(cold, 0, LONGEST_DAYS)) {
        findings.push(found(LIFECYCLE.coldAfter, coldPath, shown(cold)));
      } else if (cold === 0) {
        findings.push(found(LIFECYCLE.coldAtOnce, coldPath, shown(cold)));
      } else if (whole(cold, 1, 7)) {
        findings.push(found(LIFECYCLE.warmDays, coldPath, shown(cold)));
      }
      if (
        whole(cold, 0, LONGEST_DAYS) &&
        readable(remove, probe) &&
        whole(remove, 1, LONGEST_DAYS) &&
        remove < cold + COLD_DAYS
      ) {
        const allowed = `at least ${cold + COLD_DAYS} days, ${COLD_DAYS} after moveToColdStorageAfterDays ${cold}`;
        findings.push(found(LIFECYCLE.coldGap, removePath, shown(remove), allowed));
      }
    }
    const optIn = lifecycle.optInToArchiveForSupportedResources;
    if (readable(optIn, probe) && optIn && never(cold, probe)) {
      findings.push(found(LIFECYCLE.archiveOptIn, at(path, 'optInToArchiveForSupportedResources'), 'true alone'));
    }
    return findings;
  }

  private constructor() {}
}
