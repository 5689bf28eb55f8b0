import { Environment } from './environment';
import { Finding, IValueProbe } from './finding';
import { arnParts, TOKEN_NAME } from './private/arns';
import { at, found } from './private/found';
import { checkLength, checkName, duplicates } from './private/names';
import { checkScans } from './private/plan-scans';
import { checkPlanSelections } from './private/plan-selections';
import { absent, lengthOf, members, readable, shown } from './private/reading';
import { PLAN } from './private/tables/plan';
import { RULE } from './private/tables/rule';
import { BackupRule, BackupRuleRules } from './rule';
import { ScanSetting } from './scan-setting';
import { BackupSelection } from './selection';
import { TagRules } from './tags';

/**
 * Options for one service, e.g. Windows VSS for EC2.
 */
export interface AdvancedBackupSetting {
  /**
   * `EC2` or `S3`.
   */
  readonly resourceType: string;

  /**
   * `WindowsVSS`, `BackupACLs`, `BackupObjectTags`: `enabled` or `disabled`.
   */
  readonly backupOptions: { [key: string]: string };
}

/**
 * A backup plan as declared, with its selections.
 */
export interface BackupPlan {
  /**
   * Name of the plan, 1 to 50 characters.
   */
  readonly backupPlanName: string;

  /**
   * Where the plan lives.
   */
  readonly env: Environment;

  /**
   * The rules, 1 to 10.
   */
  readonly rules: BackupRule[];

  /**
   * The selections, at most 100.
   *
   * @default - none: the plan backs nothing up
   */
  readonly selections?: BackupSelection[];

  /**
   * Options for single services.
   *
   * @default - none
   */
  readonly advancedBackupSettings?: AdvancedBackupSetting[];

  /**
   * What of the recovery points is scanned for malware, and with which role, where a rule has scan actions.
   *
   * @default - none
   */
  readonly scanSettings?: ScanSetting[];

  /**
   * Tags of the plan.
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
 * What AWS refuses in a backup plan.
 */
export class BackupPlanRules {
  /**
   * What the rules find. Never throws.
   *
   * @param plan the declaration
   * @param path where the declaration is, empty for none
   * @param probe tells which values are known now
   */
  public static check(plan: BackupPlan, path: string, probe: IValueProbe): Finding[] {
    if (!readable(plan, probe)) {
      return [];
    }
    const findings = checkName(PLAN.name, plan.backupPlanName, TOKEN_NAME, at(path, 'backupPlanName'), probe);
    const rulesPath = at(path, 'rules');
    const count = absent(plan.rules) ? 0 : lengthOf(plan.rules, probe);
    if (count !== undefined) {
      findings.push(...checkLength(PLAN.rules, count, 1, 10, rulesPath));
    }
    const rules = members(plan.rules, probe);
    for (const [index, rule] of rules) {
      findings.push(...BackupRuleRules.check(rule, at(rulesPath, index), probe));
      findings.push(...checkAirGappedPlace(rule, plan.env, at(rulesPath, index), probe));
    }
    for (const [[first], [index, rule]] of duplicates(rules, ([, member]) => member.ruleName)) {
      const given = `${rule.ruleName} again, as in rules[${first}]`;
      findings.push(found(PLAN.ruleNames, at(at(rulesPath, index), 'ruleName'), given));
    }
    findings.push(...checkPlanSelections(plan, path, probe));
    findings.push(...checkSettings(plan, path, probe));
    findings.push(...checkScans(plan, path, probe));
    findings.push(...TagRules.check(plan.tags ?? {}, at(path, 'tags'), probe));
    return findings;
  }

  private constructor() {}
}

/** Options that AWS Backup knows of each service (Source B2.4/1). */
const OPTIONS: Readonly<Record<string, readonly string[]>> = {
  EC2: ['WindowsVSS'],
  S3: ['BackupACLs', 'BackupObjectTags'],
};

function checkAirGappedPlace(rule: BackupRule, env: Environment, path: string, probe: IValueProbe): Finding[] {
  const arn = rule.targetLogicallyAirGappedBackupVaultArn;
  const parts = readable(arn, probe) ? arnParts(arn) : undefined;
  if (parts === undefined || !readable(env, probe)) {
    return [];
  }
  const elsewhere =
    (readable(env.account, probe) && parts.account !== env.account) ||
    (readable(env.region, probe) && parts.region !== env.region);
  if (!elsewhere) {
    return [];
  }
  const given = `${parts.account} ${parts.region}, where the plan is in ${env.account} ${env.region}`;
  return [found(RULE.airGappedTargetPlace, at(path, 'targetLogicallyAirGappedBackupVaultArn'), given)];
}

function checkSettings(plan: BackupPlan, path: string, probe: IValueProbe): Finding[] {
  const findings: Finding[] = [];
  const all = members(plan.advancedBackupSettings, probe);
  for (const [[first], [index, setting]] of duplicates(all, ([, member]) => member.resourceType)) {
    const given = `${setting.resourceType} again, as in advancedBackupSettings[${first}]`;
    findings.push(found(PLAN.settingTwice, at(at(at(path, 'advancedBackupSettings'), index), 'resourceType'), given));
  }
  for (const [index, setting] of members(plan.advancedBackupSettings, probe)) {
    const settingPath = at(at(path, 'advancedBackupSettings'), index);
    const options = OPTIONS[setting.resourceType];
    if (options === undefined && (absent(setting.resourceType) || probe.known(setting.resourceType))) {
      findings.push(found(PLAN.settingType, at(settingPath, 'resourceType'), shown(setting.resourceType)));
    }
    const given = readable(setting.backupOptions, probe) ? setting.backupOptions : {};
    for (const [option, value] of Object.entries(given)) {
      const optionPath = at(at(settingPath, 'backupOptions'), option);
      if (options !== undefined && probe.known(option) && !options.includes(option)) {
        findings.push(found(PLAN.settingOption, optionPath, option, options.join(' or ')));
      } else if (probe.known(value) && value !== 'enabled' && value !== 'disabled') {
        findings.push(found(PLAN.settingValue, optionPath, shown(value)));
      }
    }
  }
  return findings;
}
