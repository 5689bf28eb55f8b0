import { OrganizationsPolicy } from '@cdktf/provider-aws/lib/organizations-policy';
import { OrganizationsPolicyAttachment } from '@cdktf/provider-aws/lib/organizations-policy-attachment';
import {
  Guardrail,
  GuardrailCatalog,
  GuardrailDeclaration,
  GuardrailPolicies,
  GuardrailPolicy,
  GuardrailPolicyType,
  GuardrailRules,
  GuardrailStatement,
  OrganizationsLimits,
  RecommendedGuardrailsOptions,
  Waiver,
} from '@holdfast/model';
import { TerraformProvider } from 'cdktf';
import { Construct } from 'constructs';
import { attachPolicy } from './private/attach-policy';
import { environmentOf } from './private/environment';
import { annotateTemplate, refuse } from './private/refuse';
import { renderPolicy } from './private/render-policy';
import { SYNTH } from './private/token-values';

/**
 * Properties of `Guardrails`.
 */
export interface GuardrailsProps {
  /**
   * What is forbidden, at least 1, e.g. `Guardrails.recommended()`.
   */
  readonly guardrails: Guardrail[];

  /**
   * Ids of the root (`r-…`), organizational units (`ou-…`) and accounts that the policies are attached to.
   *
   * @default - none: the policies are made and bind nobody
   */
  readonly targetIds?: string[];

  /**
   * ARNs of roles for an emergency, or patterns of ARNs, e.g. `arn:aws:iam::*:role/emergency/*`.
   *
   * A role of IAM Identity Center has a path: `arn:aws:iam::*:role/aws-reserved/sso.amazonaws.com/*AWSReservedSSO_<name>_*`.
   *
   * @default - none
   */
  readonly breakGlassRoleArns?: string[];

  /**
   * ARNs, or patterns, of the roles that deploy: those that run Terraform in the accounts, e.g.
   * `arn:aws:iam::*:role/terraform/*`.
   *
   * They may change what a deployment changes, but neither destroy points nor keys, nor lift locks or legal holds. With
   * `Guardrail.protectExemptRoles()` whatever makes the exempt roles in new accounts has to be among them.
   *
   * @default - none
   */
  readonly deploymentRoleArns?: string[];

  /**
   * ARNs, or patterns, of the roles that selections pass to AWS Backup, which deletes expired snapshots with them.
   *
   * @default - the default service role of AWS Backup
   */
  readonly backupRoleArns?: string[];

  /**
   * ARNs, or patterns, of managed policies of the accounts that exempt roles have, as rights or as a boundary.
   *
   * With `Guardrail.protectExemptRoles()` nobody but the exempt puts something else into them.
   *
   * @default - none: no policy can tell whom another one is attached to
   */
  readonly exemptPolicyArns?: string[];

  /**
   * How big policies may be, and how many a target takes.
   *
   * @default OrganizationsLimits.CURRENT
   */
  readonly limits?: OrganizationsLimits;

  /**
   * Service control policies that the targets have besides these and `FullAWSAccess`.
   *
   * @default 0
   */
  readonly otherServiceControlPolicies?: number;

  /**
   * Resource control policies that the targets have besides these and `RCPFullAWSAccess`.
   *
   * @default 0
   */
  readonly otherResourceControlPolicies?: number;

  /**
   * Declarative policies for EC2 that the targets have besides these.
   *
   * @default 0
   */
  readonly otherDeclarativePolicies?: number;

  /**
   * What EC2 tells whoever is stopped by a declarative policy.
   *
   * @default - the message of AWS
   */
  readonly exceptionMessage?: string;

  /**
   * What the names of the policies begin with, 1 to 100 characters of ASCII; their kind and number follow.
   *
   * @default 'backup-guardrails'
   */
  readonly policyName?: string;

  /**
   * Description of the policies, at most 512 characters.
   *
   * @default - the guardrails that each policy carries
   */
  readonly description?: string;

  /**
   * Whether Terraform refuses plans that destroy or replace the policies or detach them.
   *
   * It forgets that where a policy, a target or the whole construct leaves the app.
   *
   * @default true
   */
  readonly preventDestroy?: boolean;

