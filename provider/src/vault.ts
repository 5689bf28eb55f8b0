import { BackupVault } from '@cdktf/provider-aws/lib/backup-vault';
import { BackupVaultLockConfiguration } from '@cdktf/provider-aws/lib/backup-vault-lock-configuration';
import { BackupVaultNotifications } from '@cdktf/provider-aws/lib/backup-vault-notifications';
import { BackupVaultPolicy } from '@cdktf/provider-aws/lib/backup-vault-policy';
import { KmsKey } from '@cdktf/provider-aws/lib/kms-key';
import {
  BackupVaultRules,
  ComplianceAcknowledgement,
  BackupVault as DeclaredBackupVault,
  Finding,
  VaultLock,
  VaultLockRules,
  VaultPolicies,
  Waiver,
} from '@holdfast/model';
import { Fn, TerraformProvider, Token } from 'cdktf';
import { Construct } from 'constructs';
import { declareVault } from './private/declarations';
import { environmentOf } from './private/environment';
import { annotateTemplate, refuse } from './private/refuse';
import { renderPolicy } from './private/render-policy';
import { LATER, SYNTH } from './private/token-values';

/** As long as KMS allows: until then whoever sees a deletion may cancel it. */
const KEY_DELETION_WINDOW_DAYS = 30;

/**
 * What a vault tells of unless it is asked otherwise: ends of jobs, which tell of failure and expiry too, and what fails
 * inside a job that completes; as far as version 5 of the AWS provider knows them.
 *
 * Source B7.3/1: the events that AWS Backup still supports.
 */
const NOTIFICATION_EVENTS = [
  'BACKUP_JOB_COMPLETED',
  'COPY_JOB_FAILED',
  'RESTORE_JOB_COMPLETED',
  'S3_BACKUP_OBJECT_FAILED',
  'S3_RESTORE_OBJECT_FAILED',
  'RECOVERY_POINT_INDEXING_FAILED',
];

/** Two paths that the rules give below the lock, and where these constructs have them. */
const OF_ACKNOWLEDGEMENT = /^vaultLock(?=\.(deployedOn|acknowledgedBy)$)/;
const ACKNOWLEDGEMENT = 'complianceAcknowledgement';

/**
 * A backup vault, made here or elsewhere.
 */
export interface IVault {
  /**
   * Name of the vault.
   */
  readonly backupVaultName: string;

  /**
   * ARN of the vault.
   */
  readonly backupVaultArn: string;
}

/**
 * Properties of a `Vault`.
 */
export interface VaultProps {
  /**
   * Name of the vault, 2 to 50 letters, digits, `-` and `_`. Cannot be changed later.
   */
  readonly backupVaultName: string;

  /**
   * ARN of the key that encrypts copies and the recovery points of fully managed services. Cannot be changed later.
   *
   * @default - a key of its own, rotated every year
   */
  readonly encryptionKeyArn?: string;

  /**
   * Vault Lock. With `changeableForDays` it is in compliance mode and needs a `complianceAcknowledgement`.
   *
   * @default - not locked
   */
  readonly vaultLock?: VaultLock;

  /**
   * Says that somebody knows when the lock becomes unchangeable, even for AWS.
   *
   * @default - none, so that a lock in compliance mode is refused
   */
  readonly complianceAcknowledgement?: ComplianceAcknowledgement;

  /**
   * ARNs of principals that the access policy exempts, stars allowed. With them it also denies everybody else to delete
   * the vault and to change its policy, lock and notifications, so name the role that runs Terraform, too.
   *
   * @default - none: nobody may delete recovery points, and whoever is permitted may change the vault
   */
  readonly breakGlassPrincipalArns?: string[];

  /**
   * ARN of a standard topic of the same account that receives the events of the vault. Its policy must let
   * `backup.amazonaws.com` publish: a topic has one policy, which is its owner's.
   *
   * @default - no notifications
   */
  readonly notificationTopicArn?: string;

  /**
   * Events that are sent to the topic, e.g. `BACKUP_JOB_COMPLETED`.
   *
   * @default - ends of backup and restore jobs, failures of copies, and what fails inside a job that completes
   */
  readonly notificationEvents?: string[];

