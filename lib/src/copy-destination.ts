import * as backup from 'aws-cdk-lib/aws-backup';

/**
 * Where a copy goes.
 */
export class CopyDestination {
  /**
   * A vault that is there, or that the app makes.
   *
   * A `Vault` of another Region or account is named by its ARN, so that neither stack waits for the other.
   *
   * @param backupVault the vault; may be of another Region or account
   */
  public static vault(backupVault: backup.IBackupVault): CopyDestination {
    return new CopyDestination(backupVault);
  }

  private constructor(
    /**
     * The vault that receives the copy.
     */
    public readonly backupVault: backup.IBackupVault,
  ) {}
}
