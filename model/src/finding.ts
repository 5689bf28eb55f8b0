/**
 * How sure we are that a finding matters.
 */
export enum Severity {
  /**
   * Breaks a documented constraint, or deploys and then does not do what it says.
   */
  ERROR = 'error',

  /**
   * Deploys, and may do something other than it looks like.
   */
  WARNING = 'warning',

  /**
   * Not confirmed by AWS's documentation, or worth knowing.
   */
  NOTE = 'note',
}

/**
 * What comes of a declaration that breaks a rule.
 */
export enum Effect {
  /**
   * AWS answers the deployment with an error.
   */
  REFUSED_BY_AWS = 'refused-by-aws',

  /**
   * It deploys; jobs fail, or do not run, later.
   */
  FAILS_AT_RUN = 'fails-at-run',

  /**
   * It works, but perhaps not as its author thinks.
   */
  ADVICE = 'advice',
}

/**
 * One thing that a rule found in a declaration.
 */
export interface Finding {
  /**
   * Id of the rule, kebab-case; never renamed or reused.
   */
  readonly rule: string;

  /**
   * What comes of it.
   */
  readonly effect: Effect;

  /**
   * How sure we are that it matters.
   */
  readonly severity: Severity;

  /**
   * Where in the declaration, e.g. `vaultLock.minRetentionDays`.
   */
  readonly path: string;

  /**
   * `must be <allowed>, got <given>`: lower case, no final stop.
   */
  readonly message: string;

  /**
   * The page, API shape or reference bullet that says so.
   */
  readonly source: string;

  /**
   * The reason of the waiver that covers this finding.
   *
   * @default - not waived
   */
  readonly waived?: string;
}

/**
 * What is known of a rule without running it: a row of the table of rules.
 */
export interface RuleDescription {
  /**
   * Id of the rule, kebab-case: `<noun>-<what>`.
   */
  readonly rule: string;

  /**
   * What comes of breaking it.
   */
  readonly effect: Effect;

  /**
   * How sure we are that it matters.
   */
  readonly severity: Severity;

  /**
   * What is allowed, in one line.
   */
  readonly allowed: string;

  /**
   * The page, API shape or reference bullet that says so.
   */
  readonly source: string;
}

/**
 * Tells values that are known now from those that are known at deploy time (tokens).
 */
export interface IValueProbe {
  /**
   * Whether the value can be read now.
   *
   * @param value any value of a declaration
   */
  known(value: any): boolean;
}
