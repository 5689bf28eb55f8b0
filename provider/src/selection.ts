import { BackupSelection } from '@cdktf/provider-aws/lib/backup-selection';
import { IamRole } from '@cdktf/provider-aws/lib/iam-role';
import { Waiver } from '@holdfast/model';
import { TerraformProvider } from 'cdktf';
import { Construct } from 'constructs';
import { Plan } from './plan';
import { SelectionResource } from './selection-resource';

/**
 * Conditions on the tags of a resource, all of which it must meet.
 */
export interface SelectionConditionsProps {
  /**
   * Tag key to value: the tag is there and equal.
   *
   * @default - none
   */
  readonly stringEquals?: { [tagKey: string]: string };

  /**
   * Tag key to value: the tag is absent or differs.
   *
   * @default - none
   */
  readonly stringNotEquals?: { [tagKey: string]: string };

  /**
   * Tag key to pattern, stars allowed: the tag is there and matches.
   *
   * @default - none
   */
  readonly stringLike?: { [tagKey: string]: string };

  /**
   * Tag key to pattern, stars allowed: the tag is absent or does not match.
   *
   * @default - none
   */
  readonly stringNotLike?: { [tagKey: string]: string };
}

/**
 * What a selection holds.
 */
export interface SelectionOptions {
  /**
   * Name of the selection, 1 to 50 letters, digits, `-`, `_` and `.`.
   */
  readonly selectionName: string;

  /**
   * Resources that are selected.
   *
   * @default - none
   */
  readonly resources?: SelectionResource[];

  /**
   * Resources that are left out.
   *
   * @default - none
   */
  readonly notResources?: SelectionResource[];

  /**
   * Tag key to value: a resource with any of the tags is selected too, beside those of `resources`.
   *
   * @default - none
   */
  readonly tags?: { [tagKey: string]: string };

  /**
   * Conditions that every selected resource must meet.
   *
   * @default - none
   */
  readonly conditions?: SelectionConditionsProps;

  /**
   * ARN of the role that AWS Backup assumes.
   *
   * @default - a role of its own with AWS's managed policies for the services selected
   */
  readonly roleArn?: string;

  /**
   * Findings that the author accepts.
   *
   * @default - none
   */
  readonly waivers?: Waiver[];

  /**
   * The provider that makes the resources.
   *
   * @default - the stack's AWS provider without an alias
   */
  readonly provider?: TerraformProvider;
}

/**
 * Properties of a selection.
 */
export interface SelectionProps extends SelectionOptions {
  /**
   * The plan that backs the resources up.
   */
  readonly plan: Plan;
}

/**
 * Which resources a plan backs up.
 */
export class Selection extends Construct {
  /**
   * The selection.
   */
  public readonly backupSelection: BackupSelection;

  /**
   * The role made for the selection; none when `roleArn` was given.
   */
  public readonly role?: IamRole;

  /**
   * ARN of the role that AWS Backup assumes.
   */
  public readonly roleArn: string;

  constructor(scope: Construct, id: string, props: SelectionProps) {
    super(scope, id);
    this.roleArn = props.roleArn ?? '';
    this.backupSelection = new BackupSelection(this, 'Resource', {
      name: props.selectionName,
      planId: props.plan.backupPlanId,
      iamRoleArn: this.roleArn,
    });
  }
}
