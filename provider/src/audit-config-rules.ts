import { ConfigConfigRule } from '@cdktf/provider-aws/lib/config-config-rule';
import { BackupConfigRule, BackupConfigRules, Waiver } from '@holdfast/model';
import { TerraformProvider } from 'cdktf';
import { Construct } from 'constructs';
import { ConfigRecorder } from './config-recorder';
import { parameterTexts } from './private/audit-parameter';
import { needRecorder } from './private/audit-recorder';
import { environmentOf } from './private/environment';
import { annotateTemplate, refuse } from './private/refuse';
import { SYNTH } from './private/token-values';

/**
 * Properties of `AuditConfigRules`.
 */
export interface AuditConfigRulesProps {
  /**
   * The rules, at least 1.
   */
  readonly rules: BackupConfigRule[];

  /**
   * What the name of each rule begins with; then comes the name that AWS Config gives it in its documents. An account and
   * Region has each name once.
   *
   * @default - nothing: the names are those of the documents
   */
  readonly configRuleNamePrefix?: string;

  /**
   * The recorder of AWS Config, without which nothing is evaluated.
   *
   * @default ConfigRecorder.inApp()
   */
  readonly configRecorder?: ConfigRecorder;

  /**
   * Tags of the rules.
   *
   * @default - none
   */
  readonly tags?: { [key: string]: string };

  /**
   * Findings that are accepted, each with the reason.
   *
   * @default - none
   */
  readonly waivers?: Waiver[];

  /**
   * The provider that makes the resources, e.g. that of another Region.
   *
   * @default - the stack's AWS provider without an alias
   */
  readonly provider?: TerraformProvider;
}

/**
 * Managed rules of AWS Config about backups, each with its parameters written out.
 *
 * They ask what the controls of an `AuditFramework` ask, service by service, and their results show in AWS Config, where
 * those of a framework do not.
 */
export class AuditConfigRules extends Construct {
  /**
   * The rules, in the order in which they were given.
   */
  public readonly configRules: ConfigConfigRule[];

  /**
   * @param scope parent
   * @param id construct id
   * @param props properties
   * @throws ValidationError when AWS Config would refuse what is declared, with every finding at once
   */
  constructor(scope: Construct, id: string, props: AuditConfigRulesProps) {
    super(scope, id);
    const { rules, configRuleNamePrefix: prefix = '', configRecorder, provider, tags, waivers } = props;
    const names = BackupConfigRules.namesOf(rules);
    const given = names.map((name) => `${prefix}${name}`);
    refuse(
      this,
      [
        ...BackupConfigRules.check(rules, environmentOf(this, provider), 'rules', SYNTH),
        ...BackupConfigRules.checkNames(given, 'configRuleNamePrefix', SYNTH),
      ],
      waivers,
    );

    this.configRules = rules.map((rule, index) => {
      const resource = new ConfigConfigRule(this, names[index] as string, {
        name: given[index] as string,
        source: { owner: 'AWS', sourceIdentifier: rule.sourceIdentifier },
        inputParameters: parameterTexts(rule.inputParameters),
        tags,
        provider,
      });
      annotateTemplate(resource, waivers);
      return resource;
    });
    needRecorder(this, { controls: [], rules, resources: this.configRules, configRecorder, waivers, provider });
  }
}
