import { Environment } from './environment';
import { Finding, IValueProbe } from './finding';
import { arnParts, VAULT_ARN, VAULT_NAME } from './private/arns';
import { at, found } from './private/found';
import { checkName } from './private/names';
import { absent, readable } from './private/reading';
import { hasAirGappedVaults } from './private/regions';
import { RESTORE_ACCESS_VAULT } from './private/tables/air-gapped';
import { TagRules } from './tags';

/**
 * A restore access vault as declared: a way into a logically air-gapped vault, usually of another account, that its
 * approval team has to grant.
 */
export interface RestoreAccessVault {
  /**
   * ARN of the logically air-gapped vault.
   */
  readonly sourceBackupVaultArn: string;

  /**
   * Where the restore access vault lives.
   */
  readonly env: Environment;

  /**
   * Name of the vault, 2 to 50 letters, digits, `-` and `_`.
   *
   * @default - AWS Backup makes one from the name of the source
   */
  readonly backupVaultName?: string;

  /**
   * Why access is asked for; the approval team reads it.
   *
   * @default - no reason is given
   */
  readonly requesterComment?: string;

  /**
   * Tags of the vault.
   *
   * @default - none
   */
  readonly tags?: { [key: string]: string };

  /**
   * Where this was declared.
   *
   * @default - the ARN of the source
   */
  readonly declaredAt?: string;
}

/**
 * What AWS refuses in a restore access vault.
 */
export class RestoreAccessVaultRules {
  /**
   * What the rules find. Never throws.
   *
   * @param vault the declaration
   * @param path where the declaration is, empty for none
   * @param probe tells which values are known now
   */
  public static check(vault: RestoreAccessVault, path: string, probe: IValueProbe): Finding[] {
    const { sourceBackupVaultArn: source, backupVaultName: name, requesterComment: comment } = vault;
    const sourcePath = at(path, 'sourceBackupVaultArn');
    const findings = checkName(RESTORE_ACCESS_VAULT.source, source, VAULT_ARN, sourcePath, probe);
    if (!absent(name)) {
      findings.push(...checkName(RESTORE_ACCESS_VAULT.name, name, VAULT_NAME, at(path, 'backupVaultName'), probe));
    }
    if (absent(comment) || (probe.known(comment) && comment.trim() === '')) {
      findings.push(found(RESTORE_ACCESS_VAULT.noComment, at(path, 'requesterComment'), 'none'));
    }
    findings.push(...TagRules.check(vault.tags ?? {}, at(path, 'tags'), probe));
    const region = vault.env?.region;
    if (!readable(region, probe)) {
      return findings;
    }
    if (!hasAirGappedVaults(region)) {
      findings.push(found(RESTORE_ACCESS_VAULT.region, at(path, 'env.region'), region));
    }
    const there = readable(source, probe) ? arnParts(source)?.region : undefined;
    if (readable(there, probe) && there !== region) {
      findings.push(found(RESTORE_ACCESS_VAULT.sourceRegion, sourcePath, `${there}, where the vault is in ${region}`));
    }
    return findings;
  }

  private constructor() {}
}

/**
 * One thing that whoever asks for restore access has to be allowed.
 */
export interface RestoreAccessRight {
  /**
   * Actions of IAM, e.g. `backup:CreateRestoreAccessBackupVault`.
   */
  readonly actions: string[];

  /**
   * ARNs that they are allowed on.
   */
  readonly resources: string[];
}

/**
 * What asking for restore access, and for the end of it, takes.
 */
export class RestoreAccessRights {
  /**
   * The rights of whoever asks.
   *
   * Source B7.5/9; which resource AWS checks when access is asked for is not said, so that the right is on both vaults.
   *
   * @param sourceBackupVaultArn ARN of the logically air-gapped vault
   * @param backupVaultArn ARN of the restore access vault
   * @param mpaApprovalTeamArn ARN of the approval team, or of all that could be it
   */
  public static of(
    sourceBackupVaultArn: string,
    backupVaultArn: string,
    mpaApprovalTeamArn: string,
  ): RestoreAccessRight[] {
    return [
      { actions: ['backup:CreateRestoreAccessBackupVault'], resources: [backupVaultArn, sourceBackupVaultArn] },
      {
        actions: ['backup:DescribeBackupVault', 'backup:TagResource', 'backup:UntagResource'],
        resources: [backupVaultArn],
      },
      {
        actions: ['backup:ListRestoreAccessBackupVaults', 'backup:RevokeRestoreAccessBackupVault'],
        resources: [sourceBackupVaultArn],
      },
      // It knows no resources.
      { actions: ['backup-storage:MountCapsule'], resources: ['*'] },
      { actions: ['mpa:StartSession'], resources: [mpaApprovalTeamArn] },
    ];
  }

  private constructor() {}
}
