import { Environment } from './environment';

/**
 * A key of KMS, as declared.
 */
export interface EncryptionKey {
  /**
   * Where the key lives.
   */
  readonly env: Environment;

  /**
   * Id of the key, by which its ARN is made: a UUID, or `mrk-…` for a multi-Region key.
   */
  readonly keyId: string;

  /**
   * Whether other Regions may have replicas of the key.
   *
   * @default false
   */
  readonly multiRegion?: boolean;

  /**
   * ARN of the multi-Region key that this one is a replica of.
   *
   * @default - the key is no replica
   */
  readonly primaryKeyArn?: string;

  /**
   * What the key is for.
   *
   * @default - none
   */
  readonly description?: string;

  /**
   * The key policy.
   *
   * @default - the account's own IAM policies decide
   */
  readonly keyPolicy?: any;

  /**
   * Whether the key can be used.
   *
   * @default true
   */
  readonly enabled?: boolean;

  /**
   * Days after which KMS makes new material for the key, 90 to 2560.
   *
   * @default - the key is not rotated
   */
  readonly rotationPeriodInDays?: number;

  /**
   * Names of aliases, with `alias/`.
   *
   * @default - none
   */
  readonly aliasNames?: string[];

  /**
   * Tags.
   *
   * @default - none
   */
  readonly tags?: { [key: string]: string };

  /**
   * Where the declaration stands, e.g. file and logical id.
   *
   * @default - unknown
   */
  readonly declaredAt?: string;
}
