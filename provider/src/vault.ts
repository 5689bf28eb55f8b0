import { BackupVault } from '@cdktf/provider-aws/lib/backup-vault';
import { BackupVaultLockConfiguration } from '@cdktf/provider-aws/lib/backup-vault-lock-configuration';
import { BackupVaultNotifications } from '@cdktf/provider-aws/lib/backup-vault-notifications';
import { BackupVaultPolicy } from '@cdktf/provider-aws/lib/backup-vault-policy';
import { KmsKey } from '@cdktf/provider-aws/lib/kms-key';
import { ComplianceAcknowledgement, VaultLock, Waiver } from '@holdfast/model';
import { TerraformProvider } from 'cdktf';
import { Construct } from 'constructs';

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
 * Properties of a vault.
 */
export interface VaultProps {
  /**
   * Name of the vault, 2 to 50 letters, digits, `-` and `_`.
   */
  readonly backupVaultName: string;

  /**
   * ARN of the key that encrypts the recovery points.
   *
   * @default - a customer managed key of its own, rotated every year
   */
  readonly encryptionKeyArn?: string;

  /**
   * The Vault Lock.
   *
   * @default - not locked
   */
  readonly vaultLock?: VaultLock;

  /**
   * Says that the author knows from when on nobody can remove the lock; asked for as soon as
   * `vaultLock.changeableForDays` is set.
   *
   * @default - none: a lock in compliance mode is refused
   */
  readonly complianceAcknowledgement?: ComplianceAcknowledgement;

  /**
   * ARNs of the principals that the access policy lets delete recovery points all the same.
   *
   * @default - nobody
   */
  readonly breakGlassPrincipalArns?: string[];

  /**
   * ARN of the SNS topic that is told of the vault's events.
   *
   * @default - no notifications
   */
  readonly notificationTopicArn?: string;

  /**
   * The events that the topic is told of.
   *
   * @default - what tells of failures
   */
  readonly notificationEvents?: string[];

  /**
   * Whether Terraform refuses a plan that would destroy the vault.
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
   * Findings that the author accepts.
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
 */
export class Vault extends Construct implements IVault {
  /**
   * The vault.
   */
  public readonly backupVault: BackupVault;

  /**
   * The key made for the vault; none when `encryptionKeyArn` was given.
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
   * The Vault Lock, when one was asked for.
   */
  public readonly vaultLock?: BackupVaultLockConfiguration;

  /**
   * The notifications, when a topic was given.
   */
  public readonly vaultNotifications?: BackupVaultNotifications;

  /**
   * The day, `YYYY-MM-DD`, from which on nobody can remove the lock; none in governance mode.
   */
  public readonly dateOfNoReturn?: string;

  public readonly backupVaultName: string;

  public readonly backupVaultArn: string;

  constructor(scope: Construct, id: string, props: VaultProps) {
    super(scope, id);
    this.backupVault = new BackupVault(this, 'Resource', { name: props.backupVaultName });
    this.encryptionKeyArn = props.encryptionKeyArn ?? '';
    this.vaultPolicy = new BackupVaultPolicy(this, 'Policy', { backupVaultName: this.backupVault.name, policy: '{}' });
    this.backupVaultName = this.backupVault.name;
    this.backupVaultArn = this.backupVault.arn;
  }
}
