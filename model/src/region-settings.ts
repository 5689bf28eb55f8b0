import { Environment } from './environment';
import { Finding, IValueProbe, RuleDescription } from './finding';
import { at, found } from './private/found';
import { readable } from './private/reading';
import { REGION_SETTINGS } from './private/tables/plan';
import { ServiceSupport } from './support/service-support';

/**
 * Opt-in settings of one account in one Region.
 */
export interface RegionSettings {
  /**
   * Account and Region that the settings hold for.
   */
  readonly env: Environment;

  /**
   * Opt-in key (`Aurora`, `EBS`, …) to whether AWS Backup may back the type up. Keys that are left out stay as they are.
   *
   * @default - all opted in
   */
  readonly resourceTypeOptInPreference?: { [key: string]: boolean };

  /**
   * Management key (`DynamoDB`, …) to whether AWS Backup manages the points fully.
   *
   * @default - all managed fully
   */
  readonly resourceTypeManagementPreference?: { [key: string]: boolean };

  /**
   * Where this was declared.
   *
   * @default - account and Region
   */
  readonly declaredAt?: string;
}

/**
 * What AWS refuses in the opt-in settings of a Region.
 */
export class RegionSettingsRules {
  /**
   * What the rules find. Never throws.
   *
   * @param settings the declaration
   * @param path where the declaration is, empty for none
   * @param probe tells which values are known now
   */
  public static check(settings: RegionSettings, path: string, probe: IValueProbe): Finding[] {
    if (!readable(settings, probe)) {
      return [];
    }
    const { resourceTypeOptInPreference: optIn, resourceTypeManagementPreference: management } = settings;
    const lists: [string, unknown, string[], RuleDescription][] = [
      ['resourceTypeOptInPreference', optIn, RegionSettingsRules.optInKeys(), REGION_SETTINGS.optInKey],
      [
        'resourceTypeManagementPreference',
        management,
        RegionSettingsRules.managementKeys(),
        REGION_SETTINGS.managementKey,
      ],
    ];
    return lists.flatMap(([member, preference, known, rule]) => {
      const keys = readable(preference, probe) ? Object.keys(preference as object) : [];
      return keys
        .filter((key) => probe.known(key) && !known.includes(key))
        .map((key) => found(rule, at(path, member), key));
    });
  }

  /**
   * The resource types that can be opted in or out, in alphabetical order (Source B3.3/2).
   */
  public static optInKeys(): string[] {
    return [...new Set(ServiceSupport.all().map(({ optInKey }) => optInKey))].sort();
  }

  /**
   * The resource types whose full management can be set, in alphabetical order (Source B3.3/2).
   */
  public static managementKeys(): string[] {
    return [...new Set(ServiceSupport.all().flatMap((service) => service.managementPreferenceKey ?? []))].sort();
  }

  private constructor() {}
}
