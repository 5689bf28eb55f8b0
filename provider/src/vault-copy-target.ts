import { IVault } from './vault';

/**
 * Where copies of a vault's points may go.
 */
export class VaultCopyTarget {
  /**
   * A vault.
   *
   * A vault of ours whose place is known is named by its spelled-out ARN, so that neither waits for the other.
   *
   * @param backupVault the vault; may be of another Region or account
   */
  public static vault(backupVault: IVault): VaultCopyTarget {
    return new VaultCopyTarget(backupVault, undefined, undefined);
  }

  /**
   * A vault by its ARN, or several by stars.
   *
   * @param vaultArn e.g. `arn:aws:backup:eu-*:444455556666:backup-vault:*`
   */
  public static vaultArn(vaultArn: string): VaultCopyTarget {
    return new VaultCopyTarget(undefined, vaultArn, undefined);
  }

  /**
   * Every vault of the accounts in a part of an organization.
   *
   * @param path organization, root and units, each followed by a slash, with a star at the end for the units below, too
   */
  public static organizationPath(path: string): VaultCopyTarget {
    return new VaultCopyTarget(undefined, undefined, path);
  }

  private constructor(
    /**
     * The vault, where one was given.
     */
    public readonly backupVault?: IVault,

    /**
     * The ARN, where one was given.
     */
    public readonly arn?: string,

    /**
     * The path, where one was given.
     */
    public readonly path?: string,
  ) {}
}
