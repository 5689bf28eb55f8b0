/**
 * What a requirement is about.
 */
export enum ComplianceAspect {
  /**
   * Most hours between two backups of a resource.
   */
  MAX_HOURS_BETWEEN_BACKUPS = 'max-hours-between-backups',

  /**
   * Least days that each recovery point is kept.
   */
  MIN_RETENTION_DAYS = 'min-retention-days',

  /**
   * Least days that the points of at least one rule are kept.
   */
  LONG_RETENTION_DAYS = 'long-retention-days',

  /**
   * Most days that a recovery point is kept.
   */
  MAX_RETENTION_DAYS = 'max-retention-days',

  /**
   * Least days that a recovery point stays in warm storage.
   */
  MIN_WARM_DAYS = 'min-warm-days',

  /**
   * Point-in-time recovery where the service has it.
   */
  CONTINUOUS_BACKUP = 'continuous-backup',

  /**
   * A copy in another Region.
   */
  CROSS_REGION_COPY = 'cross-region-copy',

  /**
   * A copy in another account.
   */
  CROSS_ACCOUNT_COPY = 'cross-account-copy',

  /**
   * A copy in another Region or account.
   */
  COPY_ELSEWHERE = 'copy-elsewhere',

  /**
   * A customer managed key for each vault.
   */
  CUSTOMER_MANAGED_KEY = 'customer-managed-key',

  /**
   * A Vault Lock, at least in governance mode.
   */
  GOVERNANCE_LOCK = 'governance-lock',

  /**
   * A Vault Lock in compliance mode.
   */
  COMPLIANCE_LOCK = 'compliance-lock',

  /**
   * Least days of the lower bound of the Vault Lock.
   */
  LOCK_MIN_RETENTION_DAYS = 'lock-min-retention-days',

  /**
   * Most days between two restore tests.
   */
  MAX_DAYS_BETWEEN_RESTORE_TESTS = 'max-days-between-restore-tests',

  /**
   * Regions that may hold recovery points.
   */
  REGIONS = 'regions',

  /**
   * Controls of AWS Backup Audit Manager that are evaluated.
   */
  AUDIT_CONTROLS = 'audit-controls',

  /**
   * Least days that reports are kept as evidence.
   */
  EVIDENCE_RETENTION_DAYS = 'evidence-retention-days',
}

/**
 * Who asks for the value of a requirement.
 */
export enum ComplianceDemand {
  /**
   * The clause itself.
   */
  REQUIRED = 'required',

  /**
   * A number that the programme assigns to the clause.
   */
  PARAMETER = 'parameter',

  /**
   * A common reading of auditors and practitioners; the clause names no value.
   */
  INTERPRETATION = 'interpretation',

  /**
   * Holdfast: a technical choice that serves the clause.
   */
  OWN = 'own',
}

/**
 * One requirement of a standard, with the clause that it comes from.
 */
export interface ComplianceRequirement {
  /**
   * What it is about.
   */
  readonly aspect: ComplianceAspect;

  /**
   * The floor, or the ceiling where the aspect says most; hours or days, as the aspect says.
   *
   * @default - the aspect has no number
   */
  readonly value?: number;

  /**
   * What presets choose where nothing else is said: at least as strong as `value`.
   *
   * @default - `value`
   */
  readonly preferred?: number;

  /**
   * Regions, or names of controls.
   *
   * @default - the aspect has no list
   */
  readonly names?: string[];

  /**
   * The clause, as the standard counts its clauses.
   */
  readonly clause: string;

  /**
   * Who asks for the value.
   */
  readonly demand: ComplianceDemand;

  /**
   * Whether the clause was looked up in a public text; else it is from memory, and a specialist has to confirm it.
   */
  readonly lookedUp: boolean;

  /**
   * What the clause asks, and how the value follows from it.
   */
  readonly because: string;

  /**
   * Whether it is recommended only: what is weaker is a warning, not an error.
   *
   * @default false
   */
  readonly recommended?: boolean;
}
