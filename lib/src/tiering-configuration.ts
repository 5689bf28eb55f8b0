import { TieringConfiguration as TieringDeclaration, TieringConfigurationRules, Waiver } from '@holdfast/model';
import * as backup from 'aws-cdk-lib/aws-backup';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Duration } from 'aws-cdk-lib/core';
import { propertyInjectable } from 'aws-cdk-lib/core/lib/prop-injectable';
import { Construct } from 'constructs';
import { tryFindVault } from './private/declarations';
import { environmentOf } from './private/environment';
import { annotateTemplate, refuse } from './private/refuse';
import { declareTiering, tieringsBeside } from './private/tierings';
import { SYNTH } from './private/token-values';

/**
 * Buckets whose backups move to the low-cost warm tier, and when.
 */
export interface TieringSelectionProps {
  /**
   * Time after which an object that came into the vault moves to the tier, 60 to 36500 days; 36500 days keep it out.
   */
  readonly tierDownAfter: Duration;

  /**
   * The buckets, at most 100 in all selections of a configuration.
   *
   * @default - every bucket
   */
  readonly buckets?: s3.IBucket[];
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
  readonly vault?: backup.IBackupVault;

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
}

/**
 * When backups of S3 in a vault move to the low-cost warm tier.
 *
 * A move is final: without the configuration no more are made, and none is undone. A vault has one configuration; the one
 * without a vault is for all the others.
 */
@propertyInjectable
export class TieringConfiguration extends Construct {
  /**
   * Under this id `PropertyInjectors.of(scope)` takes what injects properties.
   */
  public static readonly PROPERTY_INJECTION_ID: string = '@holdfast/cdk.TieringConfiguration';

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
   * @throws ValidationError when AWS Backup would refuse what is declared, with every finding at once
   */
  constructor(scope: Construct, id: string, props: TieringConfigurationProps) {
    super(scope, id);
    const declared = declaredTiering(this, props);
    const beside = TieringConfigurationRules.checkTogether([...tieringsBeside(this), declared], SYNTH)
      .filter(({ path }) => path.startsWith(`${this.node.path}.`))
      .map((finding) => ({ ...finding, path: finding.path.slice(this.node.path.length + 1) }));
    refuse(this, [...TieringConfigurationRules.check(declared, '', SYNTH), ...beside], props.waivers);

    const resource = new backup.CfnTieringConfiguration(this, 'Resource', {
      tieringConfigurationName: declared.tieringConfigurationName,
      backupVaultName: props.vault?.backupVaultName ?? declared.backupVaultName,
      resourceSelection: declared.resourceSelection,
      tieringConfigurationTags: declared.tags,
    });
    annotateTemplate(resource, props.waivers);
    this.tieringConfigurationName = resource.ref;
    this.tieringConfigurationArn = resource.attrTieringConfigurationArn;
    declareTiering(this, declared);
  }
}

function declaredTiering(scope: Construct, props: TieringConfigurationProps): TieringDeclaration {
  const { vault } = props;
  const named = vault === undefined ? '*' : (tryFindVault(vault)?.backupVaultName ?? vault.backupVaultName);
  return {
    tieringConfigurationName: props.tieringConfigurationName,
    backupVaultName: named,
    env: environmentOf(scope),
    resourceSelection: props.selections.map(({ tierDownAfter, buckets }) => ({
      resourceType: 'S3',
      resources: buckets?.map((bucket) => bucket.bucketArn) ?? ['*'],
      tieringDownSettingsInDays: tierDownAfter.toDays({ integral: false }),
    })),
    tags: props.tags,
    declaredAt: scope.node.path,
  };
}
