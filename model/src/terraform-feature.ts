import { Finding } from './finding';
import { found } from './private/found';
import { TERRAFORM } from './private/tables/terraform';

/**
 * What of AWS Backup the AWS provider of Terraform came to know after its version 5.100.0.
 */
export interface TerraformFeature {
  /**
   * What it is, e.g. `scan-settings`.
   */
  readonly feature: string;

  /**
   * The lowest version of the AWS provider that has it, `major.minor.patch`.
   */
  readonly since: string;

  /**
   * The resource types, or arguments of resource types, that it needs.
   */
  readonly terraformNames: string[];

  /**
   * Whether it is, or stands in, a block, which is lost where the Terraform CDK writes HCL (Source B17.1/9).
   *
   * @default false
   */
  readonly inBlock?: boolean;
}

/** Lowest versions in which the generated classes of the prebuilt provider have the argument (Source B17.1/1 to B17.1/5). */
const FEATURES: readonly TerraformFeature[] = [
  // Source B17.1/1
  { feature: 'resource-region', since: '6.0.0', terraformNames: ['region'] },
  // Source B17.1/2
  {
    feature: 'logically-air-gapped-vault-key',
    since: '6.22.1',
    terraformNames: ['aws_backup_logically_air_gapped_vault.encryption_key_arn'],
  },
  // Source B17.1/3
  {
    feature: 'logically-air-gapped-target',
    since: '6.24.0',
    terraformNames: ['aws_backup_plan.rule.target_logically_air_gapped_backup_vault_arn'],
    inBlock: true,
  },
  // Source B17.1/4
  {
    feature: 'scan-settings',
    since: '6.25.0',
    terraformNames: ['aws_backup_plan.scan_setting', 'aws_backup_plan.rule.scan_action'],
    inBlock: true,
  },
  // Assumed: no release up to 6.66.0 has it (Source B17.1/5), and the next may.
  {
    feature: 'tiering-configuration',
    since: '6.67.0',
    terraformNames: ['aws_backup_tiering_configuration'],
    inBlock: true,
  },
  // Assumed: the same of its validation (Source B17.1/6).
  {
    feature: 's3-backup-options',
    since: '6.67.0',
    terraformNames: ['S3 as aws_backup_plan.advanced_backup_setting.resource_type'],
  },
];

/**
 * Which versions of the AWS provider of Terraform have what.
 */
export class TerraformFeatures {
  /**
   * All that came after version 5.100.0, in the order in which it came.
   */
  public static all(): TerraformFeature[] {
    return [...FEATURES];
  }

  /**
   * What a feature needs.
   *
   * @param feature e.g. `scan-settings`
   * @throws Error when there is no such feature
   */
  public static find(feature: string): TerraformFeature {
    const known = FEATURES.find((it) => it.feature === feature);
    if (known === undefined) {
      throw new Error(`feature must be one of ${FEATURES.map((it) => it.feature).join(', ')}, got ${feature}`);
    }
    return known;
  }

  /**
   * Whether a version of the AWS provider has a feature.
   *
   * @param feature e.g. `scan-settings`
   * @param version e.g. `5.100.0`
   * @throws Error when there is no such feature
   */
  public static has(feature: string, version: string): boolean {
    return !earlier(version, TerraformFeatures.find(feature).since);
  }

  /**
   * What the rules find where a feature is used. Never throws on a version that it cannot read.
   *
   * @param feature e.g. `scan-settings`
   * @param version of the AWS provider, e.g. `5.100.0`
   * @param path where it is declared
   */
  public static check(feature: string, version: string, path: string): Finding[] {
    const { since, terraformNames } = TerraformFeatures.find(feature);
    if (!earlier(version, since)) {
      return [];
    }
    const allowed = `used with version ${since} of the AWS provider or a later one (${terraformNames.join(', ')})`;
    return [found(TERRAFORM.version, path, `version ${version}`, allowed)];
  }

  /**
   * What the rules find where a feature is used in a stack that is written as HCL.
   *
   * @param feature e.g. `scan-settings`
   * @param path where it is declared
   * @throws Error when there is no such feature
   */
  public static checkHcl(feature: string, path: string): Finding[] {
    const { inBlock, terraformNames } = TerraformFeatures.find(feature);
    return inBlock === true ? [found(TERRAFORM.hcl, path, `HCL, which loses ${terraformNames.join(', ')}`)] : [];
  }

  /**
   * The finding for what no version of the AWS provider has an argument for (Source B17.1/7).
   *
   * @param path where it is declared
   * @param given what was declared
   */
  public static checkAbsent(path: string, given: string): Finding[] {
    return [found(TERRAFORM.argument, path, given)];
  }

  private constructor() {}
}

/** Whether one version is lower than the other; a pre-release counts as its release, no version at all as the first. */
function earlier(version: string, than: string): boolean {
  const [left, right] = [numbers(version), numbers(than)];
  const at = right.findIndex((number, index) => (left[index] ?? 0) !== number);
  return at >= 0 && (left[at] ?? 0) < right[at]!;
}

function numbers(version: string): number[] {
  return (/^\d+(\.\d+)*/.exec(version)?.[0] ?? '0').split('.').map(Number);
}
