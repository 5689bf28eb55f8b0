import { RuleDescription } from './finding';
import { LOGICALLY_AIR_GAPPED_VAULT, RESTORE_ACCESS_VAULT, VAULT_SHARE } from './private/tables/air-gapped';
import { DOCUMENT } from './private/tables/blueprint';
import { CLOUDFORMATION } from './private/tables/cloudformation';
import { COMPLIANCE } from './private/tables/compliance';
import {
  AUDIT_PARAMETER,
  CONFIG_RECORDER,
  CONFIG_RULE,
  CONFORMANCE_PACK,
  FRAMEWORK,
  FRAMEWORK_CONTROL,
  REPORT_BUCKET,
  REPORT_PLAN,
} from './private/tables/audit';
import { COPY_ACTION } from './private/tables/copy-action';
import { COPY_BACK } from './private/tables/copy-back';
import { LEGAL_HOLD } from './private/tables/legal-hold';
import { COPY_DESTINATION } from './private/tables/copy-destination';
import { KEY } from './private/tables/key';
import { GUARDRAIL } from './private/tables/guardrail';
import { LIFECYCLE } from './private/tables/lifecycle';
import { MANDATE } from './private/tables/mandate';
import {
  GLOBAL_SETTINGS,
  ORGANIZATION,
  ORGANIZATION_PLAN,
  ORGANIZATION_POLICY,
  ORGANIZATION_SELECTION,
} from './private/tables/organization';
import { ALARM, BUDGET_RULES, DASHBOARD, EVENT } from './private/tables/monitoring';
import { ESTATE, PLAN, REGION_SETTINGS, RESOURCE } from './private/tables/plan';
import { PLAN_SET } from './private/tables/plan-set';
import { RESTORE_RUNBOOK } from './private/tables/restore-runbook';
import { RESTORE_TESTING_PLAN, RESTORE_TESTING_SELECTION } from './private/tables/restore-testing';
import { RESTORE_VALIDATION } from './private/tables/restore-validation';
import { RULE } from './private/tables/rule';
import { SCAN_ACTION, SCAN_SETTING } from './private/tables/scan';
import { SCHEDULE } from './private/tables/schedule';
import { SELECTION_RULES } from './private/tables/selection';
import { TAG } from './private/tables/tag';
import { TERRAFORM } from './private/tables/terraform';
import { TIERING_CONFIGURATION } from './private/tables/tiering-configuration';
import { VAULT } from './private/tables/vault';
import { VAULT_COPY, VAULT_ENCRYPTION } from './private/tables/vault-copy';
import { VAULT_LOCK } from './private/tables/vault-lock';

const TABLES = [
  SCHEDULE,
  LIFECYCLE,
  RULE,
  COPY_ACTION,
  COPY_DESTINATION,
  PLAN,
  PLAN_SET,
  SCAN_ACTION,
  SCAN_SETTING,
  SELECTION_RULES,
  VAULT,
  VAULT_COPY,
  VAULT_ENCRYPTION,
  VAULT_LOCK,
  LOGICALLY_AIR_GAPPED_VAULT,
  TIERING_CONFIGURATION,
  LEGAL_HOLD,
  RESTORE_TESTING_PLAN,
  RESTORE_TESTING_SELECTION,
  RESTORE_VALIDATION,
  VAULT_SHARE,
  RESTORE_ACCESS_VAULT,
  KEY,
  GUARDRAIL,
  ORGANIZATION_POLICY,
  ORGANIZATION_PLAN,
  ORGANIZATION_SELECTION,
  ORGANIZATION,
  RESTORE_RUNBOOK,
  COPY_BACK,
  FRAMEWORK,
  FRAMEWORK_CONTROL,
  AUDIT_PARAMETER,
  REPORT_PLAN,
  REPORT_BUCKET,
  CONFIG_RULE,
  CONFORMANCE_PACK,
  CONFIG_RECORDER,
  TAG,
  REGION_SETTINGS,
  GLOBAL_SETTINGS,
  RESOURCE,
  ESTATE,
  COMPLIANCE,
  MANDATE,
  DOCUMENT,
  EVENT,
  ALARM,
  DASHBOARD,
  BUDGET_RULES,
  CLOUDFORMATION,
  TERRAFORM,
];

const BY_ID = new Map(
  TABLES.flatMap((table): RuleDescription[] => Object.values(table)).map((description) => [
    description.rule,
    description,
  ]),
);

/**
 * Every rule, in the order of the nouns.
 */
export class RuleCatalog {
  /**
   * All rules.
   */
  public static all(): RuleDescription[] {
    return [...BY_ID.values()];
  }

  /**
   * The rule with this id.
   *
   * @param rule id of the rule
   * @throws Error when there is none
   */
  public static find(rule: string): RuleDescription {
    const description = RuleCatalog.tryFind(rule);
    if (description === undefined) {
      throw new Error(`rule must be one of the table of rules, got ${rule}`);
    }
    return description;
  }

  /**
   * The rule with this id, or nothing.
   *
   * @param rule id of the rule
   */
  public static tryFind(rule: string): RuleDescription | undefined {
    return BY_ID.get(rule);
  }

  private constructor() {}
}
