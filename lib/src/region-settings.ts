import { RegionSettingsRules, Waiver } from '@holdfast/model';
import * as iam from 'aws-cdk-lib/aws-iam';
import { propertyInjectable } from 'aws-cdk-lib/core/lib/prop-injectable';
import { Construct } from 'constructs';
import { environmentOf } from './private/environment';
import { REGION_SETTINGS } from './private/lambda-code/region-settings';
import { annotateTemplate, refuse } from './private/refuse';
import { settingsResource } from './private/settings-resource';
import { SYNTH } from './private/token-values';
import { CfnResource } from 'aws-cdk-lib/core';

/**
 * Properties of `RegionSettings`.
 */
export interface RegionSettingsProps {
  /**
   * Opt-in key (`Aurora`, `EBS`, …) to whether AWS Backup may back the type up. Types that are left out stay as they are.
   *
   * @default - stays as it is
   */
  readonly resourceTypeOptInPreference?: { [key: string]: boolean };

  /**
   * Management key (`DynamoDB`, …) to whether AWS Backup manages the points fully. Types that are left out stay as they are.
   *
   * @default - stays as it is
   */
  readonly resourceTypeManagementPreference?: { [key: string]: boolean };

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
 * Which types of resources AWS Backup may back up in this account and Region.
 *
 * CloudFormation has no type for it, so that a small function sets it. A type that is taken out of the declaration stays as
 * it is, and so does everything when the construct goes: to take an opt-in back would stop the backups of others. A type
 * that the Region does not have fails the deployment.
 */
@propertyInjectable
export class RegionSettings extends Construct {
  /**
   * Under this id `PropertyInjectors.of(scope)` takes what injects properties.
   */
  public static readonly PROPERTY_INJECTION_ID: string = '@holdfast/cdk.RegionSettings';

  /**
   * @param scope parent
   * @param id construct id
   * @param props properties
   * @throws ValidationError when a key is none of AWS Backup's, with every finding at once
   */
  constructor(scope: Construct, id: string, props: RegionSettingsProps) {
    super(scope, id);
    const { resourceTypeOptInPreference, resourceTypeManagementPreference, waivers } = props;
    const declared = { env: environmentOf(this), resourceTypeOptInPreference, resourceTypeManagementPreference };
    refuse(this, RegionSettingsRules.check(declared, '', SYNTH), waivers);

    const resource = settingsResource(this, {
      description: 'Sets which types of resources AWS Backup may back up',
      resourceType: 'Custom::BackupRegionSettings',
      code: REGION_SETTINGS,
      statements: [
        new iam.PolicyStatement({
          actions: ['backup:DescribeRegionSettings', 'backup:UpdateRegionSettings'],
          resources: ['*'],
        }),
      ],
      whyAllResources: 'The settings of a Region are no resource that a policy could name.',
      properties: {
        ResourceTypeOptInPreference: resourceTypeOptInPreference,
        ResourceTypeManagementPreference: resourceTypeManagementPreference,
      },
    });
    annotateTemplate(resource.node.defaultChild as CfnResource, waivers);
  }
}
