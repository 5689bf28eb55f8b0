import { Estate } from './estate';
import { RestoreTestingPlan } from './restore-testing-plan';

/**
 * What an app declares of backups, tests and audits, read back from whatever constructs it is made of.
 */
export interface ComplianceDeclarations {
  /**
   * Vaults, plans, frameworks and reports.
   */
  readonly estate: Estate;

  /**
   * Restore testing plans with their selections.
   *
   * @default - none
   */
  readonly restoreTestingPlans?: RestoreTestingPlan[];

  /**
   * Days that the bucket of each report plan keeps reports; `Infinity` where nothing deletes them.
   *
   * @default - no report plan
   */
  readonly evidenceRetentionDays?: number[];
}
