import { Finding, RuleDescription } from '../finding';

/**
 * A finding made from its rule, so that table and message cannot disagree.
 *
 * @param rule the row of the table
 * @param path where in the declaration
 * @param given what was declared, with its number
 * @param allowed what would have been right here, when the declaration narrows what the row says
 */
export function found(rule: RuleDescription, path: string, given: string, allowed: string = rule.allowed): Finding {
  return {
    rule: rule.rule,
    effect: rule.effect,
    severity: rule.severity,
    path,
    message: `must be ${allowed}, got ${given}`,
    source: rule.source,
  };
}

/** The path of a member: `vaultLock` and `minRetentionDays` make `vaultLock.minRetentionDays`. */
export function at(path: string, member: string | number): string {
  if (typeof member === 'number') {
    return `${path}[${member}]`;
  }
  return path === '' ? member : `${path}.${member}`;
}
