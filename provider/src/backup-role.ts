import { IamRole } from '@cdktf/provider-aws/lib/iam-role';
import { IamRolePolicyAttachment } from '@cdktf/provider-aws/lib/iam-role-policy-attachment';
import { ManagedPolicies, Waiver } from '@holdfast/model';
import { TerraformProvider } from 'cdktf';
import { Construct } from 'constructs';
import { partitionOf } from './private/place';
import { refuse } from './private/refuse';
import { rememberRole, servicesOfRole } from './private/role-policies';
import { backupServiceRole } from './private/service-role';
import { SYNTH } from './private/token-values';

/**
 * Properties of a `BackupRole`.
 */
export interface BackupRoleProps {
  /**
   * Ids of the services that the role backs up, as `ServiceSupport` has them, e.g. `dynamodb-advanced`, `s3`.
   *
   * @default - every service that AWS Backup supports
   */
  readonly services?: string[];

  /**
   * Whether rules index EBS volumes.
   *
   * @default false
   */
  readonly indexing?: boolean;

  /**
   * Whether rules have recovery points scanned for malware.
   *
   * @default false
   */
  readonly scanning?: boolean;

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
   * Tags of the role.
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
 * A role for many selections, which AWS Backup alone can assume, for this account alone where the provider says which it is.
 *
 * A selection makes one of its own unless it is given one; share this one where roles are few or reviewed one by one.
 */
export class BackupRole extends Construct {
  /**
   * The role.
   */
  public readonly role: IamRole;

  /**
   * Its policies.
   */
  public readonly policies: IamRolePolicyAttachment[];

  /**
   * ARN of the role, for `SelectionOptions.roleArn`: a selection that is given this very value is made after the policies.
   */
  public readonly roleArn: string;

  /**
   * @param scope parent
   * @param id construct id
   * @param props properties
   * @throws ValidationError when a service is none that AWS Backup supports
   */
  constructor(scope: Construct, id: string, props: BackupRoleProps = {}) {
    super(scope, id);
    const { permissionsBoundaryArn, roleName, tags, provider } = props;
    const services = servicesOfRole(props.services);
    refuse(this, ManagedPolicies.checkServices(services, 'services', SYNTH), props.waivers);
    const partition = partitionOf(this, provider);
    const made = backupServiceRole(this, 'Resource', {
      description: 'AWS Backup assumes it for backups',
      managedPolicyArns: [
        ...ManagedPolicies.forBackup(services, partition),
        ...(props.indexing === true ? [ManagedPolicies.forIndexing(partition)] : []),
        ...(props.scanning === true ? [ManagedPolicies.forScans(partition)] : []),
      ],
      permissionsBoundaryArn,
      roleName,
      tags,
      provider,
    });
    this.role = made.role;
    this.policies = made.policies;
    this.roleArn = made.role.arn;
    rememberRole(this, this.roleArn, this.policies);
  }
}
