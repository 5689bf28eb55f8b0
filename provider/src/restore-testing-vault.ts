import { IVault } from './vault';

/**
 * A vault, or many, whose recovery points a restore testing plan tests or leaves out.
 */
export class RestoreTestingVault {
  /**
   * Every vault of the account and Region.
   */
  public static all(): RestoreTestingVault {
    return new RestoreTestingVault('*');
  }

  /**
   * A vault of the account and Region of the plan.
   *
   * @param backupVault the vault
   */
  public static fromVault(backupVault: IVault): RestoreTestingVault {
    return new RestoreTestingVault(backupVault.backupVaultArn, backupVault);
  }

  /**
   * A vault, or many by stars, by ARN.
   *
   * @param arn e.g. `arn:aws:backup:*:*:backup-vault:copies-*`
   */
  public static fromArn(arn: string): RestoreTestingVault {
    return new RestoreTestingVault(arn);
  }

  private constructor(
    /**
     * The ARN, with or without stars, or `*`.
     */
    public readonly arn: string,

    /**
     * The vault, where one was given.
     */
    public readonly backupVault?: IVault,
  ) {}
}
