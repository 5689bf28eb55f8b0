import { Regions } from '@holdfast/model';
import * as backup from 'aws-cdk-lib/aws-backup';
import { Construct } from 'constructs';

/**
 * Vaults that each account of an organization has, for rules and copies of its backup policies.
 */
export class OrganizationVault {
  /**
   * The vault of a name in the account and Region that a plan is in: the target of rules.
   *
   * @param scope parent of the reference
   * @param id construct id of the reference
   * @param backupVaultName name of the vault
   */
  public static ofMemberAccount(scope: Construct, id: string, backupVaultName: string): backup.IBackupVault {
    return backup.BackupVault.fromBackupVaultName(scope, id, backupVaultName);
  }

  /**
   * The vault of a name in another Region of the account that a plan is in: the destination of copies.
   *
   * @param scope parent of the reference
   * @param id construct id of the reference
   * @param region Region of the vault
   * @param backupVaultName name of the vault
   */
  public static ofMemberAccountIn(
    scope: Construct,
    id: string,
    region: string,
    backupVaultName: string,
  ): backup.IBackupVault {
    const arn = `arn:${Regions.partitionOf(region)}:backup:${region}:$account:backup-vault:${backupVaultName}`;
    return backup.BackupVault.fromBackupVaultArn(scope, id, arn);
  }

  private constructor() {}
}