  /**
   * Whether policies stay, attached, when Terraform destroys them, the construct that leaves the app included. Targets that
   * leave `targetIds` stay bound, too: detach them by hand.
   *
   * @default false
   */
  readonly skipDestroy?: boolean;

  /**
   * Tags of the policies.
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

/** Construct ids of the policies: the kind, and a number from 1. */
const IDS: Readonly<Record<GuardrailPolicyType, string>> = {
  [GuardrailPolicyType.SERVICE_CONTROL_POLICY]: 'ServiceControlPolicy',
  [GuardrailPolicyType.RESOURCE_CONTROL_POLICY]: 'ResourceControlPolicy',
  [GuardrailPolicyType.DECLARATIVE_POLICY_EC2]: 'DeclarativePolicy',
};

/**
 * Policies of an organization that keep backups from whoever takes an account over.
 *
 * Applied in the management account, or in one that it delegated policies to, once for the whole organization, whose root
 * must have the types of policies enabled. Guardrails are packed into as few policies as the limits of AWS Organizations
 * allow; what does not fit is refused. The comment of each policy says which attack each of its statements stops.
 */
export class Guardrails extends Construct {
  /**
   * The guardrails that every organization should have, and those that the options ask for.
   *
   * @param options Regions, paths, floors and buckets
   */
  public static recommended(options: RecommendedGuardrailsOptions = {}): Guardrail[] {
    return GuardrailCatalog.recommended(options);
  }

  /**
   * The roles with which CloudFormation deploys apps of the CDK, in every account and Region, as a pattern of ARNs: for
   * organizations that deploy by both.
   *
   * @param qualifier qualifier of the bootstrap
   */
  public static bootstrapRoleArn(qualifier?: string): string {
    return GuardrailCatalog.bootstrapRoleArn(qualifier);
  }

  /**
   * The policies: service control, resource control, declarative, in this order.
   */
  public readonly policies: OrganizationsPolicy[] = [];

  /**
   * The attachments of the policies to the targets, policy by policy.
   */
  public readonly attachments: OrganizationsPolicyAttachment[] = [];

  /**
   * Every statement and setting, and the attacks that it stops, in the order of the policies.
   */
  public readonly statements: GuardrailStatement[];

  /**
   * @param scope parent
   * @param id construct id
   * @param props properties
   * @throws ValidationError when AWS Organizations would refuse what is declared, with every finding at once
   */
  constructor(scope: Construct, id: string, props: GuardrailsProps) {
    super(scope, id);
    const declared: GuardrailDeclaration = { ...props };
    refuse(this, GuardrailRules.check(declared, environmentOf(this, props.provider), '', SYNTH), props.waivers);

    const { policies } = GuardrailPolicies.pack(declared, '', SYNTH);
    this.statements = policies.flatMap((policy) => policy.statements);
    for (const policy of policies) {
      this.render(policy, props);
    }
  }

  private render(policy: GuardrailPolicy, props: GuardrailsProps): void {
    const { preventDestroy = true, skipDestroy = false, targetIds = [], provider } = props;
    const id = `${IDS[policy.policyType]}${this.policies.filter(({ typeInput }) => typeInput === policy.policyType).length + 1}`;
    // AWS Organizations refuses a change while another is made.
    const before = [...this.policies, ...this.attachments].slice(-1);
    const resource = new OrganizationsPolicy(this, id, {
      type: policy.policyType,
      name: policy.policyName,
      description: policy.description,
      content: renderPolicy(policy.content),
      skipDestroy,
      tags: props.tags,
      provider,
      dependsOn: before.length === 0 ? undefined : before,
      lifecycle: { preventDestroy },
    });
    const statements = Object.fromEntries(policy.statements.map(({ sid, ...why }) => [sid, why]));
    annotateTemplate(resource, props.waivers, { statements });
    this.policies.push(resource);
    this.attachments.push(
      ...attachPolicy(this, `${id}-`, resource, { targetIds, preventDestroy, skipDestroy, provider }),
    );
  }
}
