import { BackupRestoreTestingSelection } from '@cdktf/provider-aws/lib/backup-restore-testing-selection';
import { IamRole } from '@cdktf/provider-aws/lib/iam-role';
import { Finding, ManagedPolicies, RestoreTestingSelection as Declared, Waiver } from '@holdfast/model';
import { ITerraformDependable, TerraformProvider } from 'cdktf';
import { Construct } from 'constructs';
import { declaredReach, judgeAlone, judgeChange, tryFindTestingPlan } from './private/declare-restore-testing';
import { partitionOf } from './private/place';
import { annotateTemplate, refuse } from './private/refuse';
import { policiesOfRole } from './private/role-policies';
import { attachPolicy, backupServiceRole } from './private/service-role';
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
   * Hours that what was restored stays for validation, up to 168. It goes earlier when a result is put.
   *
   * @default 0
   */
  readonly validationWindowHours?: number;

  /**
   * ARN of the role that AWS Backup assumes; used as it is, no policy is added.
   *
   * @default - a role of its own that AWS Backup alone can assume, with the managed policies for restores
   */
  readonly roleArn?: string;

  /**
   * ARNs of roles that a role of its own may pass to what it restores, e.g. that of the instance profile of EC2 instances.
   *
   * @default - none
   */
  readonly passedRoleArns?: string[];

  /**
   * Findings that are accepted, each with the reason.
   *
   * `expires` is held against the context key `holdfast:today`; without it no waiver has expired.
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
 * Properties of a `RestoreTestingSelection`.
 */
export interface RestoreTestingSelectionProps extends RestoreTestingSelectionOptions {
  /**
   * The plan that tests the resources.
   */
  readonly restoreTestingPlan: IRestoreTestingPlan;
}

/** What follows from resources that are nothing to test, and is not said beside it. */
const CONSEQUENCES = ['restore-testing-selection-empty', 'restore-testing-selection-resource-type'];

/**
 * Which resources of one type a restore testing plan tests, and the role that restores them.
 */
export class RestoreTestingSelection extends Construct {
  /**
   * The selection.
   */
  public readonly testingSelection: BackupRestoreTestingSelection;

  /**
   * Name of the selection.
   */
  public readonly restoreTestingSelectionName: string;

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
  constructor(scope: Construct, id: string, props: RestoreTestingSelectionProps) {
    super(scope, id);
    const { reach, findings } = declaredReach(props.resources);
    const selection: Declared = {
      ...reach,
      restoreTestingSelectionName: props.restoreTestingSelectionName,
      iamRoleArn: props.roleArn ?? LATER,
      restoreMetadataOverrides: props.restoreMetadataOverrides,
      validationWindowHours: props.validationWindowHours,
      declaredAt: this.node.path,
    };
    const plan = props.restoreTestingPlan;
    const found = judgement(this, plan, selection);
    refuse(this, [...findings, ...withoutConsequences(found, findings)], props.waivers);

    const provider = props.provider ?? tryFindTestingPlan(plan)?.provider;
    const policies = props.roleArn === undefined ? [] : policiesOfRole(this, props.roleArn);
    if (props.roleArn === undefined) {
      this.role = this.ownRole(selection, props.passedRoleArns, policies, provider);
    }
    this.roleArn = props.roleArn ?? this.role!.arn;
    this.restoreTestingSelectionName = props.restoreTestingSelectionName;
    this.testingSelection = new BackupRestoreTestingSelection(this, 'Resource', {
      ...render(plan, { ...selection, iamRoleArn: this.roleArn }),
      dependsOn: policies.length === 0 ? undefined : policies,
      provider,
    });
    annotateTemplate(this.testingSelection, props.waivers);
  }

  private ownRole(
    selection: Declared,
    passedRoleArns: string[] = [],
    policies: ITerraformDependable[],
    provider?: TerraformProvider,
  ): IamRole {
    const type = selection.protectedResourceType;
    const made = backupServiceRole(this, 'Role', {
      description: `AWS Backup assumes it to test restores for the selection ${selection.restoreTestingSelectionName}`,
      managedPolicyArns: ManagedPolicies.forRestore(type === 'S3' ? ['s3'] : [], partitionOf(this, provider)),
      provider,
    });
    policies.push(...made.policies);
    if (passedRoleArns.length > 0) {
      const pass = { Action: ['iam:PassRole'], Resource: passedRoleArns };
      policies.push(attachPolicy(this, 'Policy', made.role.name, [pass], { provider }));
    }
    return made.role;
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

/** Arguments of the resource; all that can be said, as the AWS provider keeps the value that AWS Backup had for what is left out. */
function render(plan: IRestoreTestingPlan, selection: Declared) {
  const { protectedResourceConditions: conditions } = selection;
  return {
    name: selection.restoreTestingSelectionName,
    restoreTestingPlanName: plan.restoreTestingPlanName,
    protectedResourceType: selection.protectedResourceType,
    // The AWS provider takes either; that of all resources goes without saying where there are conditions.
    protectedResourceArns: conditions === undefined ? selection.protectedResourceArns : undefined,
    protectedResourceConditions: conditions && [
      { stringEquals: conditions.stringEquals ?? [], stringNotEquals: conditions.stringNotEquals ?? [] },
    ],
    iamRoleArn: selection.iamRoleArn,
    restoreMetadataOverrides: selection.restoreMetadataOverrides ?? {},
    // The AWS provider takes no 0; a window that is taken away later stays what it was.
    validationWindowHours: selection.validationWindowHours,
  };
}
