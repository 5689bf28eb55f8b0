import { ConfigConformancePack } from '@cdktf/provider-aws/lib/config-conformance-pack';
import { BackupConfigRule, ConformancePack, ConformancePacks, Waiver } from '@holdfast/model';
import { TerraformProvider } from 'cdktf';
import { Construct } from 'constructs';
import { ConfigRecorder } from './config-recorder';
import { jsonText, parameterText } from './private/audit-parameter';
import { needRecorder } from './private/audit-recorder';
import { environmentOf } from './private/environment';
import { annotateTemplate, refuse } from './private/refuse';
import { SYNTH } from './private/token-values';

/**
 * Properties of a `BackupConformancePack`.
 */
export interface BackupConformancePackProps {
  /**
   * Name of the pack, 1 to 256 letters, digits and `-`, the first of them a letter. Cannot be changed later.
   */
  readonly conformancePackName: string;

  /**
   * The rules, at least 1.
   */
  readonly rules: BackupConfigRule[];

  /**
   * Name of the bucket where AWS Config keeps the template of the pack.
   *
   * @default - AWS Config keeps it itself
   */
  readonly deliveryBucketName?: string;

  /**
   * Prefix of the keys in that bucket.
   *
   * @default - none
   */
  readonly deliveryS3KeyPrefix?: string;

  /**
   * The recorder of AWS Config, without which nothing is evaluated.
   *
   * @default ConfigRecorder.inApp()
   */
  readonly configRecorder?: ConfigRecorder;

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
 * A conformance pack of managed rules of AWS Config about backups: one name and one score for all of them.
 *
 * Its template is made of the rules, as JSON. It has no tags, as the AWS provider has no argument for them.
 */
export class BackupConformancePack extends Construct {
  /**
   * The pack.
   */
  public readonly conformancePack: ConfigConformancePack;

  /**
   * Name of the pack.
   */
  public readonly conformancePackName: string;

  /**
   * ARN of the pack.
   */
  public readonly conformancePackArn: string;

  /**
   * @param scope parent
   * @param id construct id
   * @param props properties
   * @throws ValidationError when AWS Config would refuse what is declared, with every finding at once
   */
  constructor(scope: Construct, id: string, props: BackupConformancePackProps) {
    super(scope, id);
    const { rules, configRecorder, provider, waivers } = props;
    const declared: ConformancePack = {
      conformancePackName: props.conformancePackName,
      env: environmentOf(this, provider),
      rules,
    };
    refuse(this, ConformancePacks.check(declared, '', SYNTH), waivers);

    this.conformancePack = new ConfigConformancePack(this, 'Resource', {
      name: props.conformancePackName,
      deliveryS3Bucket: props.deliveryBucketName,
      deliveryS3KeyPrefix: props.deliveryS3KeyPrefix,
      templateBody: jsonText(ConformancePacks.template(withTexts(rules), SYNTH) as object),
      provider,
    });
    annotateTemplate(this.conformancePack, waivers);
    this.conformancePackName = this.conformancePack.name;
    this.conformancePackArn = this.conformancePack.arn;
    const resources = [this.conformancePack];
    needRecorder(this, { controls: [], rules, resources, configRecorder, waivers, provider });
  }
}

/** The model makes text of what it knows; a number that is a token it does not. */
function withTexts(rules: BackupConfigRule[]): BackupConfigRule[] {
  return rules.map(({ sourceIdentifier, inputParameters }) =>
    BackupConfigRule.custom(
      sourceIdentifier,
      inputParameters.map(({ parameterName, parameterValue }) => ({
        parameterName,
        parameterValue: parameterText(parameterValue),
      })),
    ),
  );
}
