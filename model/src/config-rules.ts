import { BackupConfigRule } from './config-rule';
import { ConfigRuleDescription } from './control-description';
import { Environment } from './environment';
import { Finding, IValueProbe } from './finding';
import { CONFIG_RULES, kebab } from './private/audit/config-rules';
import { checkParameters } from './private/audit/parameter-checks';
import { at, found } from './private/found';
import { duplicates } from './private/names';
import { absent, lengthOf, members, readable, shown } from './private/reading';
import { CONFIG_RULE } from './private/tables/audit';

/**
 * Every managed rule of AWS Config about backups.
 */
export class BackupConfigRules {
  /**
   * All rules: those about plans, vaults and recovery points, then those about the resources of each service.
   */
  public static all(): ConfigRuleDescription[] {
    return [...CONFIG_RULES];
  }

  /**
   * The rule with this identifier, or nothing.
   *
   * @param sourceIdentifier AWS's identifier of the rule
   */
  public static tryFind(sourceIdentifier: string): ConfigRuleDescription | undefined {
    return CONFIG_RULES.find((rule) => rule.sourceIdentifier === sourceIdentifier);
  }

  /**
   * A name for each rule, in their order: its identifier in lower case with `-`, and a number where it comes again.
   *
   * @param rules the rules
   */
  public static namesOf(rules: BackupConfigRule[]): string[] {
    const counts = new Map<string, number>();
    return rules.map(({ sourceIdentifier }) => {
      const count = (counts.get(sourceIdentifier) ?? 0) + 1;
      counts.set(sourceIdentifier, count);
      return count === 1 ? kebab(sourceIdentifier) : `${kebab(sourceIdentifier)}-${count}`;
    });
  }

  /**
   * What the rules find in a list of rules of AWS Config. Never throws.
   *
   * @param rules the list
   * @param env where they are deployed
   * @param path where the list is declared
   * @param probe tells which values are known now
   */
  public static check(rules: BackupConfigRule[], env: Environment, path: string, probe: IValueProbe): Finding[] {
    const all = members(rules, probe);
    const findings = absent(rules) || lengthOf(rules, probe) === 0 ? [found(CONFIG_RULE.rules, path, '0')] : [];
    for (const [index, rule] of all) {
      findings.push(...checkRule(rule, env, at(path, index), probe));
    }
    const identity = ([, rule]: [number, BackupConfigRule]) =>
      JSON.stringify([rule.sourceIdentifier, rule.inputParameters]);
    for (const [[first], [index, rule]] of duplicates(all, identity)) {
      findings.push(found(CONFIG_RULE.duplicate, at(path, index), `${rule.sourceIdentifier} again, as in [${first}]`));
    }
    return findings;
  }

  /**
   * What the rules find in the names of rules of AWS Config. Never throws.
   *
   * @param configRuleNames the names
   * @param path where they are declared
   * @param probe tells which values are known now
   */
  public static checkNames(configRuleNames: string[], path: string, probe: IValueProbe): Finding[] {
    return members(configRuleNames, probe)
      .filter(([, name]) => name.length < 1 || name.length > 128)
      .map(([, name]) => found(CONFIG_RULE.name, path, `${name.length} characters: ${name}`));
  }

  private constructor() {}
}

function checkRule(rule: BackupConfigRule, env: Environment, path: string, probe: IValueProbe): Finding[] {
  const { sourceIdentifier: identifier } = rule;
  if (!absent(identifier) && !probe.known(identifier)) {
    return [];
  }
  const description = BackupConfigRules.tryFind(identifier);
  if (description === undefined) {
    return [found(CONFIG_RULE.identifier, at(path, 'sourceIdentifier'), shown(identifier))];
  }
  const values = new Map(
    members(rule.inputParameters, probe)
      .filter(([, { parameterName }]) => readable(parameterName, probe))
      .map(([, { parameterName, parameterValue }]): [string, unknown] => [parameterName, parameterValue]),
  );
  return checkParameters(description.parameters, values, { path, env, probe });
}
