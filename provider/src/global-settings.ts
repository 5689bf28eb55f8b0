import { BackupGlobalSettings } from '@cdktf/provider-aws/lib/backup-global-settings';
import { GlobalSettingsRules, Waiver } from '@holdfast/model';
import { TerraformProvider, Token } from 'cdktf';
import { Construct } from 'constructs';
import { annotateTemplate, refuse } from './private/refuse';
import { leaveAlone } from './private/settings-resource';
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

  /**
   * The provider that makes the resources: one of the management account.
   *
   * @default - the stack's AWS provider without an alias
   */
  readonly provider?: TerraformProvider;
}

/**
 * Settings of AWS Backup for a whole organization: applied in its management account, where alone they can be set.
 *
 * What is left out, or taken out of the declaration, stays as it is, and gives no difference: `ignore_changes` names its
 * keys. Everything stays when the construct goes, as the AWS provider only forgets the settings.
 */
export class GlobalSettings extends Construct {
  /**
   * The settings.
   */
  public readonly settings: BackupGlobalSettings;

  /**
   * @param scope parent
   * @param id construct id
   * @param props properties
   */
  constructor(scope: Construct, id: string, props: GlobalSettingsProps) {
    super(scope, id);
    refuse(this, GlobalSettingsRules.check(props, '', SYNTH), props.waivers);

    const declared = GlobalSettingsRules.render(props) as Record<string, boolean>;
    const settings = Object.entries(declared).map(([key, value]) => [key, textOf(value)]);
    this.settings = new BackupGlobalSettings(this, 'Resource', {
      globalSettings: Object.fromEntries(settings) as Record<string, string>,
      provider: props.provider,
      lifecycle: leaveAlone({ global_settings: [declared, GlobalSettingsRules.keys()] }),
    });
    annotateTemplate(this.settings, props.waivers);
  }
}

/** Each is `true` or `false` as a text (Source B11.7/1); Terraform makes one of what it alone knows. */
function textOf(value: boolean): string {
  return SYNTH.known(value) ? String(value) : Token.asString(value);
}
