import { BackupLimits } from './backup-limits';
import { Finding, IValueProbe } from './finding';
import { checkSaid } from './private/acknowledged';
import { arnParts, TEAM_ARN, VAULT_NAME } from './private/arns';
import { at, found } from './private/found';
import { checkKey, checkName } from './private/names';
import { checkNotifications } from './private/notifications';
import { checkAccessPolicy } from './private/policy';
import { absent, days, readable, whole } from './private/reading';
import { hasAirGappedVaults } from './private/regions';
import { LOGICALLY_AIR_GAPPED_VAULT as RULES } from './private/tables/air-gapped';
import { Environment } from './environment';
import { MultiPartyApproval } from './multi-party-approval';
import { TagRules } from './tags';
import { VaultNotifications } from './vault';
import { ComplianceAcknowledgement } from './vault-lock';

/**
 * A logically air-gapped vault as declared: locked in compliance mode from its creation.
 */
export interface LogicallyAirGappedVault {
  /**
   * Name of the vault, 2 to 50 letters, digits, `-` and `_`.
   */
  readonly backupVaultName: string;

  /**
   * Where the vault lives.
   */
  readonly env: Environment;

  /**
   * Least retention of a recovery point, in days, at least 7. Fixed for ever.
   */
  readonly minRetentionDays: number;

  /**
   * Greatest retention of a recovery point, in days, at most 36500. Fixed for ever.
   */
  readonly maxRetentionDays: number;

  /**
   * ARN of a customer managed key.
   *
   * @default - a key that AWS owns
   */
  readonly encryptionKeyArn?: string;

  /**
   * ARN of the approval team that grants access to the vault from other accounts.
   *
   * @default - no team: access from other accounts only by a share
   */
  readonly mpaApprovalTeamArn?: string;

  /**
   * Resource policy of the vault, an IAM policy document as JSON.
   *
   * @default - no policy
   */
  readonly accessPolicy?: any;

  /**
   * Notifications.
   *
   * @default - none
   */
  readonly notifications?: VaultNotifications;

  /**
   * Tags of the vault.
   *
   * @default - none
   */
  readonly tags?: { [key: string]: string };

  /**
   * Where this was declared: construct path, file and logical id, or Terraform address.
   *
   * @default - the name
   */
  readonly declaredAt?: string;
}

/**
 * What AWS refuses in a logically air-gapped vault.
 */
export class LogicallyAirGappedVaultRules {
  /**
   * What the rules find. Never throws.
   *
   * @param vault the declaration
   * @param path where the declaration is, empty for none
   * @param probe tells which values are known now
   */
  public static check(vault: LogicallyAirGappedVault, path: string, probe: IValueProbe): Finding[] {
    if (!readable(vault, probe)) {
      return [];
    }
    const findings = checkName(RULES.name, vault.backupVaultName, VAULT_NAME, at(path, 'backupVaultName'), probe);
    const { minRetentionDays: min, maxRetentionDays: max } = vault;
    if (absent(min) || (probe.known(min) && !whole(min, 7, BackupLimits.LONGEST_DAYS))) {
      findings.push(found(RULES.minRetention, at(path, 'minRetentionDays'), days(min)));
    }
    if (absent(max) || (probe.known(max) && !whole(max, 7, BackupLimits.LONGEST_DAYS))) {
      findings.push(found(RULES.maxRetention, at(path, 'maxRetentionDays'), days(max)));
    } else if (probe.known(max) && readable(min, probe) && max < min) {
      const allowed = `at least ${min} days, the minRetentionDays`;
      findings.push(found(RULES.bounds, at(path, 'maxRetentionDays'), days(max), allowed));
    }
    const region = vault.env?.region;
    if (readable(region, probe) && !hasAirGappedVaults(region)) {
      findings.push(found(RULES.region, at(path, 'env.region'), region));
    }
    findings.push(...checkKey(vault.encryptionKeyArn, vault.env, at(path, 'encryptionKeyArn'), probe));
    findings.push(...checkTeam(vault.mpaApprovalTeamArn, at(path, 'mpaApprovalTeamArn'), probe));
    findings.push(...checkAccessPolicy(vault.accessPolicy, at(path, 'accessPolicy'), probe));
    findings.push(...checkNotifications(vault.notifications, vault.env, at(path, 'notifications'), probe));
    findings.push(...TagRules.check(vault.tags ?? {}, at(path, 'tags'), probe));
    return findings;
  }

  /**
   * What the rules find in an approval team. Never throws.
   *
   * @param mpaApprovalTeamArn ARN of the team
   * @param path where it is declared
   * @param probe tells which values are known now
   */
  public static checkTeam(mpaApprovalTeamArn: string, path: string, probe: IValueProbe): Finding[] {
    return checkTeam(mpaApprovalTeamArn, path, probe);
  }

  /**
   * What the rules find in the acknowledgement of bounds that are permanent at once. Never throws.
   *
   * @param acknowledgement a `ComplianceAcknowledgement`, or undefined when there is none
   * @param path where the acknowledgement is declared
   * @param probe tells which values are known now
   */
  public static checkAcknowledgement(acknowledgement: any, path: string, probe: IValueProbe): Finding[] {
    return absent(acknowledgement)
      ? [found(RULES.acknowledgement, path, 'no acknowledgement')]
      : checkSaid(acknowledgement as ComplianceAcknowledgement, path, probe);
  }

  private constructor() {}
}

function checkTeam(teamArn: unknown, path: string, probe: IValueProbe): Finding[] {
  if (absent(teamArn)) {
    return [];
  }
  const findings = checkName(RULES.teamArn, teamArn, TEAM_ARN, path, probe);
  const region = readable(teamArn, probe) ? arnParts(String(teamArn))?.region : undefined;
  if (findings.length === 0 && readable(region, probe) && region !== MultiPartyApproval.REGION) {
    findings.push(found(RULES.teamRegion, path, region));
  }
  findings.push(found(RULES.teamSetting, path, readable(teamArn, probe) ? String(teamArn) : 'a team'));
  return findings;
}
