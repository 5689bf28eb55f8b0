import { BackupConfigRule, BackupConfigRules, Waiver } from '@holdfast/model';
import * as config from 'aws-cdk-lib/aws-config';
import { propertyInjectable } from 'aws-cdk-lib/core/lib/prop-injectable';
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
   * What the name of each rule begins with; then comes the name that AWS Config gives it in its documents.
   *
   * @default - CloudFormation chooses the names
   */
  readonly configRuleNamePrefix?: string;

  /**
   * The recorder of AWS Config, without which nothing is evaluated.
   *
   * @default ConfigRecorder.inApp()
   */
  readonly configRecorder?: ConfigRecorder;

  /**
   * Findings that are accepted, each with the reason.
   *
   * `expires` is held against the context key `holdfast:today`; without it no waiver has expired.
   *
   * @default - none
   */
  readonly waivers?: Waiver[];
}

/**
 * Managed rules of AWS Config about backups, each with its parameters written out.
 *
 * They ask what the controls of an `AuditFramework` ask, service by service, and their results show in AWS Config, where
 * those of a framework do not.
 */
@propertyInjectable
export class AuditConfigRules extends Construct {
  /**
   * Under this id `PropertyInjectors.of(scope)` takes what injects properties.
   */
  public static readonly PROPERTY_INJECTION_ID: string = '@holdfast/cdk.AuditConfigRules';

  /**
   * The rules, in the order in which they were given.
   */
  public readonly configRules: config.IRule[];

  /**
   * @param scope parent
   * @param id construct id
   * @param props properties
   * @throws ValidationError when AWS Config would refuse what is declared, with every finding at once
   */
  constructor(scope: Construct, id: string, props: AuditConfigRulesProps) {
    super(scope, id);
    const { rules, configRuleNamePrefix: prefix } = props;
    const names = BackupConfigRules.namesOf(rules);
    const given = prefix === undefined ? [] : names.map((name) => `${prefix}${name}`);
    refuse(
      this,
      [
        ...BackupConfigRules.check(rules, environmentOf(this), 'rules', SYNTH),
        ...BackupConfigRules.checkNames(given, 'configRuleNamePrefix', SYNTH),
      ],
      props.waivers,
    );

    const resources = rules.map((rule, index) => {
      const resource = new config.CfnConfigRule(this, names[index] as string, {
        configRuleName: given[index],
        inputParameters: parameterTexts(this, rule.inputParameters),
        source: { owner: 'AWS', sourceIdentifier: rule.sourceIdentifier },
      });
      annotateTemplate(resource, props.waivers);
      return resource;
    });
    this.configRules = resources.map((resource, index) =>
      config.ManagedRule.fromConfigRuleName(this, `${names[index]}-imported`, resource.ref),
    );
    needRecorder(this, {
      controls: [],
      rules,
      resources,
      configRecorder: props.configRecorder,
      waivers: props.waivers,
    });
  }
}
