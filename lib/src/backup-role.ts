import { ManagedPolicies, ServiceSupport } from '@holdfast/model';
import * as iam from 'aws-cdk-lib/aws-iam';
import { propertyInjectable } from 'aws-cdk-lib/core/lib/prop-injectable';
import { Construct } from 'constructs';
import { refuse } from './private/refuse';
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
 * A role for many selections, which AWS Backup alone can assume, for this account alone.
 *
 * A selection makes one of its own unless it is given one; share this one where roles are few or reviewed one by one.
 */
@propertyInjectable
export class BackupRole extends Construct {
  /**
   * Under this id `PropertyInjectors.of(scope)` takes what injects properties.
   */
  public static readonly PROPERTY_INJECTION_ID: string = '@holdfast/cdk.BackupRole';

  /**
   * The role, for `SelectionOptions.role`.
   */
  public readonly role: iam.IRole;

  /**
   * @param scope parent
   * @param id construct id
   * @param props properties
   * @throws ValidationError when a service is none that AWS Backup supports
   */
  constructor(scope: Construct, id: string, props: BackupRoleProps = {}) {
    super(scope, id);
    const { services = ServiceSupport.all().map((service) => service.id), permissionsBoundary, roleName } = props;
    refuse(this, ManagedPolicies.checkServices(services, 'services', SYNTH));
    this.role = backupServiceRole(this, 'Resource', {
      description: 'AWS Backup assumes it for backups',
      managedPolicyArns: [
        ...ManagedPolicies.forBackup(services),
        ...(props.indexing === true ? [ManagedPolicies.forIndexing()] : []),
        ...(props.scanning === true ? [ManagedPolicies.forScans()] : []),
      ],
      permissionsBoundary,
      roleName,
    });
  }
}
