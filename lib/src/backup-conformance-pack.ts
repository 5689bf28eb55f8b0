import { BackupConfigRule, ConformancePack, ConformancePacks, Waiver } from '@holdfast/model';
import * as config from 'aws-cdk-lib/aws-config';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Stack } from 'aws-cdk-lib/core';
import { propertyInjectable } from 'aws-cdk-lib/core/lib/prop-injectable';
import { Construct } from 'constructs';
import { ConfigRecorder } from './config-recorder';
import { parameterText } from './private/audit-parameter';
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
   * Bucket where AWS Config keeps the template of the pack.
   *
   * @default - AWS Config keeps it itself
   */
  readonly deliveryBucket?: s3.IBucket;

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
   * Tags of the pack.
   *
   * @default - none
   */
  readonly tags?: { [key: string]: string };

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
 * A conformance pack of managed rules of AWS Config about backups: one name and one score for all of them.
 *
 * Its template is made of the rules, as JSON.
 */
@propertyInjectable
export class BackupConformancePack extends Construct {
  /**
   * Under this id `PropertyInjectors.of(scope)` takes what injects properties.
   */
  public static readonly PROPERTY_INJECTION_ID: string = '@holdfast/cdk.BackupConformancePack';

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
    const { rules, tags } = props;
    const declared: ConformancePack = {
      conformancePackName: props.conformancePackName,
      env: environmentOf(this),
      rules,
    };
    refuse(this, ConformancePacks.check(declared, '', SYNTH), props.waivers);

    const resource = new config.CfnConformancePack(this, 'Resource', {
      conformancePackName: props.conformancePackName,
      deliveryS3Bucket: props.deliveryBucket?.bucketName,
      deliveryS3KeyPrefix: props.deliveryS3KeyPrefix,
      templateBody: Stack.of(this).toJsonString(ConformancePacks.template(this.withTexts(rules), SYNTH)),
      tags: tags && Object.entries(tags).map(([key, value]) => ({ key, value })),
    });
    annotateTemplate(resource, props.waivers);
    this.conformancePackName = resource.ref;
    this.conformancePackArn = resource.attrConformancePackArn;
    needRecorder(this, {
      controls: [],
      rules,
      resources: [resource],
      configRecorder: props.configRecorder,
      waivers: props.waivers,
    });
  }

  /** The model makes text of what it knows; a number that is a token it does not. */
  private withTexts(rules: BackupConfigRule[]): BackupConfigRule[] {
    return rules.map(({ sourceIdentifier, inputParameters }) =>
      BackupConfigRule.custom(
        sourceIdentifier,
        inputParameters.map(({ parameterName, parameterValue }) => ({
          parameterName,
          parameterValue: parameterText(this, parameterValue),
        })),
      ),
    );
  }
}
