import { RegionSettings } from './estate';
import { StatefulResource } from './resource';
import { BackupSelection } from './selection';

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

/**
 * Decides which resources a selection takes (Source B3.1 to B3.3).
 */
export class Selector {
  /**
   * One verdict per resource, in the order of the resources.
   *
   * @param selection the selection
   * @param resources the resources of the plan's account and Region
   * @param settings opt-in settings of that account and Region; all opted in when absent
   */
  public static evaluate(
    selection: BackupSelection,
    resources: StatefulResource[],
    settings?: RegionSettings,
  ): SelectionVerdict[] {
    const out = settings?.resourceTypeOptInPreference ?? {};
    return resources.map((resource) => ({
      resourceArn: resource.arn,
      selected: (selection.resources ?? []).includes(resource.arn) && out[resource.resourceType] !== false,
      reason: SelectionReason.RESOURCES,
      detail: '',
    }));
  }

  private constructor() {}
}
