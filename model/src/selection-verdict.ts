/**
 * Why a selection takes a resource, or the first step at which it does not.
 */
export enum SelectionReason {
  /**
   * Selected by an entry of `resources`.
   */
  RESOURCES = 'resources',

  /**
   * Selected by a tag of `listOfTags`.
   */
  LIST_OF_TAGS = 'list-of-tags',

  /**
   * Selected by both.
   */
  BOTH = 'both',

  /**
   * AWS Backup does not support the service.
   */
  NOT_SUPPORTED = 'not-supported',

  /**
   * Neither `resources` nor `listOfTags` match.
   */
  NOT_CANDIDATE = 'not-candidate',

  /**
   * Left out by an entry of `notResources`.
   */
  NOT_RESOURCES = 'not-resources',

  /**
   * A condition is not met.
   */
  CONDITION = 'condition',

  /**
   * The resource type is opted out in this account and Region.
   */
  OPTED_OUT = 'opted-out',

  /**
   * Left behind by a restore test.
   */
  RESTORE_TEST_LEFTOVER = 'restore-test-leftover',
}

/**
 * What a selection says of one resource.
 */
export interface SelectionVerdict {
  /**
   * ARN of the resource.
   */
  readonly resourceArn: string;

  /**
   * Whether the resource is backed up.
   */
  readonly selected: boolean;

  /**
   * Why.
   */
  readonly reason: SelectionReason;

  /**
   * The same in a sentence, naming the entry that decided.
   */
  readonly detail: string;
}
