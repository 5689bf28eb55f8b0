import { BackupSelection } from '@cdktf/provider-aws/lib/backup-selection';
import { IamRole } from '@cdktf/provider-aws/lib/iam-role';
import {
  BackupSelectionRules,
  BackupSelection as DeclaredBackupSelection,
  Estate,
  Finding,
  ManagedPolicies,
  StatefulResource,
  Waiver,
} from '@holdfast/model';
import { TerraformProvider } from 'cdktf';
import { Construct } from 'constructs';
import { IPlan } from './plan';
import { PlanDeclaration, estateOf, findingsOfSelection, tryFindPlan } from './private/declarations';
import { DeclaredSelection, declaredSelection } from './private/declare-selection';
import { partitionOf } from './private/place';
import { annotateTemplate, refuse } from './private/refuse';
import { renderSelection } from './private/render-selection';
import { policiesOfRole } from './private/role-policies';
import { backupServiceRole } from './private/service-role';
import { LATER, SYNTH } from './private/token-values';
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
   * @default - a role of its own with AWS's managed policies for the services selected, which AWS Backup alone can assume:
   * only for the account of the provider where its `allowedAccountIds` name exactly one; else the role has no such condition
   */
  readonly roleArn?: string;

  /**
   * Findings that are accepted, each with the reason.
   *
   * @default - none
   */
  readonly waivers?: Waiver[];

  /**
   * The provider that makes the resources.
   *
   * @default - the plan's
   */
  readonly provider?: TerraformProvider;
}

/**
 * Properties of a `Selection`.
 */
export interface SelectionProps extends SelectionOptions {
  /**
   * The plan that backs the resources up.
   */
  readonly plan: IPlan;
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

  /**
   * @param scope parent
   * @param id construct id
   * @param props properties
   * @throws ValidationError when AWS Backup would refuse what is declared, or fail on it, with every finding at once
   */
  constructor(scope: Construct, id: string, props: SelectionProps) {
    super(scope, id);
    const plan = tryFindPlan(props.plan);
    const declared = declaredSelection(this, props);
    const selection = { ...declared.selection, iamRoleArn: props.roleArn ?? LATER };
    const waivers = [...(props.waivers ?? []), ...(plan?.waivers ?? [])];
    refuse(this, [...declared.findings, ...check(this, plan, declared, selection)], waivers);

    const provider = props.provider ?? plan?.provider;
    const policies = props.roleArn === undefined ? [] : policiesOfRole(this, props.roleArn);
    if (props.roleArn === undefined) {
      const made = backupServiceRole(this, 'Role', {
        description: `AWS Backup assumes it for the selection ${props.selectionName}`,
        managedPolicyArns: ManagedPolicies.forBackup(declared.services, partitionOf(this, provider)),
        provider,
      });
      this.role = made.role;
      policies.push(...made.policies);
    }
    this.roleArn = props.roleArn ?? this.role!.arn;
    this.backupSelection = new BackupSelection(this, 'Resource', {
      ...renderSelection(props.plan, { ...selection, iamRoleArn: this.roleArn }),
      // AWS Backup looks resources up by the role as soon as the selection is made.
      dependsOn: policies.length === 0 ? undefined : policies,
      provider,
    });
    annotateTemplate(this.backupSelection, props.waivers);
    plan?.selections.push(selection);
    plan?.resources.push(...unknownTo(plan, declared.resources));
  }
}

/** What the rules find in the selection, and in the plan now that it is known what it backs up. */
function check(
  scope: Construct,
  plan: PlanDeclaration | undefined,
  declared: DeclaredSelection,
  selection: DeclaredBackupSelection,
): Finding[] {
  if (plan === undefined) {
    return BackupSelectionRules.check(selection, '', SYNTH);
  }
  const estate: Estate = {
    ...estateOf(plan.vaults),
    plans: [{ ...plan.plan, selections: [...plan.selections, selection] }],
    resources: [...plan.resources, ...unknownTo(plan, declared.resources)],
  };
  return findingsOfSelection(estate, plan.said, scope.node.path);
}

/** A resource that several selections of a plan name is one resource. */
function unknownTo(plan: PlanDeclaration, resources: StatefulResource[]): StatefulResource[] {
  const known = new Set(plan.resources.map(({ arn }) => arn));
  return resources.filter(({ arn }) => !known.has(arn));
}
