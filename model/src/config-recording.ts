import { BackupConfigRule } from './config-rule';
import { BackupConfigRules } from './config-rules';
import { Finding, IValueProbe } from './finding';
import { FrameworkControl } from './framework-control';
import { FrameworkControls } from './framework-controls';
import { found, at } from './private/found';
import { listed, members, readable, shown } from './private/reading';
import { CONFIG_RECORDER } from './private/tables/audit';

/**
 * What a recorder of AWS Config records.
 */
export interface ConfigRecording {
  /**
   * Whether it records every type that AWS Config knows, but for the excluded.
   *
   * @default false
   */
  readonly allSupported?: boolean;

  /**
   * CloudFormation types that it records, unless all.
   *
   * @default - none
   */
  readonly resourceTypes?: string[];

  /**
   * CloudFormation types that it leaves out of all.
   *
   * @default - none
   */
  readonly excludedResourceTypes?: string[];
}

/** Types of resources of ours that AWS Config records (Source: enumeration ResourceType of its API model 2014-11-12). */
const RECORDABLE = new Set([
  'AWS::Backup::BackupPlan',
  'AWS::Backup::BackupSelection',
  'AWS::Backup::BackupVault',
  'AWS::Backup::RecoveryPoint',
  'AWS::Config::ResourceCompliance',
  'AWS::DynamoDB::Table',
  'AWS::EC2::Instance',
  'AWS::EC2::Volume',
  'AWS::EFS::FileSystem',
  'AWS::RDS::DBCluster',
  'AWS::RDS::DBInstance',
  'AWS::S3::Bucket',
]);

/** What every evaluation needs: where its result is kept. */
const COMPLIANCE = 'AWS::Config::ResourceCompliance';

/**
 * What AWS Config has to record for audits, and whether it does.
 */
export class ConfigRecordings {
  /**
   * Types that AWS Config has to record for controls and rules, each once, in alphabetical order.
   *
   * Types that AWS Config evaluates without recording them, such as those of FSx, are not among them.
   *
   * @param controls controls of frameworks
   * @param rules rules of AWS Config
   */
  public static neededTypes(controls: FrameworkControl[], rules: BackupConfigRule[]): string[] {
    const types = [
      ...controls.flatMap(({ controlName }) => FrameworkControls.tryFind(controlName)?.recordedResourceTypes ?? []),
      ...rules.flatMap(({ sourceIdentifier }) => BackupConfigRules.tryFind(sourceIdentifier)?.resourceTypes ?? []),
    ];
    const all = types.length === 0 ? [] : [...types, COMPLIANCE];
    return [...new Set(all)].filter((type) => RECORDABLE.has(type)).sort();
  }

  /**
   * What the rules find in the recorders of an account and Region. Never throws.
   *
   * @param needed types that have to be recorded
   * @param recordings what the recorders record; empty when there is none
   * @param path where the recorder is asked for
   * @param probe tells which values are known now
   */
  public static check(needed: string[], recordings: ConfigRecording[], path: string, probe: IValueProbe): Finding[] {
    if (recordings.length === 0) {
      return [found(CONFIG_RECORDER.none, path, 'none')];
    }
    if (recordings.length > 1) {
      return [found(CONFIG_RECORDER.unique, path, String(recordings.length))];
    }
    const missing = needed.filter((type) => !records(recordings[0] as ConfigRecording, type, probe));
    return missing.length === 0 ? [] : [found(CONFIG_RECORDER.types, path, `none for ${listed(missing)}`)];
  }

  /**
   * What the rules find in a list of types to record. Never throws.
   *
   * @param resourceTypes the types
   * @param path where the list is declared
   * @param probe tells which values are known now
   */
  public static checkTypes(resourceTypes: string[], path: string, probe: IValueProbe): Finding[] {
    return members(resourceTypes, probe)
      .filter(([, type]) => !/^AWS::\w+::\w+$/.test(type))
      .map(([index, type]) => found(CONFIG_RECORDER.type, at(path, index), shown(type)));
  }

  private constructor() {}
}

/** A list that is not known now may hold the type. */
function records(recording: ConfigRecording, type: string, probe: IValueProbe): boolean {
  const { allSupported, resourceTypes, excludedResourceTypes: excluded } = recording;
  if (allSupported !== undefined && !probe.known(allSupported)) {
    return true;
  }
  if (allSupported === true) {
    return !readable(excluded, probe) || !excluded.includes(type);
  }
  return resourceTypes !== undefined && (!probe.known(resourceTypes) || resourceTypes.includes(type));
}
