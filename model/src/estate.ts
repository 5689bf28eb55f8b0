import { BackupFramework } from './framework';
import { LogicallyAirGappedVault } from './logically-air-gapped-vault';
import { BackupPlan } from './plan';
import { RegionSettings } from './region-settings';
import { BackupReportPlan } from './report-plan';
import { StatefulResource } from './resource';
import { BackupVault } from './vault';

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
   * Frameworks of AWS Backup Audit Manager.
   *
   * @default - none
   */
  readonly frameworks?: BackupFramework[];

  /**
   * Report plans of AWS Backup Audit Manager.
   *
   * @default - none
   */
  readonly reportPlans?: BackupReportPlan[];

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
