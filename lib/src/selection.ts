import {
  BackupSelection,
  BackupSelectionRules,
  Estate,
  Finding,
  ManagedPolicies,
  StatefulResource,
  Waiver,
} from '@holdfast/model';
import * as backup from 'aws-cdk-lib/aws-backup';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { findingsSince, tryFindPlan } from './private/declarations';
import { DeclaredSelection, declaredSelection, resourcesOf, servicesOf } from './private/declare-selection';
import { annotateTemplate, refuse } from './private/refuse';
import { renderSelection } from './private/render-selection';
import { LATER, SYNTH } from './private/token-values';
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

/** The service that a role of ours trusts. */
const AWS_BACKUP = 'backup.amazonaws.com';

/**
 * Which resources a plan backs up, and the role that does it.
 *
 * A construct in which AWS Backup can back nothing up is refused, rather than passed over in silence.
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

  /**
   * @param scope parent
   * @param id construct id
   * @param props properties
   * @throws ValidationError when AWS Backup would refuse what is declared, or fail on it, with every finding at once
   */
  constructor(scope: Construct, id: string, props: SelectionProps) {
    super(scope, id);
    const declared = declaredSelection(this, props);
    const selection = { ...declared.selection, iamRoleArn: props.role?.roleArn ?? LATER };
    refuse(this, [...declared.findings, ...check(this, props, declared, selection)], waiversOf(props));

    this.role = props.role ?? this.ownRole(props.selectionName, servicesOf(declared));
    const resource = new backup.CfnBackupSelection(
      this,
      'Resource',
      renderSelection(props.plan, { ...selection, iamRoleArn: this.role.roleArn }),
    );
    annotateTemplate(resource, props.waivers);
    this.selectionId = resource.attrSelectionId;
    remember(props.plan, selection, declared);
    this.node.addValidation({ validate: () => addedSince(props, declared) });
  }

  private ownRole(selectionName: string, services: string[]): iam.Role {
    return new iam.Role(this, 'Role', {
      description: `AWS Backup assumes it for the selection ${selectionName}`,
      assumedBy: new iam.ServicePrincipal(AWS_BACKUP, {
        conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } },
      }),
      managedPolicies: ManagedPolicies.forBackup(services).map(managedPolicy),
    });
  }
}

/** By name, so that the ARN gets the partition of the stack. */
function managedPolicy(arn: string): iam.IManagedPolicy {
  return iam.ManagedPolicy.fromAwsManagedPolicyName(arn.slice(arn.indexOf('/') + 1));
}

function waiversOf(props: SelectionProps): Waiver[] {
  return [...(props.waivers ?? []), ...(tryFindPlan(props.plan)?.waivers ?? [])];
}

/** What the rules find in the selection, and in the plan now that it is known what it backs up. */
function check(
  scope: Construct,
  props: SelectionProps,
  declared: DeclaredSelection,
  selection: BackupSelection,
): Finding[] {
  const plan = tryFindPlan(props.plan);
  if (plan === undefined) {
    return BackupSelectionRules.check(selection, '', SYNTH);
  }
  const estate = (selections: BackupSelection[], resources: StatefulResource[]): Estate => ({
    vaults: plan.vaults,
    plans: [{ ...plan.plan, selections }],
    resources,
  });
  return findingsSince(
    estate(plan.selections, plan.resources),
    estate([...plan.selections, selection], [...plan.resources, ...declared.resources]),
    scope.node.path,
  );
}

function remember(plan: backup.IBackupPlan, selection: BackupSelection, declared: DeclaredSelection): void {
  const known = tryFindPlan(plan);
  known?.selections.push(selection);
  known?.resources.push(...declared.resources);
}

/** Resources that came into a selected construct after it was looked through, each as a message. */
function addedSince(props: SelectionProps, declared: DeclaredSelection): string[] {
  const selected = new Set(declared.resources.map(({ declaredAt }) => declaredAt));
  return (props.resources ?? [])
    .flatMap(resourcesOf)
    .filter(({ declaredAt }) => !selected.has(declaredAt))
    .map(
      ({ declaredAt }) => `must be made after all that it selects, got ${declaredAt} later: move the selection down`,
    );
}
