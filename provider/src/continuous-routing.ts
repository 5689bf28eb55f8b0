import { IVault } from './vault';

/**
 * Properties of the vault that a plan makes for its continuous backups.
 */
export interface ContinuousVaultProps {
  /**
   * Name of the vault.
   *
   * @default - the name of the plan, shortened where need be, and `-continuous`
   */
  readonly backupVaultName?: string;

  /**
   * ARN of the key that encrypts the recovery points.
   *
   * @default - a key of its own
   */
  readonly encryptionKeyArn?: string;

  /**
   * ARNs of the principals that the access policy of the vault exempts.
   *
   * @default - none
   */
  readonly breakGlassPrincipalArns?: string[];

  /**
   * ARN of the topic that is told of what happens in the vault.
   *
   * @default - nobody is told
   */
  readonly notificationTopicArn?: string;

  /**
   * Whether Terraform refuses to destroy the vault, its key, its lock and its policy.
   *
   * @default true
   */
  readonly preventDestroy?: boolean;
}

/**
 * Where continuous rules go whose vault does not take them.
 *
 * A continuous backup keeps at most 35 days, so that a vault whose lock keeps longer refuses it, at each run. Routed are the
 * rules with `enableContinuousBackup` whose vault is a `Vault` with a lock that keeps longer than the rule; every other rule
 * stays where it is.
 *
 * Buckets want their continuous and their periodic backups in one vault: a plan that has both for buckets is told so.
 */
export class ContinuousRouting {
  /**
   * To a vault that is there.
   *
   * @param vault the vault; its lock, if it has one, must take at most 35 days
   */
  public static toVault(vault: IVault): ContinuousRouting {
    return new ContinuousRouting(vault, undefined);
  }

  /**
   * To a `Vault` that the plan makes once a rule needs it. Its lock, in governance mode, keeps 1 to 35 days.
   *
   * @param props properties of the vault
   */
  public static toOwnVault(props: ContinuousVaultProps = {}): ContinuousRouting {
    return new ContinuousRouting(undefined, props);
  }

  private constructor(
    /**
     * The vault that is there.
     */
    public readonly vault?: IVault,

    /**
     * Properties of the vault that is made.
     */
    public readonly ownVault?: ContinuousVaultProps,
  ) {}
}
