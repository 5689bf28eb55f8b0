import { BackupSelection, BackupSelectionRules, Estate, Finding, ManagedPolicies, Waiver } from '@holdfast/model';
import * as backup from 'aws-cdk-lib/aws-backup';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { extendPlan, Judgement, judgeSelection, PlanDeclaration, tryFindPlan } from './private/declarations';
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
   * Name of the selection, 1 to 50 letters, digits, dots, `-` and `_`.
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
   * `expires` is held against the context key `holdfast:today`; without it no waiver has expired.
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

/** The rule that an empty selection breaks. */
const EMPTY = 'selection-empty';

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
    const plan = tryFindPlan(props.plan);
    const { all, news } = judgement(this, plan, declared, selection);
    refuse(this, [...declared.findings, ...withoutConsequences(news, declared)], waiversOf(props, plan));

    this.role = props.role ?? this.ownRole(props.selectionName, servicesOf(declared));
    const resource = new backup.CfnBackupSelection(
      this,
      'Resource',
      renderSelection(props.plan, { ...selection, iamRoleArn: this.role.roleArn }),
    );
    annotateTemplate(resource, props.waivers);
    this.selectionId = resource.attrSelectionId;
    if (plan !== undefined) {
      extendPlan(plan, selection, declared.resources, all);
    }
    const seen = new Set(pathsOf(props));
    this.node.addValidation({ validate: () => addedSince(props, seen) });
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

/** Those of the plan count here, too: what it asks for is held against what is selected only now. */
function waiversOf(props: SelectionProps, plan: PlanDeclaration | undefined): Waiver[] {
  const ofPlan = plan?.waivers.map((waiver) => ({ ...waiver, path: `${plan.plan.declaredAt}.${waiver.path}` }));
  return [...(props.waivers ?? []), ...(ofPlan ?? [])];
}

/** What the rules find in the selection, and in the plan now that it is known what it backs up. */
function judgement(
  scope: Construct,
  plan: PlanDeclaration | undefined,
  declared: DeclaredSelection,
  selection: BackupSelection,
): Judgement {
  if (plan === undefined) {
    return { all: [], news: BackupSelectionRules.check(selection, '', SYNTH) };
  }
  const estate: Estate = {
    vaults: plan.vaults,
    plans: [{ ...plan.plan, selections: [...plan.selections, selection] }],
    resources: [...plan.resources, ...declared.resources],
  };
  return judgeSelection(estate, plan.found, scope.node.path);
}

/** A selection that is empty because nothing in its constructs can be backed up is found once. */
function withoutConsequences(news: Finding[], declared: DeclaredSelection): Finding[] {
  return declared.findings.length === 0 ? news : news.filter(({ rule }) => rule !== EMPTY);
}

/** Resources that came into a construct after it was looked through, each as a message. */
function addedSince(props: SelectionProps, seen: ReadonlySet<string>): string[] {
  return pathsOf(props)
    .filter((path) => !seen.has(path))
    .map((path) => `must be made after all that it selects, got ${path} later: move the selection down`);
}

/** Paths of the resources that the constructs of the selection hold now. */
function pathsOf({ resources = [], notResources = [] }: SelectionProps): string[] {
  return [...resources, ...notResources].flatMap(resourcesOf).map(({ name }) => name);
}
