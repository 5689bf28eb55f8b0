import { BackupRegionSettings } from '@cdktf/provider-aws/lib/backup-region-settings';
import { RegionSettingsRules, Waiver } from '@holdfast/model';
import { TerraformProvider } from 'cdktf';
import { Construct } from 'constructs';
import { environmentOf } from './private/environment';
import { annotateTemplate, refuse } from './private/refuse';
import { leaveAlone } from './private/settings-resource';
import { SYNTH } from './private/token-values';

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

  /**
   * The provider that makes the resources: its account and Region get the settings.
   *
   * @default - the stack's AWS provider without an alias
   */
  readonly provider?: TerraformProvider;
}

/**
 * Which types of resources AWS Backup may back up in an account and Region.
 *
 * A type that is left out, or taken out of the declaration, stays as it is, and gives no difference: `ignore_changes` names
 * its key. Everything stays when the construct goes, as the AWS provider only forgets the settings: to take an opt-in back
 * would stop the backups of others. A type that the Region does not have fails the deployment.
 */
export class RegionSettings extends Construct {
  /**
   * The settings.
   */
  public readonly settings: BackupRegionSettings;

  /**
   * @param scope parent
   * @param id construct id
   * @param props properties
   * @throws ValidationError when a key is none of AWS Backup's, with every finding at once
   */
  constructor(scope: Construct, id: string, props: RegionSettingsProps) {
    super(scope, id);
    const { resourceTypeOptInPreference, resourceTypeManagementPreference, waivers, provider } = props;
    const env = environmentOf(this, provider);
    const declared = { env, resourceTypeOptInPreference, resourceTypeManagementPreference };
    refuse(this, RegionSettingsRules.check(declared, '', SYNTH), waivers);

    this.settings = new BackupRegionSettings(this, 'Resource', {
      // The AWS provider demands the map, an empty one, too.
      resourceTypeOptInPreference: resourceTypeOptInPreference ?? {},
      resourceTypeManagementPreference,
      provider,
      lifecycle: leaveAlone({
        resource_type_opt_in_preference: [resourceTypeOptInPreference, RegionSettingsRules.optInKeys()],
        resource_type_management_preference: [resourceTypeManagementPreference, RegionSettingsRules.managementKeys()],
      }),
    });
    annotateTemplate(this.settings, waivers);
  }
}
