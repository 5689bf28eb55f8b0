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
