/**
 * Where something lives.
 */
export interface Environment {
  /**
   * Partition, e.g. `aws`, `aws-cn`, `aws-us-gov`.
   */
  readonly partition: string;

  /**
   * Account id, 12 digits.
   */
  readonly account: string;

  /**
   * Region, e.g. `eu-central-1`.
   */
  readonly region: string;
}
