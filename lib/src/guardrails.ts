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
import * as iam from 'aws-cdk-lib/aws-iam';
import * as organizations from 'aws-cdk-lib/aws-organizations';
import { RemovalPolicy } from 'aws-cdk-lib/core';
import { propertyInjectable } from 'aws-cdk-lib/core/lib/prop-injectable';
import { Construct } from 'constructs';
import { environmentOf } from './private/environment';
import { annotateTemplate, refuse } from './private/refuse';
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
   * @default - none beside `breakGlassRoles`
   */
  readonly breakGlassRoleArns?: string[];

  /**
   * Roles for an emergency.
   *
   * @default - none beside `breakGlassRoleArns`
   */
  readonly breakGlassRoles?: iam.IRole[];

  /**
   * ARNs, or patterns, of the roles that deploy, e.g. `Guardrails.bootstrapRoleArn()`.
   *
   * They may change what a deployment changes, but neither destroy points nor keys, nor lift locks or legal holds. With
   * `Guardrail.protectExemptRoles()` whatever makes the exempt roles in new accounts has to be among them.
   *
   * @default - none beside `deploymentRoles`
   */
  readonly deploymentRoleArns?: string[];

  /**
   * Roles that deploy.
   *
   * @default - none beside `deploymentRoleArns`
   */
  readonly deploymentRoles?: iam.IRole[];

  /**
   * ARNs, or patterns, of the roles that selections pass to AWS Backup, which deletes expired snapshots with them.
   *
   * @default - the default service role of AWS Backup, where there are no `backupRoles` either
   */
  readonly backupRoleArns?: string[];

  /**
   * Roles that selections pass to AWS Backup.
   *
   * @default - none beside `backupRoleArns`
   */
  readonly backupRoles?: iam.IRole[];

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
   * Tags of the policies, beside those of `Tags.of`.
   *
   * @default - none
   */
  readonly tags?: { [key: string]: string };

  /**
   * What becomes of the policies when they leave the stack.
   *
   * @default RemovalPolicy.RETAIN
   */
  readonly removalPolicy?: RemovalPolicy;

  /**
   * Findings that are accepted, each with the reason.
   *
   * `expires` is held against the context key `holdfast:today`; without it no waiver has expired.
   *
   * @default - none
   */
  readonly waivers?: Waiver[];
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
 * Deployed from the management account, or from one that it delegated policies to, once for the whole organization.
 * Guardrails are packed into as few policies as the limits of AWS Organizations allow; what does not fit is refused.
 * The `Metadata` of each policy says which attack each of its statements stops.
 */
@propertyInjectable
export class Guardrails extends Construct {
  /**
   * Under this id `PropertyInjectors.of(scope)` takes what injects properties.
   */
  public static readonly PROPERTY_INJECTION_ID: string = '@holdfast/cdk.Guardrails';

  /**
   * The guardrails that every organization should have, and those that the options ask for.
   *
   * @param options Regions, paths, floors and buckets
   */
  public static recommended(options: RecommendedGuardrailsOptions = {}): Guardrail[] {
    return GuardrailCatalog.recommended(options);
  }

  /**
   * The roles with which CloudFormation deploys apps of the CDK, in every account and Region, as a pattern of ARNs.
   *
   * @param qualifier qualifier of the bootstrap
   */
  public static bootstrapRoleArn(qualifier?: string): string {
    return GuardrailCatalog.bootstrapRoleArn(qualifier);
  }

  /**
   * The policies: service control, resource control, declarative, in this order.
   */
  public readonly policies: organizations.CfnPolicy[] = [];

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
    const declared = declaration(props);
    refuse(this, GuardrailRules.check(declared, environmentOf(this), '', SYNTH), props.waivers);

    const { policies } = GuardrailPolicies.pack(declared, '', SYNTH);
    this.statements = policies.flatMap((policy) => policy.statements);
    for (const policy of policies) {
      this.render(policy, props);
    }
  }

  private render(policy: GuardrailPolicy, props: GuardrailsProps): void {
    const number = this.policies.filter(({ type }) => type === policy.policyType).length + 1;
    const resource = new organizations.CfnPolicy(this, `${IDS[policy.policyType]}${number}`, {
      type: policy.policyType,
      name: policy.policyName,
      description: policy.description,
      content: policy.content,
      targetIds: props.targetIds,
      tags: Object.entries(props.tags ?? {}).map(([key, value]) => ({ key, value })),
    });
    resource.applyRemovalPolicy(props.removalPolicy ?? RemovalPolicy.RETAIN);
    // AWS Organizations refuses a change while another is made.
    const [before] = this.policies.slice(-1);
    if (before !== undefined) {
      resource.addResourceDependency(before);
    }
    const statements = Object.fromEntries(policy.statements.map(({ sid, ...why }) => [sid, why]));
    annotateTemplate(resource, props.waivers, { statements });
    this.policies.push(resource);
  }
}

function declaration(props: GuardrailsProps): GuardrailDeclaration {
  const { backupRoles, backupRoleArns } = props;
  return {
    ...props,
    breakGlassRoleArns: arnsOf(props.breakGlassRoleArns, props.breakGlassRoles),
    deploymentRoleArns: arnsOf(props.deploymentRoleArns, props.deploymentRoles),
    backupRoleArns:
      backupRoles === undefined && backupRoleArns === undefined ? undefined : arnsOf(backupRoleArns, backupRoles),
  };
}

/** Given ARNs first, so that the path of a finding counts as its author does. A list that is a token stays one. */
function arnsOf(arns: string[] = [], roles: iam.IRole[] = []): string[] {
  return roles.length === 0 ? arns : [...arns, ...roles.map((role) => role.roleArn)];
}
