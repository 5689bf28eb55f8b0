import { TieringConfiguration as TieringDeclaration, TieringConfigurationRules, Waiver } from '@holdfast/model';
import { TerraformProvider, TerraformResource } from 'cdktf';
import { Construct } from 'constructs';
import { checkAwsProvider } from './private/aws-provider';
import { tryFindVault } from './private/declarations';
import { environmentOf } from './private/environment';
import { annotateTemplate, refuse } from './private/refuse';
import { declareTiering, tieringsBeside } from './private/tierings';
import { SYNTH } from './private/token-values';
import { IVault } from './vault';

/**
 * Buckets whose backups move to the low-cost warm tier, and when.
 */
export interface TieringSelectionProps {
  /**
   * Days after which an object that came into the vault moves to the tier, 60 to 36500; 36500 keep it out.
   */
  readonly tierDownAfterDays: number;

  /**
   * ARNs of the buckets, at most 100 in all selections of a configuration.
   *
   * @default - every bucket
   */
  readonly bucketArns?: string[];
}

/**
 * Properties of a `TieringConfiguration`.
 */
export interface TieringConfigurationProps {
  /**
   * Name of the configuration, 1 to 200 letters, digits and `_`.
   */
  readonly tieringConfigurationName: string;

  /**
   * What moves when, 1 to 5.
   */
  readonly selections: TieringSelectionProps[];

  /**
   * The vault.
   *
   * @default - every vault that has no configuration of its own
   */
  readonly vault?: IVault;

  /**
   * Tags of the configuration.
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

  /**
   * The provider that makes the resources.
   *
   * @default - the stack's AWS provider without an alias
   */
  readonly provider?: TerraformProvider;
}

const TYPE = 'aws_backup_tiering_configuration';

/**
 * When backups of S3 in a vault move to the low-cost warm tier.
 *
 * A move is final: without the configuration no more are made, and none is undone. A vault has one configuration; the one
 * without a vault is for all the others.
 *
 * No version of the AWS provider up to 6.66.0 has a resource for it, so that it is refused for them. That a later one calls it
 * `aws_backup_tiering_configuration`, with the arguments of the pull request that adds it, is assumed.
 */
export class TieringConfiguration extends Construct {
  /**
   * The configuration.
   */
  public readonly resource: TerraformResource;

  /**
   * Name of the configuration.
   */
  public readonly tieringConfigurationName: string;

  /**
   * ARN of the configuration.
   */
  public readonly tieringConfigurationArn: string;

  /**
   * @param scope parent
   * @param id construct id
   * @param props properties
   * @throws ValidationError when AWS Backup would refuse what is declared, or the AWS provider cannot say it, with every
   * finding at once
   */
  constructor(scope: Construct, id: string, props: TieringConfigurationProps) {
    super(scope, id);
    const declared = declaredTiering(this, props);
    refuse(this, check(this, declared), props.waivers);

    this.resource = new TerraformResource(this, 'Resource', {
      terraformResourceType: TYPE,
      terraformGeneratorMetadata: { providerName: 'aws' },
      provider: props.provider,
    });
    const named = { ...declared, backupVaultName: props.vault?.backupVaultName ?? declared.backupVaultName };
    for (const [name, value] of Object.entries(renderTiering(named))) {
      this.resource.addOverride(name, value);
    }
    annotateTemplate(this.resource, props.waivers);
    this.tieringConfigurationName = this.resource.getStringAttribute('name');
    this.tieringConfigurationArn = this.resource.getStringAttribute('arn');
    declareTiering(this, declared);
  }
}

function check(scope: Construct, declared: TieringDeclaration) {
  const prefix = `${scope.node.path}.`;
  const beside = TieringConfigurationRules.checkTogether([...tieringsBeside(scope), declared], SYNTH)
    .filter(({ path }) => path.startsWith(prefix))
    .map((finding) => ({ ...finding, path: finding.path.slice(prefix.length) }));
  return [
    ...checkAwsProvider(scope, { 'tiering-configuration': 'tieringConfigurationName' }),
    ...TieringConfigurationRules.check(declared, '', SYNTH),
    ...beside,
  ];
}

function renderTiering({ tieringConfigurationName, backupVaultName, resourceSelection, tags }: TieringDeclaration) {
  return {
    name: tieringConfigurationName,
    backup_vault_name: backupVaultName,
    resource_selection: resourceSelection.map((selection) => ({
      resource_type: selection.resourceType,
      resources: selection.resources,
      tiering_down_settings_in_days: selection.tieringDownSettingsInDays,
    })),
    ...(tags === undefined ? {} : { tags }),
  };
}

function declaredTiering(scope: Construct, props: TieringConfigurationProps): TieringDeclaration {
  const { vault } = props;
  const named = vault === undefined ? '*' : (tryFindVault(vault)?.backupVaultName ?? vault.backupVaultName);
  return {
    tieringConfigurationName: props.tieringConfigurationName,
    backupVaultName: named,
    env: environmentOf(scope, props.provider),
    resourceSelection: props.selections.map(({ tierDownAfterDays, bucketArns }) => ({
      resourceType: 'S3',
      resources: bucketArns ?? ['*'],
      tieringDownSettingsInDays: tierDownAfterDays,
    })),
    tags: props.tags,
    declaredAt: scope.node.path,
  };
}
