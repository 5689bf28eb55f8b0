import { Finding, RestoreTestingSelection as Declared, Waiver } from '@holdfast/model';
import * as backup from 'aws-cdk-lib/aws-backup';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Duration } from 'aws-cdk-lib/core';
import { propertyInjectable } from 'aws-cdk-lib/core/lib/prop-injectable';
import { Construct } from 'constructs';
import { declaredReach, judgeAlone, judgeChange, tryFindTestingPlan } from './private/declare-restore-testing';
import { annotateTemplate, refuse } from './private/refuse';
import { backupServiceRole, restorePolicies } from './private/restore-role';
import { LATER } from './private/token-values';
import { IRestoreTestingPlan } from './restore-testing-plan';
import { RestoreTestingResources } from './restore-testing-resources';

/**
 * What a restore testing plan tests, and how it is restored.
 */
export interface RestoreTestingSelectionOptions {
  /**
   * Name of the selection, 1 to 50 letters, digits and `_`. Cannot be changed later.
   */
  readonly restoreTestingSelectionName: string;

  /**
   * The resources, all of one resource type.
   */
  readonly resources: RestoreTestingResources;

  /**
   * Metadata that replaces what AWS Backup infers for a restore, e.g. `dbSubnetGroupName` for RDS.
   *
   * FSx needs some; `RestoreMetadata` of `@holdfast/model` has the keys of each resource type. Values with a structure are JSON.
   *
   * @default - what AWS Backup infers
   */
  readonly restoreMetadataOverrides?: { [key: string]: string };

  /**
   * Time that what was restored stays for validation, up to 168 hours. It goes earlier when a result is put.
   *
   * @default - none: it goes at once
   */
  readonly validationWindow?: Duration;

  /**
   * Role that AWS Backup assumes; used as it is, no policy is added.
   *
   * @default - a role of its own that AWS Backup alone can assume, with the managed policies for restores
   */
  readonly role?: iam.IRole;

  /**
   * Roles that a role of its own may pass to what it restores, e.g. that of the instance profile of EC2 instances.
   *
   * @default - none
   */
  readonly passedRoles?: iam.IRole[];

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
 * Properties of a `RestoreTestingSelection`.
 */
export interface RestoreTestingSelectionProps extends RestoreTestingSelectionOptions {
  /**
   * The plan that tests the resources.
   */
  readonly restoreTestingPlan: IRestoreTestingPlan;
}

/** What follows from constructs that hold nothing to test, and is not said beside it. */
const CONSEQUENCES = ['restore-testing-selection-empty', 'restore-testing-selection-resource-type'];

/**
 * Which resources of one type a restore testing plan tests, and the role that restores them.
 */
@propertyInjectable
export class RestoreTestingSelection extends Construct {
  /**
   * Under this id `PropertyInjectors.of(scope)` takes what injects properties.
   */
  public static readonly PROPERTY_INJECTION_ID: string = '@holdfast/cdk.RestoreTestingSelection';

  /**
   * Name of the selection.
   */
  public readonly restoreTestingSelectionName: string;

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
  constructor(scope: Construct, id: string, props: RestoreTestingSelectionProps) {
    super(scope, id);
    const { reach, findings } = declaredReach(props.resources);
    const selection: Declared = {
      ...reach,
      restoreTestingSelectionName: props.restoreTestingSelectionName,
      iamRoleArn: props.role?.roleArn ?? LATER,
      restoreMetadataOverrides: props.restoreMetadataOverrides,
      validationWindowHours: props.validationWindow?.toHours({ integral: false }),
      declaredAt: this.node.path,
    };
    const found = judgement(this, props.restoreTestingPlan, selection);
    refuse(this, [...findings, ...withoutConsequences(found, findings)], props.waivers);

    this.role = props.role ?? this.ownRole(selection, props.passedRoles);
    this.restoreTestingSelectionName = props.restoreTestingSelectionName;
    const resource = new backup.CfnRestoreTestingSelection(this, 'Resource', {
      restoreTestingPlanName: props.restoreTestingPlan.restoreTestingPlanName,
      restoreTestingSelectionName: props.restoreTestingSelectionName,
      protectedResourceType: selection.protectedResourceType,
      protectedResourceArns: selection.protectedResourceArns,
      protectedResourceConditions: selection.protectedResourceConditions,
      iamRoleArn: this.role.roleArn,
      restoreMetadataOverrides: props.restoreMetadataOverrides,
      validationWindowHours: selection.validationWindowHours,
    });
    annotateTemplate(resource, props.waivers);
    // It is attached to the role from outside, so that nothing else makes the selection wait for it.
    const policy = this.node.tryFindChild('Role')?.node.tryFindChild('Policy');
    if (policy !== undefined) {
      resource.node.addDependency(policy);
    }
  }

  private ownRole(selection: Declared, passedRoles: iam.IRole[] | undefined): iam.Role {
    return backupServiceRole(this, 'Role', {
      description: `AWS Backup assumes it to test restores for the selection ${selection.restoreTestingSelectionName}`,
      managedPolicyArns: restorePolicies(selection.protectedResourceType),
      passedRoles,
    });
  }
}

function judgement(scope: Construct, plan: IRestoreTestingPlan, selection: Declared): Finding[] {
  const declaration = tryFindTestingPlan(plan);
  if (declaration === undefined) {
    return judgeAlone(selection);
  }
  const selections = [...(declaration.plan.selections ?? []), selection];
  return judgeChange(declaration, { selections }, scope.node.path);
}

function withoutConsequences(found: Finding[], told: Finding[]): Finding[] {
  return told.length === 0 ? found : found.filter(({ rule }) => !CONSEQUENCES.includes(rule));
}
