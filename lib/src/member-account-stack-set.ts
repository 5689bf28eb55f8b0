import { OrganizationProvision, OrganizationStackSetRules, Waiver } from '@holdfast/model';
import { CfnStackSet } from 'aws-cdk-lib/core';
import { propertyInjectable } from 'aws-cdk-lib/core/lib/prop-injectable';
import { Construct } from 'constructs';
import { MemberAccountProps } from './member-account';
import { memberTemplate, ROLES_REGION } from './private/member-template';
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
   * What each account gets. `rolesRegion` is the first of the Regions, unless you say another of them.
   */
  readonly memberAccount: MemberAccountProps;

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
}

/**
 * Puts a `MemberAccount` into every account of organizational units, and into accounts that join them later.
 *
 * The template stands in the stack set itself: nothing has to be uploaded, no account has to be bootstrapped. CloudFormation
 * leaves the management account out: put a `MemberAccount` into a stack of its own there.
 */
@propertyInjectable
export class MemberAccountStackSet extends Construct {
  /**
   * Under this id `PropertyInjectors.of(scope)` takes what injects properties.
   */
  public static readonly PROPERTY_INJECTION_ID: string = '@holdfast/cdk.MemberAccountStackSet';

  /**
   * Id of the stack set.
   */
  public readonly stackSetId: string;

  /**
   * The template that each account gets, as JSON text.
   */
  public readonly templateBody: string;

  /**
   * What policies can count on, for `OrganizationBackupPolicyProps.provided`.
   */
  public readonly provision: OrganizationProvision;

  /**
   * @param scope parent
   * @param id construct id
   * @param props properties
   * @throws ValidationError when AWS would refuse what is declared, with every finding at once
   */
  constructor(scope: Construct, id: string, props: MemberAccountStackSetProps) {
    super(scope, id);
    const { template, provision } = memberTemplate(this, props.memberAccount);
    this.provision = provision;
    this.templateBody = JSON.stringify(template);
    const { targetIds, regions, waivers } = props;
    const rolesRegion = props.memberAccount.rolesRegion ?? regions[0];
    const declared = { targetIds, regions, rolesRegion, templateBody: this.templateBody };
    refuse(this, OrganizationStackSetRules.check(declared, '', SYNTH), waivers);

    const resource = new CfnStackSet(this, 'Resource', {
      stackSetName: props.stackSetName,
      description: props.description ?? 'Vaults and roles that backup policies of the organization need',
      permissionModel: 'SERVICE_MANAGED',
      callAs: (props.delegatedAdministrator ?? false) ? 'DELEGATED_ADMIN' : 'SELF',
      capabilities: ['CAPABILITY_NAMED_IAM'],
      autoDeployment: autoDeployment(props),
      managedExecution: { Active: true },
      operationPreferences: {
        regionConcurrencyType: 'PARALLEL',
        maxConcurrentPercentage: 100,
        failureTolerancePercentage: props.failureTolerancePercentage ?? 0,
      },
      parameters: [{ parameterKey: ROLES_REGION, parameterValue: rolesRegion as string }],
      stackInstancesGroup: [{ deploymentTargets: { organizationalUnitIds: targetIds }, regions }],
      templateBody: this.templateBody,
      tags: Object.entries(props.tags ?? {}).map(([key, value]) => ({ key, value })),
    });
    annotateTemplate(resource, waivers);
    this.stackSetId = resource.attrStackSetId;
  }
}

function autoDeployment(props: MemberAccountStackSetProps): CfnStackSet.AutoDeploymentProperty {
  const enabled = props.autoDeployment ?? true;
  return enabled ? { enabled, retainStacksOnAccountRemoval: props.retainStacksOnAccountRemoval ?? true } : { enabled };
}
