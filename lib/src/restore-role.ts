import { ManagedPolicies, ServiceSupport } from '@holdfast/model';
import * as iam from 'aws-cdk-lib/aws-iam';
import { propertyInjectable } from 'aws-cdk-lib/core/lib/prop-injectable';
import { Construct } from 'constructs';
import { refuse } from './private/refuse';
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
   * Roles of instance profiles that a restored instance may have. Without its role here, an instance is restored only
   * without its instance profile.
   *
   * @default - none
   */
  readonly instanceRoles?: iam.IRole[];

  /**
   * Whether single files and objects that a search found are restored.
   *
   * @default false
   */
  readonly itemRestores?: boolean;

  /**
   * The most that the role may ever be allowed.
   *
   * @default - no boundary
   */
  readonly permissionsBoundary?: iam.IManagedPolicy;

  /**
   * Name of the role.
   *
   * @default - CloudFormation makes one
   */
  readonly roleName?: string;
}

/**
 * A role for restores, which AWS Backup alone can assume, for this account alone.
 *
 * It is not the role of the backups: who restores creates resources and overwrites, which no backup needs.
 */
@propertyInjectable
export class RestoreRole extends Construct {
  /**
   * Under this id `PropertyInjectors.of(scope)` takes what injects properties.
   */
  public static readonly PROPERTY_INJECTION_ID: string = '@holdfast/cdk.RestoreRole';

  /**
   * The role, for `StartRestoreJob` and for restore testing.
   */
  public readonly role: iam.IRole;

  /**
   * @param scope parent
   * @param id construct id
   * @param props properties
   * @throws ValidationError when a service is none that AWS Backup supports
   */
  constructor(scope: Construct, id: string, props: RestoreRoleProps = {}) {
    super(scope, id);
    const { services = ServiceSupport.all().map((service) => service.id), instanceRoles = [] } = props;
    refuse(this, ManagedPolicies.checkServices(services, 'services', SYNTH));
    const role = backupServiceRole(this, 'Resource', {
      description: 'AWS Backup assumes it for restores',
      managedPolicyArns: [
        ...ManagedPolicies.forRestore(services),
        ...(props.itemRestores === true ? [ManagedPolicies.forItemRestores()] : []),
      ],
      permissionsBoundary: props.permissionsBoundary,
      roleName: props.roleName,
    });
    this.role = role;
    if (instanceRoles.length > 0) {
      new iam.ManagedPolicy(this, 'PassRole', { roles: [role], statements: [passing(instanceRoles)] });
    }
  }
}

/** Restored instances alone may get the roles. */
function passing(roles: iam.IRole[]): iam.PolicyStatement {
  return new iam.PolicyStatement({
    actions: ['iam:PassRole'],
    resources: roles.map((role) => role.roleArn),
    conditions: { StringEquals: { 'iam:PassedToService': 'ec2.amazonaws.com' } },
  });
}
