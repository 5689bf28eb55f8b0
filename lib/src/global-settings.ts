import { GlobalSettingsRules, Waiver } from '@holdfast/model';
import * as iam from 'aws-cdk-lib/aws-iam';
import { CfnResource } from 'aws-cdk-lib/core';
import { propertyInjectable } from 'aws-cdk-lib/core/lib/prop-injectable';
import { Construct } from 'constructs';
import { GLOBAL_SETTINGS } from './private/lambda-code/global-settings';
import { annotateTemplate, refuse } from './private/refuse';
import { settingsResource } from './private/settings-resource';
import { SYNTH } from './private/token-values';

/**
 * Properties of `GlobalSettings`.
 */
export interface GlobalSettingsProps {
  /**
   * Whether recovery points may be copied to other accounts of the organization.
   *
   * @default - stays as it is
   */
  readonly isCrossAccountBackupEnabled?: boolean;

  /**
   * Whether several people can be asked to approve access to logically air-gapped vaults.
   *
   * @default - stays as it is
   */
  readonly isMpaEnabled?: boolean;

  /**
   * Whether member accounts can administer backups of the organization.
   *
   * @default - stays as it is
   */
  readonly isDelegatedAdministratorEnabled?: boolean;

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
 * Settings of AWS Backup for a whole organization: for a stack of its management account, where alone they can be set.
 *
 * CloudFormation has no type for it, so that a small function sets them. What is left out, or taken out of the declaration,
 * stays as it is, and so does everything when the construct goes.
 */
@propertyInjectable
export class GlobalSettings extends Construct {
  /**
   * Under this id `PropertyInjectors.of(scope)` takes what injects properties.
   */
  public static readonly PROPERTY_INJECTION_ID: string = '@holdfast/cdk.GlobalSettings';

  /**
   * @param scope parent
   * @param id construct id
   * @param props properties
   */
  constructor(scope: Construct, id: string, props: GlobalSettingsProps) {
    super(scope, id);
    refuse(this, GlobalSettingsRules.check(props, '', SYNTH), props.waivers);

    const resource = settingsResource(this, {
      description: 'Sets what AWS Backup may do in the whole organization',
      resourceType: 'Custom::BackupGlobalSettings',
      code: GLOBAL_SETTINGS,
      statements: [
        new iam.PolicyStatement({
          actions: ['backup:DescribeGlobalSettings', 'backup:UpdateGlobalSettings'],
          resources: ['*'],
        }),
      ],
      whyAllResources: 'The settings of an organization are no resource that a policy could name.',
      properties: { GlobalSettings: GlobalSettingsRules.render(props) as unknown },
    });
    annotateTemplate(resource.node.defaultChild as CfnResource, props.waivers);
  }
}
