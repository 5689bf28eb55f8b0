import { ComplianceAcknowledgement, VaultLock, Waiver } from '@holdfast/model';
import * as backup from 'aws-cdk-lib/aws-backup';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as sns from 'aws-cdk-lib/aws-sns';
import { RemovalPolicy } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';

/**
 * Properties of a `Vault`.
 */
export interface VaultProps {
  /**
   * Name of the vault, 2 to 50 letters, digits, `-` and `_`. Cannot be changed later.
   */
  readonly backupVaultName: string;

  /**
   * Key that encrypts copies and the recovery points of fully managed services. Cannot be changed later.
   *
   * @default - a key of its own, rotated every year
   */
  readonly encryptionKey?: kms.IKey;

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
   * Roles that the access policy exempts, for an emergency.
   *
   * @default - none: nobody may delete recovery points or weaken the vault
   */
  readonly breakGlassRoles?: iam.IRole[];

  /**
   * Standard topic of the same account that receives the events of the vault.
   *
   * @default - no notifications
   */
  readonly notificationTopic?: sns.ITopic;

  /**
   * Events that are sent to the topic, e.g. `BACKUP_JOB_COMPLETED`.
   *
   * @default - the supported events that tell of an ended backup or restore, and of each failure
   */
  readonly notificationEvents?: string[];

  /**
   * What becomes of the vault, and of a key that it made, when they leave the stack.
   *
   * @default RemovalPolicy.RETAIN
   */
  readonly removalPolicy?: RemovalPolicy;

  /**
   * Tags of the vault.
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
}

/**
 * A backup vault that nobody can quietly empty.
 */
export class Vault extends Construct {
  /**
   * The vault.
   */
  public readonly backupVault: backup.IBackupVault;

  /**
   * The key that encrypts the recovery points.
   */
  public readonly encryptionKey: kms.IKey;

  /**
   * Name of the vault.
   */
  public readonly backupVaultName: string;

  /**
   * ARN of the vault.
   */
  public readonly backupVaultArn: string;

  /**
   * The day from which nobody can change the lock, `YYYY-MM-DD`; undefined without a lock in compliance mode.
   */
  public readonly dateOfNoReturn?: string;

  constructor(scope: Construct, id: string, props: VaultProps) {
    super(scope, id);
    this.encryptionKey = props.encryptionKey ?? new kms.Key(this, 'Key', { enableKeyRotation: true });
    this.backupVault = new backup.BackupVault(this, 'Resource', {
      backupVaultName: props.backupVaultName,
      encryptionKey: this.encryptionKey,
    });
    this.backupVaultName = this.backupVault.backupVaultName;
    this.backupVaultArn = this.backupVault.backupVaultArn;
  }
}
