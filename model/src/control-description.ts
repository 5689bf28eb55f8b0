/**
 * When a control is evaluated.
 */
export enum ControlTrigger {
  /**
   * By AWS Backup itself, every 24 hours.
   */
  EVERY_24_HOURS = 'every 24 hours',

  /**
   * When AWS Config records a change.
   */
  CONFIGURATION_CHANGES = 'configuration changes',
}

/**
 * What the scope of a control can be narrowed to.
 */
export enum ControlScopeKind {
  /**
   * Resources with one tag: `ControlScope.tagged`.
   */
  TAG = 'tag',

  /**
   * Resources of some types: `ControlScope.resourceTypes`.
   */
  RESOURCE_TYPES = 'resource types',

  /**
   * One resource: `ControlScope.singleResource`.
   */
  SINGLE_RESOURCE = 'single resource',
}

/**
 * What the value of a parameter is.
 */
export enum ControlParameterKind {
  /**
   * Whole days.
   */
  DAYS = 'days',

  /**
   * Whole minutes.
   */
  MINUTES = 'minutes',

  /**
   * `hours` or `days`.
   */
  UNIT = 'hours or days',

  /**
   * A whole number of the unit that another parameter gives.
   */
  OF_UNIT = 'number of the unit',

  /**
   * ARNs of IAM roles.
   */
  ROLE_ARNS = 'role ARNs',

  /**
   * Names of Regions.
   */
  REGIONS = 'Regions',

  /**
   * Ids of accounts.
   */
  ACCOUNTS = 'account ids',

  /**
   * `True` or `False`.
   */
  FLAG = 'True or False',

  /**
   * Tags, as JSON.
   */
  TAGS = 'tags',

  /**
   * Any text.
   */
  TEXT = 'text',
}

/**
 * What is known of a parameter of a control or of an AWS Config rule.
 */
export interface ControlParameterDescription {
  /**
   * AWS's name of the parameter.
   */
  readonly parameterName: string;

  /**
   * What its value is.
   */
  readonly kind: ControlParameterKind;

  /**
   * Whether it has to be given.
   */
  readonly isRequired: boolean;

  /**
   * Least number, or least number of days where the unit is a parameter of its own.
   *
   * @default - no number, or no lower bound
   */
  readonly least?: number;

  /**
   * Greatest number, or greatest number of days where the unit is a parameter of its own, or of members of a list.
   *
   * @default - no upper bound
   */
  readonly greatest?: number;

  /**
   * Least number of hours, where the unit is a parameter of its own.
   *
   * @default - the unit is none
   */
  readonly leastHours?: number;

  /**
   * Greatest number of hours, where the unit is a parameter of its own.
   *
   * @default - the unit is none
   */
  readonly greatestHours?: number;

  /**
   * What AWS takes when it is not given.
   *
   * @default - AWS names none
   */
  readonly defaultValue?: string;

  /**
   * The page that says so; begins with `Assumed` where a bound is ours.
   */
  readonly source: string;
}

/**
 * What is known of a control without deploying it.
 */
export interface ControlDescription {
  /**
   * AWS's name of the control, e.g. `BACKUP_RECOVERY_POINT_ENCRYPTED`.
   */
  readonly controlName: string;

  /**
   * Its factory: a method of `FrameworkControl`.
   */
  readonly factory: string;

  /**
   * What it evaluates, in a sentence.
   */
  readonly evaluates: string;

  /**
   * When it is evaluated.
   */
  readonly trigger: ControlTrigger;

  /**
   * What its scope can be narrowed to.
   */
  readonly scopeKinds: ControlScopeKind[];

  /**
   * Its parameters.
   */
  readonly parameters: ControlParameterDescription[];

  /**
   * CloudFormation types that AWS Config has to record for it.
   */
  readonly recordedResourceTypes: string[];

  /**
   * The page that says so.
   */
  readonly source: string;
}

/**
 * What is known of a managed rule of AWS Config without deploying it.
 */
export interface ConfigRuleDescription {
  /**
   * AWS's identifier of the rule, e.g. `EBS_RESOURCES_PROTECTED_BY_BACKUP_PLAN`.
   */
  readonly sourceIdentifier: string;

  /**
   * When it is evaluated.
   */
  readonly trigger: ControlTrigger;

  /**
   * Its parameters.
   */
  readonly parameters: ControlParameterDescription[];

  /**
   * CloudFormation types of what it evaluates.
   */
  readonly resourceTypes: string[];

  /**
   * The page that says so; begins with `Assumed` where the page was not seen.
   */
  readonly source: string;
}
