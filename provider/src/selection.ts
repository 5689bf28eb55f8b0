import { BackupSelection } from '@cdktf/provider-aws/lib/backup-selection';
import { IamRole } from '@cdktf/provider-aws/lib/iam-role';
import {
  BackupSelection as DeclaredBackupSelection,
  Finding,
  ManagedPolicies,
  SelectionParts,
  Waiver,
} from '@holdfast/model';
import { ITerraformDependable, TerraformProvider } from 'cdktf';
import { Construct } from 'constructs';
import { IPlan } from './plan';
import { extendPlan, PlanDeclaration, tryFindPlan } from './private/declarations';
import { DeclaredSelection, declaredSelection, resourcesOf } from './private/declare-selection';
import { judgeParts } from './private/judge-parts';
import { partitionOf } from './private/place';
import { annotateTemplate, refuse } from './private/refuse';
import { renderSelection } from './private/render-selection';
import { policiesOfRole } from './private/role-policies';
import { backupServiceRole, ServiceRole } from './private/service-role';
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
   * ARN of the policy with the most that the selection's own role may ever be allowed.
   *
   * @default - no boundary
   */
  readonly permissionsBoundaryArn?: string;

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

/** The rule that an empty selection breaks. */
const EMPTY = 'selection-empty';

/**
 * Which resources a plan backs up, and the role that does it.
 *
 * A construct in which AWS Backup can back nothing up is refused, rather than passed over in silence.
 */
export class Selection extends Construct {
  /**
   * The selection; the first, where AWS Backup has several.
   */
  public readonly backupSelection: BackupSelection;

  /**
   * All selections that AWS Backup has for this one.
   */
  public readonly backupSelections: BackupSelection[];

  /**
   * Id of the selection; of the first, where AWS Backup has several.
   */
  public readonly selectionId: string;

  /**
   * Ids of all selections that AWS Backup has for this one.
   */
  public readonly selectionIds: string[];

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
    const provider = props.provider ?? plan?.provider;
    const declared = declaredSelection(this, props, provider);
    const selection = { ...declared.selection, iamRoleArn: props.roleArn ?? LATER };
    const parts = SelectionParts.split(selection, SYNTH);
    const news = judgeParts({ scope: this, plan, declared, selection, parts });
    refuse(this, [...declared.findings, ...withoutConsequences(news, declared)], waiversOf(props, plan));

    const made = props.roleArn === undefined ? this.ownRole(props, declared.services, plan) : undefined;
    this.role = made?.role;
    this.roleArn = props.roleArn ?? made!.role.arn;
    const policies = made?.policies ?? policiesOfRole(this, this.roleArn);
    this.backupSelections = parts.map((part, index) => this.render(props, part, index, policies));
    this.backupSelection = this.backupSelections[0]!;
    this.selectionIds = this.backupSelections.map((resource) => resource.id);
    this.selectionId = this.selectionIds[0]!;
    extendPlan(plan, parts, declared.resources);
    const seen = new Set(pathsOf(props));
    this.node.addValidation({ validate: () => addedSince(props, seen) });
  }

  private render(
    props: SelectionProps,
    part: DeclaredBackupSelection,
    index: number,
    policies: ITerraformDependable[],
  ): BackupSelection {
    const resource = new BackupSelection(this, index === 0 ? 'Resource' : `Resource${index + 1}`, {
      ...renderSelection(props.plan, { ...part, iamRoleArn: this.roleArn }),
      // AWS Backup looks resources up by the role as soon as the selection is made.
      dependsOn: policies.length === 0 ? undefined : policies,
      provider: props.provider ?? tryFindPlan(props.plan)?.provider,
    });
    annotateTemplate(resource, props.waivers);
    return resource;
  }

  private ownRole(props: SelectionProps, services: string[], plan: PlanDeclaration | undefined): ServiceRole {
    const provider = props.provider ?? plan?.provider;
    const partition = partitionOf(this, provider);
    return backupServiceRole(this, 'Role', {
      description: `AWS Backup assumes it for the selection ${props.selectionName}`,
      managedPolicyArns:
        plan === undefined
          ? ManagedPolicies.forBackup(services, partition)
          : ManagedPolicies.forSelection(plan.plan, services, SYNTH, partition),
      permissionsBoundaryArn: props.permissionsBoundaryArn,
      provider,
    });
  }
}

/** Those of the plan count here, too: what it asks for is held against what is selected only now. */
function waiversOf(props: SelectionProps, plan: PlanDeclaration | undefined): Waiver[] {
  const ofPlan = plan?.waivers.map((waiver) => ({ ...waiver, path: `${plan.plan.declaredAt}.${waiver.path}` }));
  return [...(props.waivers ?? []), ...(ofPlan ?? [])];
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
