import { OrganizationsPolicy } from '@cdktf/provider-aws/lib/organizations-policy';
import { OrganizationsPolicyAttachment } from '@cdktf/provider-aws/lib/organizations-policy-attachment';
import {
  OrganizationAdjustment,
  OrganizationBackupPolicies,
  OrganizationBackupPolicyRules,
  OrganizationProvision,
  Waiver,
} from '@holdfast/model';
import { TerraformProvider } from 'cdktf';
import { Construct } from 'constructs';
import { OrganizationPlanProps } from './organization-plan';
import { attachPolicy } from './private/attach-policy';
import { declaredPolicy, ofOneAccount } from './private/declare-organization-policy';
import { annotateTemplate, refuse } from './private/refuse';
import { renderPolicy } from './private/render-policy';
import { SYNTH } from './private/token-values';

/**
 * Properties of an `OrganizationBackupPolicy`.
 */
export interface OrganizationBackupPolicyProps {
  /**
   * Name of the policy, 1 to 128 characters.
   */
  readonly policyName: string;

  /**
   * What the policy is for, at most 512 characters.
   *
   * @default - none
   */
  readonly description?: string;

  /**
   * Plans of this policy.
   *
   * @default - none: `adjustments` must be given
   */
  readonly plans?: OrganizationPlanProps[];

  /**
   * What the policy changes in plans that it inherits, and operators other than `@@assign` in its own.
   *
   * @default - none
   */
  readonly adjustments?: OrganizationAdjustment[];

  /**
   * What policies further down may do beside these plans: with `@@append` they may add plans, with `@@none` nothing.
   *
   * @default - everything
   */
  readonly operatorsAllowedForChildPlans?: string[];

  /**
   * Ids of the root, organizational units and accounts to which the policy is attached.
   *
   * @default - none
   */
  readonly targetIds?: string[];

  /**
   * Name of the role that AWS Backup assumes in each member account, with its path.
   *
   * @default MemberAccountDefaults.BACKUP_ROLE_NAME
   */
  readonly roleName?: string;

  /**
   * Name of the role with which the scanner of malware reads recovery points in each member account, with its path.
   *
   * @default MemberAccountDefaults.SCANNER_ROLE_NAME
   */
  readonly scannerRoleName?: string;

  /**
   * What every member account has, e.g. the `provision` of a `MemberAccountStackSet`.
   *
   * @default - unknown, so that a warning names each vault and role that the policy needs
   */
  readonly provided?: OrganizationProvision;

  /**
   * Whether Terraform refuses plans that destroy or replace the policy or detach it.
   *
   * It forgets that where a target or the whole construct leaves the app.
   *
   * @default false
   */
  readonly preventDestroy?: boolean;

  /**
   * Tags of the policy.
   *
   * @default - none
   */
  readonly tags?: { [key: string]: string };

  /**
   * Findings that are accepted, each with the reason. Those of a plan have paths from the plan.
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

/**
 * A backup policy of an organization, for its management account or the delegated administrator of backup policies.
 *
 * Rendered from the same declarations as a `Plan`: every value under its operator, `$account` in ARNs, controls of child
 * policies at each element that they hold for. What AWS would refuse, or not enforce, is refused here.
 */
export class OrganizationBackupPolicy extends Construct {
  /**
   * The policy.
   */
  public readonly policy: OrganizationsPolicy;

  /**
   * The attachments to the targets.
   */
  public readonly attachments: OrganizationsPolicyAttachment[];

  /**
   * Id of the policy, `p-…`.
   */
  public readonly policyId: string;

  /**
   * ARN of the policy.
   */
  public readonly policyArn: string;

  /**
   * Name of the policy.
   */
  public readonly policyName: string;

  /**
   * The content of the policy, as an object.
   */
  public readonly content: any;

  /**
   * Ids of the root, organizational units and accounts to which the policy is attached.
   */
  public readonly targetIds: string[];

  /**
   * @param scope parent
   * @param id construct id
   * @param props properties
   * @throws ValidationError when AWS would refuse what is declared, or not enforce it, with every finding at once
   */
  constructor(scope: Construct, id: string, props: OrganizationBackupPolicyProps) {
    super(scope, id);
    const declared = declaredPolicy(this, props);
    const findings = [...OrganizationBackupPolicyRules.check(declared, '', SYNTH), ...ofOneAccount(props)];
    refuse(this, findings, waiversOf(props));

    this.policyName = props.policyName;
    this.targetIds = props.targetIds ?? [];
    this.content = OrganizationBackupPolicies.render(declared);
    const { provider, preventDestroy = false } = props;
    this.policy = new OrganizationsPolicy(this, 'Resource', {
      type: 'BACKUP_POLICY',
      name: props.policyName,
      description: props.description,
      content: renderPolicy(this.content),
      tags: props.tags,
      provider,
      lifecycle: { preventDestroy },
    });
    annotateTemplate(this.policy, waiversOf(props));
    this.policyId = this.policy.id;
    this.policyArn = this.policy.arn;
    this.attachments = attachPolicy(this, 'Attachment-', this.policy, {
      targetIds: props.targetIds ?? [],
      preventDestroy,
      provider,
    });
  }
}

/** Those of a plan speak of the plan. */
function waiversOf({ plans = [], waivers = [] }: OrganizationBackupPolicyProps): Waiver[] {
  const ofPlans = plans.flatMap((plan, index) =>
    (plan.waivers ?? []).map((waiver) => ({ ...waiver, path: `plans[${index}].${waiver.path}` })),
  );
  return [...waivers, ...ofPlans];
}
