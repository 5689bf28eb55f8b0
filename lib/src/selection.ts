import { BackupSelection, Finding, ManagedPolicies, SelectionParts, Waiver } from '@holdfast/model';
import * as backup from 'aws-cdk-lib/aws-backup';
import * as iam from 'aws-cdk-lib/aws-iam';
import { propertyInjectable } from 'aws-cdk-lib/core/lib/prop-injectable';
import { Construct } from 'constructs';
import { extendPlan, PlanDeclaration, tryFindPlan } from './private/declarations';
import { DeclaredSelection, declaredSelection, resourcesOf, servicesOf } from './private/declare-selection';
import { judgeParts } from './private/judge-parts';
import { annotateTemplate, refuse } from './private/refuse';
import { renderSelection } from './private/render-selection';
import { backupServiceRole } from './private/service-role';
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
 * What can be said of a selection beside its name and what it selects.
 */
export interface CommonSelectionOptions {
  /**
   * Resources to leave out, whatever else selects them.
   *
   * @default - none
   */
  readonly notResources?: SelectionResource[];

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
   * The most that the selection's own role may ever be allowed.
   *
   * @default - no boundary
   */
  readonly permissionsBoundary?: iam.IManagedPolicy;

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
 * What a selection selects.
 */
export interface SelectionOptions extends CommonSelectionOptions {
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
   * Tags; a resource that has any of them is selected, beside `resources` (OR, not AND: to narrow, use `conditions`).
   *
   * @default - none: `resources` must be given
   */
  readonly tags?: { [key: string]: string };
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

/**
 * Which resources a plan backs up, and the role that does it.
 *
 * A construct in which AWS Backup can back nothing up is refused, rather than passed over in silence.
 */
@propertyInjectable
export class Selection extends Construct {
  /**
   * Under this id `PropertyInjectors.of(scope)` takes what injects properties.
   */
  public static readonly PROPERTY_INJECTION_ID: string = '@holdfast/cdk.Selection';

  /**
   * Id of the selection; of the first, where AWS Backup has several.
   */
  public readonly selectionId: string;

  /**
   * Ids of all selections that AWS Backup has for this one.
   */
  public readonly selectionIds: string[];

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
    const parts = SelectionParts.split(selection, SYNTH);
    const plan = tryFindPlan(props.plan);
    const { all, news } = judgeParts({ scope: this, plan, declared, selection, parts });
    refuse(this, [...declared.findings, ...withoutConsequences(news, declared)], waiversOf(props, plan));

    this.role = props.role ?? this.ownRole(props, servicesOf(declared), plan);
    const resources = parts.map((part, index) => this.render(props, part, index));
    this.selectionIds = resources.map((resource) => resource.attrSelectionId);
    this.selectionId = resources[0]!.attrSelectionId;
    if (plan !== undefined) {
      extendPlan(plan, parts, declared.resources, all);
    }
    const seen = new Set(pathsOf(props));
    this.node.addValidation({ validate: () => addedSince(props, seen) });
  }

  private render(props: SelectionProps, part: BackupSelection, index: number): backup.CfnBackupSelection {
    const resource = new backup.CfnBackupSelection(
      this,
      index === 0 ? 'Resource' : `Resource${index + 1}`,
      renderSelection(props.plan, { ...part, iamRoleArn: this.role.roleArn }),
    );
    annotateTemplate(resource, props.waivers);
    return resource;
  }

  private ownRole(props: SelectionProps, services: string[], plan: PlanDeclaration | undefined): iam.Role {
    return backupServiceRole(this, 'Role', {
      description: `AWS Backup assumes it for the selection ${props.selectionName}`,
      managedPolicyArns:
        plan === undefined
          ? ManagedPolicies.forBackup(services)
          : ManagedPolicies.forSelection(plan.plan, services, SYNTH),
      permissionsBoundary: props.permissionsBoundary,
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
