/**
 * The kind of organization policy that carries a guardrail.
 */
export enum GuardrailPolicyType {
  /**
   * Limits what principals of member accounts may do.
   */
  SERVICE_CONTROL_POLICY = 'SERVICE_CONTROL_POLICY',

  /**
   * Limits what anybody may do with resources of member accounts, for services that have such policies.
   */
  RESOURCE_CONTROL_POLICY = 'RESOURCE_CONTROL_POLICY',

  /**
   * Fixes settings of Amazon EC2 in member accounts.
   */
  DECLARATIVE_POLICY_EC2 = 'DECLARATIVE_POLICY_EC2',
}

/**
 * Whom a statement of a guardrail does not bind.
 */
export enum GuardrailExemption {
  /**
   * It binds everybody in a member account.
   */
  NOBODY = 'nobody',

  /**
   * The break-glass roles.
   */
  BREAK_GLASS = 'break-glass',

  /**
   * The break-glass roles and the roles that deploy.
   */
  DEPLOYMENT = 'deployment',

  /**
   * The break-glass roles and the roles that selections pass to AWS Backup.
   */
  BACKUP = 'backup',
}

/**
 * Roles that guardrails exempt.
 */
export interface GuardrailRoles {
  /**
   * ARNs of the roles for an emergency, or patterns of ARNs; `*` and `?` are wildcards.
   *
   * @default - none: nobody in a member account can do what is denied
   */
  readonly breakGlassRoleArns?: string[];

  /**
   * ARNs, or patterns, of the roles that deploy vaults, plans and settings.
   *
   * They may change what a deployment changes, but neither destroy points nor keys, nor lift locks or legal holds.
   *
   * @default - none: nobody but the break-glass roles can deploy changes
   */
  readonly deploymentRoleArns?: string[];

  /**
   * ARNs, or patterns, of the roles that selections pass to AWS Backup, which deletes snapshots with them.
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
}

/**
 * The tag that marks a resource for a guardrail.
 */
export interface GuardrailTagOptions {
  /**
   * Key of the tag.
   *
   * @default - `backup-key` for keys, `backup-destination` for vaults
   */
  readonly tagKey?: string;

  /**
   * Value of the tag.
   *
   * @default 'true'
   */
  readonly tagValue?: string;
}

/**
 * Bounds that every Vault Lock must keep.
 */
export interface LockFloorOptions {
  /**
   * A lock must keep points at least so many days, 1 to 36500.
   */
  readonly minRetentionDays: number;

  /**
   * A lock must not demand more days than so many, as every shorter backup would fail, 1 to 36500.
   *
   * @default - no such bound
   */
  readonly minRetentionDaysAtMost?: number;

  /**
   * A lock must let jobs keep points so many days, as every longer backup would fail, 1 to 36500.
   *
   * @default - no such bound
   */
  readonly maxRetentionDaysAtLeast?: number;
}

/**
 * Bounds of the time in which a Vault Lock can still be undone.
 */
export interface GraceTimeOptions {
  /**
   * Least days until a lock becomes permanent, 3 to 36500.
   *
   * @default - 3, which AWS Backup demands anyway
   */
  readonly minDays?: number;

  /**
   * Most days until a lock becomes permanent, 3 to 36500.
   *
   * @default - no such bound
   */
  readonly maxDays?: number;

  /**
   * Whether locks in governance mode, which have no such time, may be set.
   *
   * @default true
   */
  readonly governanceAllowed?: boolean;
}

/**
 * A service through whose own API a recovery point can be deleted or shared.
 */
export enum BackDoorService {
  /**
   * Snapshots of EBS volumes and images of EC2 instances.
   */
  EC2 = 'ec2',

  /**
   * Snapshots and automated backups of RDS, Aurora, DocumentDB and Neptune.
   */
  RDS = 'rds',

  /**
   * Backups of DynamoDB tables without advanced features.
   */
  DYNAMODB = 'dynamodb',

  /**
   * Backups of FSx.
   */
  FSX = 'fsx',

  /**
   * Snapshots of Redshift clusters.
   */
  REDSHIFT = 'redshift',

  /**
   * Snapshots of Redshift Serverless.
   */
  REDSHIFT_SERVERLESS = 'redshift-serverless',
}

/**
 * Which back doors to close.
 */
export interface BackDoorOptions {
  /**
   * The services.
   *
   * @default - all of `BackDoorService`
   */
  readonly services?: BackDoorService[];
}

/**
 * Who may use the keys of backups.
 */
export interface OrganizationKeysOptions extends GuardrailTagOptions {
  /**
   * Id of the organization, e.g. `o-a1b2c3d4e5`.
   */
  readonly organizationId: string;

  /**
   * Accounts outside of the organization that may use the keys, too.
   *
   * @default - none
   */
  readonly accountIds?: string[];
}

/**
 * Who may use the buckets that reports go to.
 */
export interface ReportBucketsOptions {
  /**
   * Id of the organization, e.g. `o-a1b2c3d4e5`.
   */
  readonly organizationId: string;

  /**
   * Names of the buckets, at least 1.
   */
  readonly bucketNames: string[];

  /**
   * Accounts outside of the organization that may use the buckets, too.
   *
   * @default - none
   */
  readonly accountIds?: string[];
}

/**
 * Which public sharing of snapshots to block.
 */
export interface PublicSnapshotsOptions {
  /**
   * Whether snapshots that are public already stay so.
   *
   * @default false
   */
  readonly newSharingAlone?: boolean;
}

/**
 * Whose images accounts may use.
 */
export interface AllowedImagesOptions {
  /**
   * Accounts, `amazon` or `aws-marketplace`; images of AWS Backup (`aws-backup-vault`) are always allowed.
   *
   * Name the accounts that images are copied from, or cross-account copies of EC2 instances fail.
   */
  readonly imageProviders: string[];

  /**
   * Whether other images are only marked, not hidden.
   *
   * @default false
   */
  readonly auditOnly?: boolean;
}
