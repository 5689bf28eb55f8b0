import { IamPolicy } from '@cdktf/provider-aws/lib/iam-policy';
import { IamRole } from '@cdktf/provider-aws/lib/iam-role';
import { IamRolePolicyAttachment } from '@cdktf/provider-aws/lib/iam-role-policy-attachment';
import { ManagedPolicies, Waiver } from '@holdfast/model';
import { TerraformProvider } from 'cdktf';
import { Construct } from 'constructs';
import { partitionOf } from './private/place';
import { refuse } from './private/refuse';
import { renderPolicy } from './private/render-policy';
import { rememberRole, servicesOfRole } from './private/role-policies';
import { backupServiceRole } from './private/service-role';
import { SYNTH } from './private/token-values';

/**
 * Properties of a `RestoreRole`.
 */
export interface RestoreRoleProps {
  /**
   * Ids of the services that the role restores, as `ServiceSupport` has them, e.g. `ec2`, `s3`.
   *
   * @default - every service that AWS Backup supports
   */
  readonly services?: string[];

  /**
   * ARNs of the roles of instance profiles that a restored instance may have. Without its role here, an instance is restored
   * only without its instance profile.
   *
   * @default - none
   */
  readonly instanceRoleArns?: string[];

  /**
   * Whether single files and objects that a search found are restored.
   *
   * @default false
   */
  readonly itemRestores?: boolean;

  /**
   * ARN of the policy with the most that the role may ever be allowed.
   *
   * @default - no boundary
   */
  readonly permissionsBoundaryArn?: string;

  /**
   * Name of the role.
   *
   * @default - Terraform makes one
   */
  readonly roleName?: string;

  /**
   * Tags of the role, and of the policy that lets it pass the roles of instances.
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

/**
 * A role for restores, which AWS Backup alone can assume, for this account alone where the provider says which it is.
 *
 * It is not the role of the backups: who restores creates resources and overwrites, which no backup needs.
 */
export class RestoreRole extends Construct {
  /**
   * The role.
   */
  public readonly role: IamRole;

  /**
   * Its policies, that which lets it pass roles included.
   */
  public readonly policies: IamRolePolicyAttachment[];

  /**
   * ARN of the role, for `StartRestoreJob` and for restore testing.
   */
  public readonly roleArn: string;

  /**
   * The policy that lets it pass the roles of instances; none where there are no such roles.
   */
  public readonly passRolePolicy?: IamPolicy;

  /**
   * @param scope parent
   * @param id construct id
   * @param props properties
   * @throws ValidationError when a service is none that AWS Backup supports
   */
  constructor(scope: Construct, id: string, props: RestoreRoleProps = {}) {
    super(scope, id);
    const { instanceRoleArns = [], permissionsBoundaryArn, roleName, tags, provider } = props;
    const services = servicesOfRole(props.services);
    refuse(this, ManagedPolicies.checkServices(services, 'services', SYNTH), props.waivers);
    const partition = partitionOf(this, provider);
    const { role, policies } = backupServiceRole(this, 'Resource', {
      description: 'AWS Backup assumes it for restores',
      managedPolicyArns: [
        ...ManagedPolicies.forRestore(services, partition),
        ...(props.itemRestores === true ? [ManagedPolicies.forItemRestores(partition)] : []),
      ],
      permissionsBoundaryArn,
      roleName,
      tags,
      provider,
    });
    this.role = role;
    this.roleArn = role.arn;
    this.policies = policies;
    if (instanceRoleArns.length > 0) {
      const policy = renderPolicy(passing(instanceRoleArns));
      this.passRolePolicy = new IamPolicy(this, 'PassRole', { policy, tags, provider });
      const attached = { role: role.name, policyArn: this.passRolePolicy.arn, provider };
      this.policies.push(new IamRolePolicyAttachment(this, 'PassRoleAttachment', attached));
    }
    rememberRole(this, this.roleArn, this.policies);
  }
}

/** Restored instances alone may get the roles. */
function passing(roleArns: string[]): object {
  const allow = {
    Effect: 'Allow',
    Action: 'iam:PassRole',
    Resource: roleArns,
    Condition: { StringEquals: { 'iam:PassedToService': 'ec2.amazonaws.com' } },
  };
  return { Version: '2012-10-17', Statement: [allow] };
}
