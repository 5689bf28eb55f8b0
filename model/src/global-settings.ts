import { Finding, IValueProbe } from './finding';
import { at, found } from './private/found';
import { absent, readable } from './private/reading';
import { GLOBAL_SETTINGS } from './private/tables/organization';

/**
 * Settings of AWS Backup for a whole organization, which its management account alone can change.
 *
 * Source B11.7/1.
 */
export interface GlobalSettings {
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
}

/**
 * What the settings of an organization should be.
 */
export class GlobalSettingsRules {
  /**
   * What the rules find. Never throws.
   *
   * @param settings the declaration
   * @param path where the declaration is, empty for none
   * @param probe tells which values are known now
   */
  public static check(settings: GlobalSettings, path: string, probe: IValueProbe): Finding[] {
    if (!readable(settings, probe) || Object.values(GlobalSettingsRules.render(settings)).length > 0) {
      return [];
    }
    return [found(GLOBAL_SETTINGS.empty, at(path, 'isCrossAccountBackupEnabled'), 'none')];
  }

  /**
   * All settings that AWS Backup has (Source B11.7/1).
   */
  public static keys(): string[] {
    return ['isCrossAccountBackupEnabled', 'isMpaEnabled', 'isDelegatedAdministratorEnabled'];
  }

  /**
   * The settings as the API takes them: what is not declared is left out, so that it stays as it is.
   *
   * @param settings the declaration
   */
  public static render(settings: GlobalSettings): any {
    const { isCrossAccountBackupEnabled, isMpaEnabled, isDelegatedAdministratorEnabled } = settings;
    const all = { isCrossAccountBackupEnabled, isMpaEnabled, isDelegatedAdministratorEnabled };
    return Object.fromEntries(Object.entries(all).filter(([, value]) => !absent(value)));
  }

  private constructor() {}
}
