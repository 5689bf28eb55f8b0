import { BackupConfigRule } from './config-rule';
import { BackupConfigRules } from './config-rules';
import { Environment } from './environment';
import { Finding, IValueProbe } from './finding';
import { textOf } from './private/audit/parameter-text';
import { at, found } from './private/found';
import { absent, lengthOf, members, readable, shown } from './private/reading';
import { CONFORMANCE_PACK } from './private/tables/audit';

/**
 * A conformance pack of AWS Config as declared.
 */
export interface ConformancePack {
  /**
   * Name of the pack, 1 to 256 letters, digits and `-`, the first of them a letter. Cannot be changed later.
   */
  readonly conformancePackName: string;

  /**
   * Where the pack is deployed.
   */
  readonly env: Environment;

  /**
   * Its rules, at least 1.
   */
  readonly rules: BackupConfigRule[];
}

const NAME = /^[a-zA-Z][-a-zA-Z0-9]{0,255}$/;

/**
 * Conformance packs of AWS Config about backups, the same for every framework.
 */
export class ConformancePacks {
  /**
   * The template of a pack, as an object that JSON (or YAML) makes `TemplateBody` of.
   *
   * Values of parameters are texts; those that are not known now stay as they are.
   *
   * @param rules rules of the pack
   * @param probe tells which values are known now
   */
  public static template(rules: BackupConfigRule[], probe: IValueProbe): any {
    const names = BackupConfigRules.namesOf(rules);
    const resources = rules.map((rule, index): [string, object] => {
      const name = names[index] as string;
      const parameters = rule.inputParameters.map(({ parameterName, parameterValue }): [string, unknown] => [
        parameterName,
        textOf(parameterValue, probe),
      ]);
      return [logicalId(name), resource(rule, name, Object.fromEntries(parameters))];
    });
    return { Resources: Object.fromEntries(resources) };
  }

  /**
   * What the rules find. Never throws.
   *
   * @param pack the declaration
   * @param path where the declaration is, empty for none
   * @param probe tells which values are known now
   */
  public static check(pack: ConformancePack, path: string, probe: IValueProbe): Finding[] {
    if (!readable(pack, probe)) {
      return [];
    }
    const { conformancePackName: name, rules } = pack;
    const findings: Finding[] = [];
    if (absent(name) || (probe.known(name) && !NAME.test(name))) {
      findings.push(found(CONFORMANCE_PACK.name, at(path, 'conformancePackName'), shown(name)));
    }
    const rulesPath = at(path, 'rules');
    const count = lengthOf(rules, probe) ?? 0;
    if (count > 130) {
      findings.push(found(CONFORMANCE_PACK.quota, rulesPath, String(count)));
    }
    findings.push(...BackupConfigRules.check(rules, pack.env, rulesPath, probe));
    const known = members(rules, probe).map(([, rule]) => rule);
    const size = JSON.stringify(ConformancePacks.template(known, probe)).length;
    if (size > 51200) {
      findings.push(found(CONFORMANCE_PACK.templateSize, rulesPath, `${size} characters`));
    }
    return findings;
  }

  private constructor() {}
}

function resource(rule: BackupConfigRule, name: string, parameters: object): object {
  return {
    Type: 'AWS::Config::ConfigRule',
    Properties: {
      ConfigRuleName: name,
      ...(Object.keys(parameters).length === 0 ? {} : { InputParameters: parameters }),
      Source: { Owner: 'AWS', SourceIdentifier: rule.sourceIdentifier },
    },
  };
}

/** Logical ids have letters and digits alone. */
function logicalId(name: string): string {
  return name
    .split('-')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');
}
