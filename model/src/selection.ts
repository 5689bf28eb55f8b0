import { Finding, IValueProbe } from './finding';
import { ROLE_ARN, TOKEN_NAME } from './private/arns';
import { at } from './private/found';
import { checkName } from './private/names';
import { readable } from './private/reading';
import { checkArns, checkReach } from './private/selection-checks';
import { checkConditions, checkTags } from './private/selection-tags';
import { SELECTION_RULES as RULES } from './private/tables/selection';

/**
 * One tag of `ListOfTags` or one entry of `Conditions`.
 */
export interface TagCondition {
  /**
   * The key: a plain tag key in `listOfTags`, `aws:ResourceTag/<key>` in conditions.
   */
  readonly conditionKey: string;

  /**
   * The value; stars are wildcards in `stringLike` and `stringNotLike` alone.
   */
  readonly conditionValue: string;

  /**
   * Type of a tag of `listOfTags`, of which AWS takes this one alone. Conditions have none.
   *
   * @default 'STRINGEQUALS'
   */
  readonly conditionType?: string;
}

/**
 * Conditions that a resource must all meet (Source B3.1/5).
 */
export interface SelectionConditions {
  /**
   * The tag is there and equal.
   *
   * @default - none
   */
  readonly stringEquals?: TagCondition[];

  /**
   * The tag is absent or differs.
   *
   * @default - none
   */
  readonly stringNotEquals?: TagCondition[];

  /**
   * The tag is there and matches.
   *
   * @default - none
   */
  readonly stringLike?: TagCondition[];

  /**
   * The tag is absent or does not match.
   *
   * @default - none
   */
  readonly stringNotLike?: TagCondition[];
}

/**
 * Which resources a plan backs up, in the words of `BackupSelection`.
 */
export interface BackupSelection {
  /**
   * Name of the selection, 1 to 50 letters, digits, `-`, `_` and `.`.
   */
  readonly selectionName: string;

  /**
   * ARN of the role that AWS Backup assumes.
   */
  readonly iamRoleArn: string;

  /**
   * ARNs, stars allowed; a resource that matches any of them is a candidate.
   *
   * @default - none
   */
  readonly resources?: string[];

  /**
   * ARNs, stars allowed; a candidate that matches any of them is left out.
   *
   * @default - none
   */
  readonly notResources?: string[];

  /**
   * Tags; a resource that has any of them is a candidate. OR-ed with `resources`.
   *
   * @default - none
   */
  readonly listOfTags?: TagCondition[];

  /**
   * Conditions that every candidate must meet.
   *
   * @default - none
   */
  readonly conditions?: SelectionConditions;

  /**
   * Where this was declared: construct path, file and logical id, or Terraform address.
   *
   * @default - under its plan
   */
  readonly declaredAt?: string;
}

/**
 * What AWS refuses in a selection.
 */
export class BackupSelectionRules {
  /**
   * What the rules find. Never throws.
   *
   * @param selection the declaration
   * @param path where the declaration is, empty for none
   * @param probe tells which values are known now
   */
  public static check(selection: BackupSelection, path: string, probe: IValueProbe): Finding[] {
    if (!readable(selection, probe)) {
      return [];
    }
    const findings = checkName(RULES.name, selection.selectionName, TOKEN_NAME, at(path, 'selectionName'), probe);
    findings.push(...checkName(RULES.roleArn, selection.iamRoleArn, ROLE_ARN, at(path, 'iamRoleArn'), probe));
    findings.push(...checkReach(selection, path, probe));
    findings.push(...checkArns(selection.resources, at(path, 'resources'), probe));
    findings.push(...checkArns(selection.notResources, at(path, 'notResources'), probe));
    findings.push(...checkTags(selection.listOfTags, at(path, 'listOfTags'), probe));
    findings.push(...checkConditions(selection.conditions, at(path, 'conditions'), probe));
    return findings;
  }

  private constructor() {}
}
