import { Environment } from './environment';
import { LogicallyAirGappedVault } from './logically-air-gapped-vault';
import { BackupPlan } from './plan';
import { StatefulResource } from './resource';
import { BackupVault } from './vault';

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
 * Everything that was declared: what lib and provider render and what the engine reads back.
 */
export interface Estate {
  /**
   * Backup vaults.
   *
   * @default - none
   */
  readonly vaults?: BackupVault[];

  /**
   * Logically air-gapped vaults.
   *
   * @default - none
   */
  readonly logicallyAirGappedVaults?: LogicallyAirGappedVault[];

  /**
   * Backup plans with their selections.
   *
   * @default - none
   */
  readonly plans?: BackupPlan[];

  /**
   * Resources that hold data.
   *
   * @default - none
   */
  readonly resources?: StatefulResource[];

  /**
   * Opt-in settings.
   *
   * @default - all types opted in everywhere
   */
  readonly regionSettings?: RegionSettings[];

  /**
   * Whether `resources` is all there is, so that a selection that matches none of them matches nothing.
   *
   * @default false
   */
  readonly resourcesAreComplete?: boolean;
}
