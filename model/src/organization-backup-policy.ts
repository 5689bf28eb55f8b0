import { Finding, IValueProbe } from './finding';
import { AdvancedBackupSetting } from './plan';
import { checkPolicyDocument } from './private/organization/check-document';
import { checkPolicy } from './private/organization/check-policy';
import { BackupRule } from './rule';
import { ScanSetting } from './scan-setting';
import { SelectionConditions } from './selection';

/**
 * Resources that a plan of an organization backs up because of a tag.
 */
export interface OrganizationTagSelection {
  /**
   * Name of the selection, 1 to 50 letters, digits, dots, `-` and `_`; in lower case in the member account.
   */
  readonly selectionName: string;

  /**
   * ARN of the role that AWS Backup assumes, with `$account` for the account: `arn:aws:iam::$account:role/backup`.
   */
  readonly iamRoleArn: string;

  /**
   * Key of the tag, case sensitive.
   */
  readonly tagKey: string;

  /**
   * Values of the tag, any one of which suffices, case sensitive.
   */
  readonly tagValues: string[];

  /**
   * Conditions that every resource must meet, at most 30.
   *
   * @default - none
   */
  readonly conditions?: SelectionConditions;
}

/**
 * Resources that a plan of an organization backs up because of their type.
 */
export interface OrganizationResourceSelection {
  /**
   * Name of the selection, 1 to 50 letters, digits, dots, `-` and `_`; in lower case in the member account.
   */
  readonly selectionName: string;

  /**
   * ARN of the role that AWS Backup assumes, with `$account` for the account: `arn:aws:iam::$account:role/backup`.
   */
  readonly iamRoleArn: string;

  /**
   * Types of resources by their ARN, e.g. `arn:aws:dynamodb:*:*:table/*`, or `*`.
   */
  readonly resourceTypes: string[];

  /**
   * Types of resources that are left out, by their ARN.
   *
   * @default - none
   */
  readonly notResourceTypes?: string[];

  /**
   * Conditions that every resource must meet, at most 30.
   *
   * @default - none
   */
  readonly conditions?: SelectionConditions;
}

/**
 * What policies further down may do to an element of a plan.
 */
export interface OrganizationChildControl {
  /**
   * The element, by the keys of the policy from the plan down, joined by `/`, e.g. `rules/daily/lifecycle`; empty for the
   * whole plan.
   */
  readonly node: string;

  /**
   * `@@all`, `@@none`, or some of `@@assign`, `@@append` and `@@remove`.
   *
   * Written at the element and at each below it, so that it holds whether or not AWS lets it reach down.
   */
  readonly operators: string[];
}

/**
 * What a policy changes in a plan that it inherits, or an operator other than `@@assign` in a plan of its own.
 */
export interface OrganizationAdjustment {
  /**
   * The element, by the keys of the policy from the name of the plan down, joined by `/`, e.g. `ledger/regions`.
   */
  readonly node: string;

  /**
   * `@@assign`, `@@append` or `@@remove`; the latter two for lists alone.
   */
  readonly valueOperator: string;

  /**
   * The values: one, but for lists.
   */
  readonly values: string[];
}

/**
 * A backup plan that AWS Organizations makes in each member account, in each of its Regions.
 */
export interface OrganizationBackupPlan {
  /**
   * Name of the plan, 1 to 50 letters, digits, dots, `-` and `_`. Plans of one name in several policies are merged.
   */
  readonly backupPlanName: string;

  /**
   * Regions in which the plan is made.
   */
  readonly regions: string[];

  /**
   * The rules, 1 to 10, as those of a plan in one account. ARNs have `$account` for the account.
   */
  readonly rules: BackupRule[];

  /**
   * Selections by tags.
   *
   * @default - none: `resourceSelections` must be given
   */
  readonly tagSelections?: OrganizationTagSelection[];

  /**
   * Selections by types of resources.
   *
   * @default - none: `tagSelections` must be given
   */
  readonly resourceSelections?: OrganizationResourceSelection[];

  /**
   * Options for single services.
   *
   * @default - none
   */
  readonly advancedBackupSettings?: AdvancedBackupSetting[];

  /**
   * What of the recovery points is scanned for malware, and with which role, where a rule has scan actions. The ARN of the
   * role has `$account` for the account.
   *
   * @default - nothing
   */
  readonly scanSettings?: ScanSetting[];

  /**
   * Tags of the plan.
   *
   * @default - none
   */
  readonly tags?: { [key: string]: string };

  /**
   * What policies further down may do to elements of the plan.
   *
   * @default - everything
   */
  readonly childControls?: OrganizationChildControl[];
}

/**
 * A policy of the type `BACKUP_POLICY`.
 */
export interface OrganizationBackupPolicy {
  /**
   * Name of the policy, 1 to 128 characters.
   */
  readonly policyName: string;

  /**
   * What the policy is for, at most 512 characters.
   *
   * @default - none
   */
  readonly description?: string;

  /**
   * Plans of this policy.
   *
   * @default - none
   */
  readonly plans?: OrganizationBackupPlan[];

  /**
   * What the policy changes in plans that it inherits, and operators other than `@@assign` in its own.
   *
   * @default - none
   */
  readonly adjustments?: OrganizationAdjustment[];

  /**
   * What policies further down may do beside these plans: with `@@append` they may add plans, with `@@none` nothing.
   *
   * @default - everything
   */
  readonly operatorsAllowedForChildPlans?: string[];

  /**
   * Ids of the roots, organizational units and accounts to which the policy is attached.
   *
   * @default - none
   */
  readonly targetIds?: string[];

  /**
   * What every member account has in each Region, which AWS Backup would not make.
   *
   * @default - unknown, so that the vaults and roles that the policy names are pointed out
   */
  readonly provided?: OrganizationProvision;
}

/**
 * What every member account has before a policy reaches it.
 */
export interface OrganizationProvision {
  /**
   * Names of the vaults.
   */
  readonly backupVaultNames: string[];

  /**
   * Names of the roles that AWS Backup assumes, with their paths.
   */
  readonly roleNames: string[];
}

/**
 * What AWS refuses in a backup policy.
 */
export class OrganizationBackupPolicyRules {
  /**
   * What the rules find in a declaration. Never throws.
   *
   * @param policy the declaration
   * @param path where the declaration is, empty for none
   * @param probe tells which values are known now
   */
  public static check(policy: OrganizationBackupPolicy, path: string, probe: IValueProbe): Finding[] {
    return checkPolicy(policy, path, probe);
  }

  /**
   * What the rules find in the content of a policy that was written by hand. Never throws.
   *
   * Each policy may be a part of what comes of them together, so that nothing is asked for here.
   *
   * @param document the content, as an object or as JSON text
   * @param path where the content is, empty for none
   * @param probe tells which values are known now
   */
  public static checkDocument(document: any, path: string, probe: IValueProbe): Finding[] {
    return checkPolicyDocument(document, path, probe);
  }

  private constructor() {}
}
