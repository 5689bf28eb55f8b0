import { Estate } from './estate';

/**
 * What a standard is held against: declarations, and what is known of tests and evidence beside them.
 */
export interface ComplianceSubject {
  /**
   * Vaults, plans and resources.
   */
  readonly estate: Estate;

  /**
   * Most days between two restore tests.
   *
   * @default - nothing is tested
   */
  readonly restoreTestGapDays?: number;

  /**
   * Names of the controls of AWS Backup Audit Manager that are evaluated.
   *
   * @default - none
   */
  readonly auditControls?: string[];

  /**
   * Days that reports are kept.
   *
   * @default - no reports
   */
  readonly evidenceRetentionDays?: number;

  /**
   * Where the subject is declared; heads the paths of what is declared nowhere else.
   *
   * @default - none
   */
  readonly declaredAt?: string;
}
