import { BackupVault } from '@cdktf/provider-aws/lib/backup-vault';
import { BackupVaultLockConfiguration } from '@cdktf/provider-aws/lib/backup-vault-lock-configuration';
import { BackupVaultNotifications } from '@cdktf/provider-aws/lib/backup-vault-notifications';
import { BackupVaultPolicy } from '@cdktf/provider-aws/lib/backup-vault-policy';
import { KmsKey } from '@cdktf/provider-aws/lib/kms-key';
import {
  BackupVaultRules,
  ComplianceAcknowledgement,
  BackupVault as DeclaredVault,
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
import { refuse } from './private/refuse';
import { SYNTH } from './private/token-values';

/** As long as KMS allows: until then whoever sees a deletion may cancel it. */
const KEY_DELETION_WINDOW_DAYS = 30;

/**
 * Every supported event that tells of a failure; BACKUP_JOB_COMPLETED covers failed and expired jobs too.
 *
 * Source B7.3/1.
 */
const NOTIFICATION_EVENTS = [
  'BACKUP_JOB_COMPLETED',
  'CONTINUOUS_BACKUP_INTERRUPTED',
  'COPY_JOB_FAILED',
  'RESTORE_JOB_COMPLETED',
];

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
    const accessPolicy = VaultPolicies.denyDelete({ breakGlassPrincipalArns: props.breakGlassPrincipalArns });
    const declaration = declare(this, props, accessPolicy);
    refuse(this, check(declaration, props), props.waivers);

    const { provider } = props;
    const lifecycle = { preventDestroy: props.preventDestroy ?? true };
    if (props.encryptionKeyArn === undefined) {
      this.encryptionKey = new KmsKey(this, 'Key', {
        description: `Recovery points of the backup vault ${props.backupVaultName}`,
        enableKeyRotation: true,
        deletionWindowInDays: KEY_DELETION_WINDOW_DAYS,
        tags: props.tags,
        lifecycle,
        provider,
      });
    }
    this.encryptionKeyArn = props.encryptionKeyArn ?? this.encryptionKey!.arn;
    this.backupVault = new BackupVault(this, 'Resource', {
      name: props.backupVaultName,
      kmsKeyArn: this.encryptionKeyArn,
      tags: props.tags,
      lifecycle,
      provider,
    });
    this.backupVaultName = this.backupVault.name;
    this.backupVaultArn = this.backupVault.arn;
    declareVault(this, declaration);

    const backupVaultName = this.backupVaultName;
    if (props.vaultLock !== undefined) {
      this.vaultLock = new BackupVaultLockConfiguration(this, 'Lock', {
        backupVaultName,
        ...props.vaultLock,
        lifecycle,
        provider,
      });
      this.dateOfNoReturn = dateOfNoReturn(props.vaultLock, props.complianceAcknowledgement);
    }
    if (declaration.notifications !== undefined) {
      this.vaultNotifications = new BackupVaultNotifications(this, 'Notifications', {
        backupVaultName,
        ...declaration.notifications,
        provider,
      });
    }
    // Last: the policy denies what the resources before it need for being made, and is the first that a destroy meets.
    this.vaultPolicy = new BackupVaultPolicy(this, 'Policy', {
      backupVaultName,
      policy: renderPolicy(accessPolicy, props.breakGlassPrincipalArns),
      dependsOn: [this.vaultLock, this.vaultNotifications].filter((before) => before !== undefined),
      lifecycle,
      provider,
    });
  }
}

function declare(scope: Construct, props: VaultProps, accessPolicy: unknown): DeclaredVault {
  return {
    backupVaultName: props.backupVaultName,
    env: environmentOf(scope, props.provider),
    encryptionKeyArn: props.encryptionKeyArn,
    accessPolicy,
    vaultLock: props.vaultLock,
    notifications:
      props.notificationTopicArn === undefined
        ? undefined
        : {
            snsTopicArn: props.notificationTopicArn,
            backupVaultEvents: props.notificationEvents ?? NOTIFICATION_EVENTS,
          },
    tags: props.tags,
    declaredAt: scope.node.path,
  };
}

function check(declaration: DeclaredVault, props: VaultProps): Finding[] {
  const found = BackupVaultRules.check(declaration, '', SYNTH);
  return props.vaultLock === undefined
    ? found
    : [
        ...found,
        ...VaultLockRules.checkAcknowledgement(props.vaultLock, props.complianceAcknowledgement, 'vaultLock', SYNTH),
      ];
}

/** Nothing without an acknowledgement, and nothing while a token hides one of the two dates. */
function dateOfNoReturn(vaultLock: VaultLock, acknowledgement?: ComplianceAcknowledgement): string | undefined {
  if (acknowledgement === undefined || vaultLock.changeableForDays === undefined) {
    return undefined;
  }
  const known = SYNTH.known(acknowledgement.deployedOn) && SYNTH.known(vaultLock.changeableForDays);
  return known ? VaultLockRules.dateOfNoReturn(vaultLock, acknowledgement.deployedOn) : undefined;
}

/** A list that is known only to Terraform can be laid into text only by Terraform. */
function renderPolicy(document: unknown, breakGlassPrincipalArns: string[] = []): string {
  return Token.isUnresolved(breakGlassPrincipalArns) ? Fn.jsonencode(document) : JSON.stringify(document);
}
