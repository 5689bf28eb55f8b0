/**
 * A Vault Lock: retention bounds that no job may leave, and points that nobody deletes early.
 */
export interface VaultLock {
  /**
   * Least retention of a recovery point that a job may put into the vault, in days, at least 1.
   *
   * @default - no lower bound (CloudFormation demands a value)
   */
  readonly minRetentionDays?: number;

  /**
   * Greatest retention of a recovery point that a job may put into the vault, in days, at most 36500.
   *
   * @default - no upper bound
   */
  readonly maxRetentionDays?: number;

  /**
   * Days until the lock can never be changed again (compliance mode), 3 to 36500.
   *
   * @default - governance mode: whoever is permitted may remove the lock
   */
  readonly changeableForDays?: number;
}
