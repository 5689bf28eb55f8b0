import { RuleDescription } from './finding';

/**
 * Every rule, in the order of the nouns.
 */
export class RuleCatalog {
  /**
   * All rules.
   */
  public static all(): RuleDescription[] {
    return [];
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
    return RuleCatalog.all().find((description) => description.rule === rule);
  }

  private constructor() {}
}
