import { BackupLimits } from './backup-limits';
import { Environment } from './environment';
import { Finding, IValueProbe } from './finding';
import { placeOf, VAULT_NAME } from './private/arns';
import { at, found } from './private/found';
import { checkLength, checkName, duplicates } from './private/names';
import { days, lengthOf, members, readable, shown, whole } from './private/reading';
import { TIERING_CONFIGURATION as RULES } from './private/tables/tiering-configuration';
import { TagRules } from './tags';

/**
 * Buckets whose backups move to the low-cost warm tier, and when.
 */
export interface TieringResourceSelection {
  /**
   * `S3`, which AWS Backup takes alone.
   */
  readonly resourceType: string;

  /**
   * ARNs of buckets, or `*` for every bucket.
   */
  readonly resources: string[];

  /**
   * Days after which an object in the vault moves to the low-cost warm tier, 60 to 36500; 36500 keeps a bucket out of it.
   */
  readonly tieringDownSettingsInDays: number;
}

/**
 * When backups of S3 in a vault move to the low-cost warm tier (Source B5.7/1).
 */
export interface TieringConfiguration {
  /**
   * Name of the configuration, 1 to 200 letters, digits and `_`.
   */
  readonly tieringConfigurationName: string;

  /**
   * Name of the vault, or `*` for every vault that has no configuration of its own.
   */
  readonly backupVaultName: string;

  /**
   * Where the configuration lives.
   */
  readonly env: Environment;

  /**
   * What moves when, 1 to 5.
   */
  readonly resourceSelection: TieringResourceSelection[];

  /**
   * Tags of the configuration.
   *
   * @default - none
   */
  readonly tags?: { [key: string]: string };

  /**
   * Where this was declared: construct path, file and logical id, or Terraform address.
   *
   * @default - the name
   */
  readonly declaredAt?: string;
}

const NAME = /^[a-zA-Z0-9_]{1,200}$/;
const BUCKET_ARN = /^arn:aws[a-z-]*:s3:::[^\s*]+$/;

/** Most ARNs in all selections of a configuration (Source B5.7/1). */
const RESOURCES = 100;

/**
 * What AWS refuses in a tiering configuration.
 */
export class TieringConfigurationRules {
  /**
   * What the rules find. Never throws.
   *
   * @param configuration the declaration
   * @param path where the declaration is, empty for none
   * @param probe tells which values are known now
   */
  public static check(configuration: TieringConfiguration, path: string, probe: IValueProbe): Finding[] {
    if (!readable(configuration, probe)) {
      return [];
    }
    const { tieringConfigurationName: name, backupVaultName: vault, resourceSelection } = configuration;
    const findings = checkName(RULES.name, name, NAME, at(path, 'tieringConfigurationName'), probe);
    if (vault !== '*') {
      findings.push(...checkName(RULES.vaultName, vault, VAULT_NAME, at(path, 'backupVaultName'), probe));
    }
    const selectionsPath = at(path, 'resourceSelection');
    const count = lengthOf(resourceSelection, probe);
    if (count !== undefined) {
      findings.push(...checkLength(RULES.selections, count, 1, 5, selectionsPath));
    }
    const selections = members(resourceSelection, probe);
    for (const [index, selection] of selections) {
      findings.push(...checkSelection(selection, at(selectionsPath, index), probe));
    }
    findings.push(...TagRules.check(configuration.tags ?? {}, at(path, 'tags'), probe));
    return [...findings, ...checkResources(selections, selectionsPath, probe)];
  }

  /**
   * What the rules find in several configurations together. Never throws.
   *
   * @param configurations the declarations; paths begin with `declaredAt`, or the name where it is not given
   * @param probe tells which values are known now
   */
  public static checkTogether(configurations: TieringConfiguration[], probe: IValueProbe): Finding[] {
    const all = members(configurations, probe);
    const findings: Finding[] = [];
    for (const [[, first], [, second]] of duplicates(all, ([, it]) => key(it, it.tieringConfigurationName))) {
      const given = `${shown(second.tieringConfigurationName)} again, as at ${placed(first)}`;
      findings.push(found(RULES.nameUnique, at(placed(second), 'tieringConfigurationName'), given));
    }
    for (const [[, first], [, second]] of duplicates(all, ([, it]) => key(it, it.backupVaultName))) {
      const vault = probe.known(second.backupVaultName) ? second.backupVaultName : 'that vault';
      const given = `${vault} again, as at ${placed(first)}`;
      findings.push(found(RULES.vaultUnique, at(placed(second), 'backupVaultName'), given));
    }
    return findings;
  }

  private constructor() {}
}

function checkSelection(selection: TieringResourceSelection, path: string, probe: IValueProbe): Finding[] {
  const { resourceType, resources, tieringDownSettingsInDays: after } = selection;
  const findings: Finding[] = [];
  if (probe.known(resourceType) && resourceType !== 'S3') {
    findings.push(found(RULES.resourceType, at(path, 'resourceType'), shown(resourceType)));
  }
  if (probe.known(after) && !whole(after, 60, BackupLimits.LONGEST_DAYS)) {
    findings.push(found(RULES.days, at(path, 'tieringDownSettingsInDays'), days(after)));
  }
  const resourcesPath = at(path, 'resources');
  const count = lengthOf(resources, probe) ?? 1;
  if (count === 0) {
    findings.push(found(RULES.resources, resourcesPath, '0'));
  }
  for (const [index, arn] of members(resources, probe)) {
    if (arn === '*' && count > 1) {
      findings.push(found(RULES.star, at(resourcesPath, index), `* and ${count - 1} more`));
    }
    if (arn !== '*') {
      findings.push(...checkName(RULES.resourceArn, arn, BUCKET_ARN, at(resourcesPath, index), probe));
    }
  }
  return findings;
}

/** The ARNs of all selections together. */
function checkResources(selections: [number, TieringResourceSelection][], path: string, probe: IValueProbe): Finding[] {
  const findings: Finding[] = [];
  const total = selections.reduce((sum, [, { resources }]) => sum + (lengthOf(resources, probe) ?? 0), 0);
  if (total > RESOURCES) {
    findings.push(found(RULES.resources, path, String(total)));
  }
  const all = selections.flatMap(([index, { resources }]) =>
    members(resources, probe).map(([place, arn]) => ({ arn, path: at(at(at(path, index), 'resources'), place) })),
  );
  for (const [first, second] of duplicates(all, ({ arn }) => arn)) {
    findings.push(found(RULES.twice, second.path, `${shown(second.arn)}, as at ${first.path}`));
  }
  return findings;
}

/** What must be unique in account and Region. */
function key(configuration: TieringConfiguration, value: string | undefined): string | undefined {
  return value === undefined ? undefined : `${placeOf(configuration.env)}|${value}`;
}

function placed({ declaredAt, tieringConfigurationName }: TieringConfiguration): string {
  return declaredAt ?? tieringConfigurationName;
}