  /**
   * Whether Terraform refuses plans that destroy or replace the vault, its key, its lock or its policy. To change the
   * bounds of a lock, which the AWS provider does by replacing it, turn it off for that one deployment.
   *
   * @default true
   */
  readonly preventDestroy?: boolean;

  /**
   * Tags of the vault and of its key.
   *
   * @default - none
   */
  readonly tags?: { [key: string]: string };

  /**
   * Findings that are accepted, each with the reason.
   *
   * @default - none
   */
  readonly waivers?: Waiver[];

  /**
   * The provider that makes the resources, e.g. that of another Region.
   *
   * @default - the stack's AWS provider without an alias
   */
  readonly provider?: TerraformProvider;
}

/**
 * A backup vault that nobody can quietly empty.
 *
 * Its access policy denies everybody, but for the break-glass principals, whatever deletes recovery points or shortens
 * their life; a key of its own encrypts. With a Vault Lock the retention of its recovery points has bounds, too.
 *
 * `prevent_destroy` makes Terraform refuse every plan that would destroy or replace the vault, its key, its lock or its
 * policy. It does not help where the construct itself leaves the app, as Terraform then reads it no longer: there it is
 * AWS Backup that refuses to delete a vault with recovery points in it, for which `force_destroy` is never set, and the
 * policy, which a destroy meets first.
 */
export class Vault extends Construct implements IVault {
  /**
   * A vault that is not of this app, by ARN.
   *
   * @param backupVaultArn ARN of the vault
   */
  public static fromBackupVaultArn(backupVaultArn: string): IVault {
    const backupVaultName = SYNTH.known(backupVaultArn)
      ? backupVaultArn.slice(backupVaultArn.lastIndexOf(':') + 1)
      : Token.asString(Fn.element(Fn.split(':', backupVaultArn), 6));
    return { backupVaultArn, backupVaultName };
  }

  /**
   * A vault that was declared without Holdfast.
   *
   * @param resource the resource of the AWS provider
   */
  public static fromBackupVault(resource: BackupVault): IVault {
    return { backupVaultArn: resource.arn, backupVaultName: resource.name };
  }

  /**
   * The vault.
   */
  public readonly backupVault: BackupVault;

  /**
   * The key made for the vault; undefined when `encryptionKeyArn` was given.
   */
  public readonly encryptionKey?: KmsKey;

  /**
   * ARN of the key that encrypts the recovery points.
   */
  public readonly encryptionKeyArn: string;

  /**
   * The access policy.
   */
  public readonly vaultPolicy: BackupVaultPolicy;

  /**
   * The Vault Lock; undefined when none was asked for.
   */
  public readonly vaultLock?: BackupVaultLockConfiguration;

  /**
   * The notifications; undefined when no topic was given.
   */
  public readonly vaultNotifications?: BackupVaultNotifications;

  /**
   * The day from which nobody can change the lock, `YYYY-MM-DD`; undefined without a lock in compliance mode.
   *
   * The Terraform JSON says it, too, in the comment of the lock.
   */
  public readonly dateOfNoReturn?: string;

  /**
   * Name of the vault, as a reference: what uses it is made after the vault.
   */
  public readonly backupVaultName: string;

  private readonly declared: DeclaredBackupVault;

  /**
   * @param scope parent
   * @param id construct id
   * @param props properties
   * @throws ValidationError when AWS Backup would refuse what is declared, with every finding at once
   */
  constructor(scope: Construct, id: string, props: VaultProps) {
    super(scope, id);
    this.declared = declaredVault(this, props);
    refuse(this, check(this.declared, props), props.waivers);

    const common = { provider: props.provider, lifecycle: { preventDestroy: props.preventDestroy ?? true } };
    if (props.encryptionKeyArn === undefined) {
      this.encryptionKey = new KmsKey(this, 'Key', {
        ...common,
        description: `Encrypts the recovery points of the backup vault ${props.backupVaultName}`,
        enableKeyRotation: true,
        deletionWindowInDays: KEY_DELETION_WINDOW_DAYS,
        tags: props.tags,
      });
    }
    this.encryptionKeyArn = props.encryptionKeyArn ?? this.encryptionKey!.arn;
    this.backupVault = new BackupVault(this, 'Resource', {
      ...common,
      name: props.backupVaultName,
      kmsKeyArn: this.encryptionKeyArn,
      tags: props.tags,
    });
    this.backupVaultName = this.backupVault.name;
    annotateTemplate(this.backupVault, props.waivers);

    const { backupVaultName } = this;
    if (props.vaultLock !== undefined) {
      this.vaultLock = new BackupVaultLockConfiguration(this, 'Lock', {
        ...common,
        ...this.declared.vaultLock,
        backupVaultName,
      });
      this.dateOfNoReturn = dateOfNoReturn(props);
      this.sayWhenLockBecomesPermanent(props);
    }
    if (this.declared.notifications !== undefined) {
      this.vaultNotifications = new BackupVaultNotifications(this, 'Notifications', {
        ...this.declared.notifications,
        backupVaultName,
        provider: props.provider,
      });
    }
    // Last made, as it denies what the others need for being made; so it is the first that a destroy meets.
    const before = [this.vaultLock, this.vaultNotifications].filter((resource) => resource !== undefined);
    this.vaultPolicy = new BackupVaultPolicy(this, 'Policy', {
      ...common,
      backupVaultName,
      policy: renderPolicy(this.declared.accessPolicy),
      dependsOn: before.length === 0 ? undefined : before,
    });
    declareVault(this, this.declared);
  }

