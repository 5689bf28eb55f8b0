import { CloudformationStackSet } from '@cdktf/provider-aws/lib/cloudformation-stack-set';
import { CloudformationStackSetInstance } from '@cdktf/provider-aws/lib/cloudformation-stack-set-instance';
import { OrganizationProvision, OrganizationStackSetRules, Waiver } from '@holdfast/model';
import { TerraformProvider } from 'cdktf';
import { Construct } from 'constructs';
import { checkListKnown } from './private/known-list';
import { tryReadProvision } from './private/member-template';
import { annotateTemplate, refuse } from './private/refuse';
import { SYNTH } from './private/token-values';

/**
 * Properties of a `MemberAccountStackSet`.
 */
export interface MemberAccountStackSetProps {
  /**
   * Name of the stack set, 1 to 128 letters, digits and `-`.
   */
  readonly stackSetName: string;

  /**
   * The template that each account gets, as JSON text: `templateBody` of the construct of this name in `@holdfast/cdk`.
   */
  readonly templateBody: string;

  /**
   * The Region in which the template makes its roles, which are global.
   *
   * @default - the first of the Regions
   */
  readonly rolesRegion?: string;

  /**
   * Ids of the root or of organizational units whose accounts get the stack.
   */
  readonly targetIds: string[];

  /**
   * Regions in which each account gets the stack.
   */
  readonly regions: string[];

  /**
   * What the stack set is for.
   *
   * @default - that it holds what backup policies need
   */
  readonly description?: string;

  /**
   * Whether accounts that join one of the units get the stack by themselves.
   *
   * @default true
   */
  readonly autoDeployment?: boolean;

  /**
   * Whether an account that leaves keeps the stack, and with it the roles that its recovery points need.
   *
   * @default true
   */
  readonly retainStacksOnAccountRemoval?: boolean;

  /**
   * Whether accounts keep the stack when Terraform destroys an instance of the stack set. It has to be applied before that.
   *
   * @default false
   */
  readonly retainStacks?: boolean;

  /**
   * Whether the stack set is made by a delegated administrator of CloudFormation, rather than the management account.
   *
   * @default false
   */
  readonly delegatedAdministrator?: boolean;

  /**
   * Share of the accounts of a Region that may fail before CloudFormation stops, in percent.
   *
   * @default 0
   */
  readonly failureTolerancePercentage?: number;

  /**
   * Tags of the stack set and of all that its stacks make.
   *
   * @default - none
   */
  readonly tags?: { [key: string]: string };

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
   * @default - the stack's AWS provider without an alias
   */
  readonly provider?: TerraformProvider;
}

/** Parameter of the template: the Region in which the roles are made. */
const ROLES_REGION = 'RolesRegion';

/**
 * Puts the member part of `@holdfast/cdk` into every account of organizational units, and into accounts that join them later.
 *
 * What CloudFormation carries into accounts is a template, which Terraform does not write: synthesize it once with
 * `@holdfast/cdk`, and give its text. CloudFormation leaves the management account out: put a `MemberAccount` there.
 */
export class MemberAccountStackSet extends Construct {
  /**
   * The stack set.
   */
  public readonly stackSet: CloudformationStackSet;

  /**
   * Its instances: one for each target and Region, one after the other.
   */
  public readonly instances: CloudformationStackSetInstance[] = [];

  /**
   * Id of the stack set.
   */
  public readonly stackSetId: string;

  /**
   * What policies can count on, for `OrganizationBackupPolicyProps.provided`; undefined where the template is not known.
   */
  public readonly provision?: OrganizationProvision;

  /**
   * @param scope parent
   * @param id construct id
   * @param props properties
   * @throws ValidationError when AWS would refuse what is declared, with every finding at once
   */
  constructor(scope: Construct, id: string, props: MemberAccountStackSetProps) {
    super(scope, id);
    const { targetIds, regions, templateBody, waivers, provider } = props;
    const rolesRegion = props.rolesRegion ?? regions[0];
    const findings = [
      ...checkListKnown(targetIds, 'targetIds'),
      ...checkListKnown(regions, 'regions'),
      ...OrganizationStackSetRules.check({ targetIds, regions, rolesRegion, templateBody }, '', SYNTH),
    ];
    refuse(this, findings, waivers);

    this.provision = tryReadProvision(templateBody);
    const callAs = (props.delegatedAdministrator ?? false) ? 'DELEGATED_ADMIN' : 'SELF';
    const operationPreferences = {
      regionConcurrencyType: 'PARALLEL',
      maxConcurrentPercentage: 100,
      failureTolerancePercentage: props.failureTolerancePercentage ?? 0,
    };
    this.stackSet = new CloudformationStackSet(this, 'Resource', {
      name: props.stackSetName,
      description: props.description ?? 'Vaults and roles that backup policies of the organization need',
      permissionModel: 'SERVICE_MANAGED',
      callAs,
      capabilities: ['CAPABILITY_NAMED_IAM'],
      autoDeployment: autoDeployment(props),
      managedExecution: { active: true },
      operationPreferences,
      parameters: { [ROLES_REGION]: rolesRegion as string },
      templateBody: literal(templateBody),
      tags: props.tags,
      provider,
      // CloudFormation tells a role of its own, which must not be given with this model of permissions.
      lifecycle: { ignoreChanges: ['administration_role_arn'] },
    });
    annotateTemplate(this.stackSet, waivers);
    this.stackSetId = this.stackSet.stackSetId;
    for (const [index, targetId] of targetIds.entries()) {
      for (const [place, region] of regions.entries()) {
        const names = [nameOf(targetId, 'target', index), nameOf(region, 'region', place)];
        const before = this.instances.slice(-1);
        const instance = new CloudformationStackSetInstance(this, `Instance-${names.join('-')}`, {
          stackSetName: this.stackSet.name,
          callAs,
          deploymentTargets: { organizationalUnitIds: [targetId] },
          operationPreferences,
          region,
          retainStack: props.retainStacks ?? false,
          provider,
          dependsOn: before.length === 0 ? undefined : before,
        });
        this.instances.push(instance);
      }
    }
  }
}

function autoDeployment(props: MemberAccountStackSetProps): {
  enabled: boolean;
  retainStacksOnAccountRemoval?: boolean;
} {
  const enabled = props.autoDeployment ?? true;
  return enabled ? { enabled, retainStacksOnAccountRemoval: props.retainStacksOnAccountRemoval ?? true } : { enabled };
}

/** A template that is spelled out has no expressions of Terraform in it, whatever CloudFormation reads in `${…}`. */
function literal(templateBody: string): string {
  return tryReadProvision(templateBody) === undefined ? templateBody : templateBody.replace(/([$%])\{/g, '$1$1{');
}

/** What is known gives the instance its id, so that one more or less leaves the others alone. */
function nameOf(value: string, kind: string, index: number): string {
  return SYNTH.known(value) ? value : `${kind}-${index}`;
}
