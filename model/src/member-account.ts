import { Finding, IValueProbe } from './finding';
import { OrganizationProvision } from './organization-backup-policy';
import { at, found } from './private/found';
import { members, shown } from './private/reading';
import { ORGANIZATION } from './private/tables/organization';

/**
 * Names of what a member account gets.
 */
export interface MemberAccountNames {
  /**
   * Names of the vaults.
   */
  readonly backupVaultNames: string[];

  /**
   * Name of the role that AWS Backup assumes for backups and copies.
   *
   * @default MemberAccountDefaults.BACKUP_ROLE_NAME
   */
  readonly backupRoleName?: string;

  /**
   * Name of the role that AWS Backup assumes for restores.
   *
   * @default MemberAccountDefaults.RESTORE_ROLE_NAME
   */
  readonly restoreRoleName?: string;

  /**
   * Name of the role with which the scanner of malware reads recovery points.
   *
   * @default MemberAccountDefaults.SCANNER_ROLE_NAME, where `scanning` is on
   */
  readonly scannerRoleName?: string;

  /**
   * Whether there is a role for the scanner.
   *
   * @default false
   */
  readonly scanning?: boolean;
}

/**
 * What every member account has unless it is named otherwise, so that policies can name it.
 */
export class MemberAccountDefaults {
  /**
   * Name of the role that AWS Backup assumes for backups and copies.
   */
  public static readonly BACKUP_ROLE_NAME = 'HoldfastBackup';

  /**
   * Name of the role that AWS Backup assumes for restores.
   */
  public static readonly RESTORE_ROLE_NAME = 'HoldfastRestore';

  /**
   * Name of the role with which the scanner of malware reads recovery points.
   */
  public static readonly SCANNER_ROLE_NAME = 'HoldfastScanner';

  /**
   * What policies can count on: the vaults, and the roles for backups, for restores and, where there is one, for the scanner.
   *
   * @param names the names that are not those by default
   */
  public static provision(names: MemberAccountNames): OrganizationProvision {
    const { BACKUP_ROLE_NAME, RESTORE_ROLE_NAME, SCANNER_ROLE_NAME } = MemberAccountDefaults;
    const scanner = names.scanning === true ? [names.scannerRoleName ?? SCANNER_ROLE_NAME] : [];
    return {
      backupVaultNames: [...names.backupVaultNames],
      roleNames: [names.backupRoleName ?? BACKUP_ROLE_NAME, names.restoreRoleName ?? RESTORE_ROLE_NAME, ...scanner],
    };
  }

  private constructor() {}
}

/**
 * What AWS refuses in what every member account is to have.
 */
export class OrganizationProvisionRules {
  /**
   * What the rules find. Never throws.
   *
   * @param provision the declaration
   * @param path where the declaration is, empty for none
   * @param probe tells which values are known now
   */
  public static check(provision: OrganizationProvision, path: string, probe: IValueProbe): Finding[] {
    return members(provision.roleNames, probe)
      .filter(([, name]) => !/^[\w+=,.@-]{1,64}$/.test(name))
      .map(([index, name]) => found(ORGANIZATION.roleName, at(at(path, 'roleNames'), index), shown(name)));
  }

  private constructor() {}
}
