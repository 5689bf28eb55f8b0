import { Regions } from '@holdfast/model';
import { IVault, Vault } from './vault';

/**
 * Vaults that each account of an organization has, for rules and copies of its backup policies.
 */
export class OrganizationVault {
  /**
   * The vault of a name in the account and Region that a plan is in: the target of rules.
   *
   * @param backupVaultName name of the vault
   */
  public static ofMemberAccount(backupVaultName: string): IVault {
    return Vault.fromBackupVaultArn(`arn:aws:backup:$region:$account:backup-vault:${backupVaultName}`);
  }

  /**
   * The vault of a name in another Region of the account that a plan is in: the destination of copies.
   *
   * @param region Region of the vault
   * @param backupVaultName name of the vault
   */
  public static ofMemberAccountIn(region: string, backupVaultName: string): IVault {
    const partition = Regions.partitionOf(region);
    return Vault.fromBackupVaultArn(`arn:${partition}:backup:${region}:$account:backup-vault:${backupVaultName}`);
  }

  private constructor() {}
}
