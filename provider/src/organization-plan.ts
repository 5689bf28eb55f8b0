import { OrganizationChildControl } from '@holdfast/model';
import { PlanProps } from './plan';
import { SelectionConditionsProps } from './selection';

/**
 * Resources that a plan of an organization backs up because of a tag.
 */
export interface OrganizationTagSelectionProps {
  /**
   * Name of the selection, 1 to 50 letters, digits, dots, `-` and `_`; in lower case in the member account.
   */
  readonly selectionName: string;

  /**
   * Key of the tag, case sensitive.
   */
  readonly tagKey: string;

  /**
   * Values of the tag, any one of which suffices, case sensitive.
   */
  readonly tagValues: string[];

  /**
   * Conditions that every resource must meet, at most 30.
   *
   * @default - none
   */
  readonly conditions?: SelectionConditionsProps;

  /**
   * Name of the role that AWS Backup assumes in each member account, with its path.
   *
   * @default - the `roleName` of the policy
   */
  readonly roleName?: string;
}

/**
 * Resources that a plan of an organization backs up because of their type.
 */
export interface OrganizationResourceSelectionProps {
  /**
   * Name of the selection, 1 to 50 letters, digits, dots, `-` and `_`; in lower case in the member account.
   */
  readonly selectionName: string;

  /**
   * Types of resources, each by an ARN of `OrganizationBackupPolicies.resourceTypes`, e.g. `arn:aws:dynamodb:*:*:table/*`,
   * or `*`.
   */
  readonly resourceTypes: string[];

  /**
   * Types of resources that are left out, by their ARN.
   *
   * @default - none
   */
  readonly notResourceTypes?: string[];

  /**
   * Conditions that every resource must meet, at most 30.
   *
   * @default - none
   */
  readonly conditions?: SelectionConditionsProps;

  /**
   * Name of the role that AWS Backup assumes in each member account, with its path.
   *
   * @default - the `roleName` of the policy
   */
  readonly roleName?: string;
}

/**
 * A plan of an organization: that of one account, with Regions and selections that hold for all accounts.
 *
 * Of the vaults of the rules the names count: every member account must have one of the name in each Region. A copy goes to
 * the ARN of its vault, e.g. that of `OrganizationVault.ofMemberAccountIn`. A `provider` has no part in it, which a warning says.
 */
export interface OrganizationPlanProps extends PlanProps {
  /**
   * Regions in which the plan is made.
   */
  readonly regions: string[];

  /**
   * Selections by tags.
   *
   * @default - none: `resourceSelections` must be given
   */
  readonly tagSelections?: OrganizationTagSelectionProps[];

  /**
   * Selections by types of resources.
   *
   * @default - none: `tagSelections` must be given
   */
  readonly resourceSelections?: OrganizationResourceSelectionProps[];

  /**
   * What policies further down may do to elements of the plan.
   *
   * @default - everything
   */
  readonly childControls?: OrganizationChildControl[];
}