  /**
   * ARN of the vault, as a reference: what uses it is made after the vault.
   */
  public get backupVaultArn(): string {
    return this.backupVault.arn;
  }

  /**
   * Adds a statement to the access policy, e.g. one that lets another account copy into the vault.
   *
   * AWS Backup refuses actions with wildcards here, and a deny always wins over an allow.
   *
   * @param statement the statement, in the words of an IAM policy: `{ Effect: 'Allow', Principal: …, Action: … }`
   * @throws ValidationError when AWS Backup would refuse the statement
   */
  public addToAccessPolicy(statement: { [key: string]: any }): void {
    const document = this.declared.accessPolicy;
    document.Statement.push(statement);
    const place = `accessPolicy.Statement[${document.Statement.length - 1}]`;
    refuse(
      this,
      BackupVaultRules.check(this.declared, '', SYNTH).filter(({ path }) => path.startsWith(place)),
    );
    this.vaultPolicy.policy = renderPolicy(document);
  }

  private sayWhenLockBecomesPermanent(props: VaultProps): void {
    const { dateOfNoReturn: day } = this;
    if (this.vaultLock !== undefined && day !== undefined) {
      annotateTemplate(this.vaultLock, [], { dateOfNoReturn: day, ...props.complianceAcknowledgement });
    }
  }
}

function declaredVault(scope: Construct, props: VaultProps): DeclaredBackupVault {
  const { notificationTopicArn: snsTopicArn, notificationEvents = NOTIFICATION_EVENTS } = props;
  return {
    backupVaultName: props.backupVaultName,
    env: environmentOf(scope, props.provider),
    encryptionKeyArn: props.encryptionKeyArn ?? LATER,
    accessPolicy: VaultPolicies.denyDelete({ breakGlassPrincipalArns: props.breakGlassPrincipalArns }),
    // As lib, where CloudFormation demands a lower bound; a day is what AWS Backup has for none, as no retention is shorter.
    vaultLock: props.vaultLock && { ...props.vaultLock, minRetentionDays: props.vaultLock.minRetentionDays ?? 1 },
    notifications: snsTopicArn === undefined ? undefined : { snsTopicArn, backupVaultEvents: notificationEvents },
    tags: props.tags,
    declaredAt: scope.node.path,
  };
}

function check(declared: DeclaredBackupVault, props: VaultProps): Finding[] {
  const acknowledgement = VaultLockRules.checkAcknowledgement(
    props.vaultLock ?? {},
    props.complianceAcknowledgement,
    'vaultLock',
    SYNTH,
  );
  return [
    ...BackupVaultRules.check(declared, '', SYNTH),
    ...acknowledgement.map((finding) => ({
      ...finding,
      path: finding.path.replace(OF_ACKNOWLEDGEMENT, ACKNOWLEDGEMENT),
    })),
  ];
}

function dateOfNoReturn(props: VaultProps): string | undefined {
  const { vaultLock, complianceAcknowledgement } = props;
  return vaultLock === undefined || complianceAcknowledgement === undefined
    ? undefined
    : VaultLockRules.dateOfNoReturn(vaultLock, complianceAcknowledgement.deployedOn);
}
