import { Waiver } from '@holdfast/model';
import * as backup from 'aws-cdk-lib/aws-backup';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { SelectionResource } from './selection-resource';

/**
 * Conditions that a resource must all meet: tag key to value.
 */
export interface SelectionConditionsProps {
  /**
   * The tag is there and equal.
   *
   * @default - none
   */
  readonly stringEquals?: { [tagKey: string]: string };

  /**
   * The tag is absent or differs.
   *
   * @default - none
   */
  readonly stringNotEquals?: { [tagKey: string]: string };

  /**
   * The tag is there and matches; stars are wildcards.
   *
   * @default - none
   */
  readonly stringLike?: { [tagKey: string]: string };

  /**
   * The tag is absent or does not match; stars are wildcards.
   *
   * @default - none
   */
  readonly stringNotLike?: { [tagKey: string]: string };
}

/**
 * What a selection selects.
 */
export interface SelectionOptions {
  /**
   * Name of the selection, 1 to 50 letters, digits, `-`, `_` and `.`.
   */
  readonly selectionName: string;

  /**
   * Resources to back up.
   *
   * @default - none: `tags` must be given
   */
  readonly resources?: SelectionResource[];

  /**
   * Resources to leave out, whatever else selects them.
   *
   * @default - none
   */
  readonly notResources?: SelectionResource[];

  /**
   * Tags; a resource that has any of them is selected, beside `resources` (OR, not AND: to narrow, use `conditions`).
   *
   * @default - none: `resources` must be given
   */
  readonly tags?: { [key: string]: string };

  /**
   * Conditions that every selected resource must meet, all of them.
   *
   * @default - none
   */
  readonly conditions?: SelectionConditionsProps;

  /**
   * Role that AWS Backup assumes; used as it is, no policy is added.
   *
   * @default - a role of its own that AWS Backup alone can assume, with the managed policies that the selected services need
   */
  readonly role?: iam.IRole;

  /**
   * Findings that are accepted, each with the reason.
   *
   * @default - none
   */
  readonly waivers?: Waiver[];
}

/**
 * Properties of a `Selection`.
 */
export interface SelectionProps extends SelectionOptions {
  /**
   * The plan that backs the resources up.
   */
  readonly plan: backup.IBackupPlan;
}

/**
 * Which resources a plan backs up.
 */
export class Selection extends Construct {
  /**
   * Id of the selection.
   */
  public readonly selectionId: string;

  /**
   * The role that AWS Backup assumes.
   */
  public readonly role: iam.IRole;

  constructor(scope: Construct, id: string, props: SelectionProps) {
    super(scope, id);
    this.role =
      props.role ?? new iam.Role(this, 'Role', { assumedBy: new iam.ServicePrincipal('backup.amazonaws.com') });
    const resource = new backup.CfnBackupSelection(this, 'Resource', {
      backupPlanId: props.plan.backupPlanId,
      backupSelection: { selectionName: props.selectionName, iamRoleArn: this.role.roleArn },
    });
    this.selectionId = resource.attrSelectionId;
  }
}
