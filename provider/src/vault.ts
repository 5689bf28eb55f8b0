import { BackupVault } from '@cdktf/provider-aws/lib/backup-vault';
import { BackupVaultLockConfiguration } from '@cdktf/provider-aws/lib/backup-vault-lock-configuration';
import { BackupVaultNotifications } from '@cdktf/provider-aws/lib/backup-vault-notifications';
import { BackupVaultPolicy } from '@cdktf/provider-aws/lib/backup-vault-policy';
import { KmsKey } from '@cdktf/provider-aws/lib/kms-key';
import { SnsTopic } from '@cdktf/provider-aws/lib/sns-topic';
import { SnsTopicSubscription } from '@cdktf/provider-aws/lib/sns-topic-subscription';
import { BackupVaultRules, BackupVault as DeclaredBackupVault, VaultCopySource, VaultKeyType } from '@holdfast/model';
import { dependable, TerraformOutput, TerraformProvider } from 'cdktf';
import { Construct } from 'constructs';
import { declareVault } from './private/declarations';
import {
  checkVault,
  dateOfNoReturn,
  declaredVault,
  encryptionOf,
  eventsOf,
  importedVault,
  policyOf,
  vaultByArn,
} from './private/declare-vault';
import { ownTopic, subscribeToFailures } from './private/failure-notifications';
import { accountOf, partitionOf, regionOf } from './private/place';
import { annotateTemplate, refuse } from './private/refuse';
import { LATER, SYNTH } from './private/token-values';
import { ownKey } from './private/vault-key';
import { VaultPolicy } from './private/vault-policy';
import { VaultAttributes } from './vault-attributes';
import { VaultCopyTarget } from './vault-copy-target';
import { VaultFailureSubscriptionProps, VaultProps } from './vault-props';

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
 * A backup vault that nobody can quietly empty.
 *
 * Its access policy denies everybody, but for the break-glass principals, whatever deletes recovery points or shortens
 * their life; a key of its own encrypts. With a Vault Lock the retention of its recovery points has bounds, too.
 *
 * `prevent_destroy` makes Terraform refuse every plan that would destroy or replace the vault, its key, its lock or its
 * policy. It does not help where the construct itself leaves the app, as Terraform then reads it no longer: there it is
 * AWS Backup that refuses to delete a vault with recovery points in it, unless `forceDestroy` was set, and the
 * policy, which a destroy meets first.
 */
export class Vault extends Construct implements IVault {
  /**
   * A vault that is not of this app, by ARN.
   *
   * @param backupVaultArn ARN of the vault
   */
  public static fromBackupVaultArn(backupVaultArn: string): IVault {
    return vaultByArn(backupVaultArn);
  }

  /**
   * A vault that exists in the account and Region of a provider, by its name. Nothing is known of it, and nothing is said.
   *
   * @param scope parent of the data sources that tell what the provider does not say
   * @param id construct id
   * @param backupVaultName name of the vault
   * @param provider the provider; by default the stack's AWS provider without an alias
   */
  public static fromBackupVaultName(
    scope: Construct,
    id: string,
    backupVaultName: string,
    provider?: TerraformProvider,
  ): IVault {
    const at = new Construct(scope, id);
    const place = `${partitionOf(at, provider)}:backup:${regionOf(at, provider)}:${accountOf(at, provider)}`;
    return { backupVaultName, backupVaultArn: `arn:${place}:backup-vault:${backupVaultName}` };
  }

  /**
   * A vault that exists, with what is known of it: plans are held against its lock, key and policy as if it were made here.
   *
   * @param scope parent
   * @param id construct id
   * @param attributes what is known
   * @throws ValidationError when no vault can be like that
   */
  public static fromBackupVaultAttributes(scope: Construct, id: string, attributes: VaultAttributes): IVault {
    return importedVault(scope, id, attributes);
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
   * The key made for the vault; undefined when another was given, and where it is `aws/backup`.
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
   * The day from which nobody can change the lock, `YYYY-MM-DD`; undefined without a lock in compliance mode.
   *
   * The Terraform JSON says it, too, in the comment of the lock and, unless asked not to, as an output of the stack.
   */
  public readonly dateOfNoReturn?: string;

  /**
   * Name of the vault, as a reference: what uses it is made after the vault.
   */
  public readonly backupVaultName: string;

  private readonly declared: DeclaredBackupVault;

  /** As the rules see it; it grows. */
  private readonly accessPolicy: VaultPolicy;

  private readonly props: VaultProps;
  private notifications?: BackupVaultNotifications;
  private topic?: SnsTopic;

  /**
   * @param scope parent
   * @param id construct id
   * @param props properties
   * @throws ValidationError when AWS Backup would refuse what is declared, with every finding at once
   */
  constructor(scope: Construct, id: string, props: VaultProps) {
    super(scope, id);
    this.props = props;
    this.accessPolicy = policyOf(this, props);
    this.declared = declaredVault(this, props, this.accessPolicy);
    refuse(this, checkVault(this.declared, props, this.accessPolicy), props.waivers);

    const encryption = encryptionOf(props);
    const { tags } = this.declared;
    this.encryptionKey = ownKey(this, encryption, { ...props, tags });
    const isOfAws = encryption.keyType === VaultKeyType.AWS_MANAGED;
    const kmsKeyArn = isOfAws ? undefined : (encryption.encryptionKeyArn ?? this.encryptionKey?.arn);
    this.backupVault = new BackupVault(this, 'Resource', {
      ...this.kept(),
      name: props.backupVaultName,
      kmsKeyArn,
      forceDestroy: props.forceDestroy,
      tags,
    });
    this.encryptionKeyArn = kmsKeyArn ?? this.backupVault.kmsKeyArn;
    this.backupVaultName = this.backupVault.name;
    annotateTemplate(this.backupVault, props.waivers);
    this.vaultLock = this.locked();
    this.dateOfNoReturn = dateOfNoReturn(this.declared, props);
    this.notifications = this.notified(this.declared.notifications);
    this.vaultPolicy = this.protect();
    this.tellDateOfNoReturn();
    declareVault(this, this.declared);
  }

  /**
   * ARN of the vault, as a reference: what uses it is made after the vault.
   */
  public get backupVaultArn(): string {
    return this.backupVault.arn;
  }

  /**
   * The notifications; undefined where the vault has no topic.
   */
  public get vaultNotifications(): BackupVaultNotifications | undefined {
    return this.notifications;
  }

  /**
   * The topic that the vault made for `notifyFailures`; undefined where it made none.
   */
  public get notificationTopic(): SnsTopic | undefined {
    return this.topic;
  }

  /**
   * Adds a statement to the access policy.
   *
   * AWS Backup refuses actions with wildcards here, and a deny always wins over an allow. For copies there are
   * `allowCopiesFrom` and `allowCopiesTo`.
   *
   * @param statement the statement, in the words of an IAM policy: `{ Effect: 'Allow', Principal: …, Action: … }`
   * @throws ValidationError when AWS Backup would refuse the statement
   */
  public addToAccessPolicy(statement: { [key: string]: any }): void {
    this.refuseAt(`accessPolicy.Statement[${this.accessPolicy.add(statement)}]`);
  }

  /**
   * Lets somebody copy into the vault, as if it had been named in `copiesInFrom`: all who are not named are kept out.
   *
   * @param source who may
   * @throws ValidationError when there can be no such source
   */
  public allowCopiesFrom(source: VaultCopySource): void {
    this.accessPolicy.allowCopiesFrom(source);
    refuse(this, this.accessPolicy.check(), this.props.waivers);
  }

  /**
   * Lets copies go somewhere, as if it had been named in `copiesOutTo`: they go nowhere that is not named.
   *
   * @param target where to
   * @throws ValidationError when there can be no such target
   */
  public allowCopiesTo(target: VaultCopyTarget): void {
    this.accessPolicy.allowCopiesTo(target);
    refuse(this, this.accessPolicy.check(), this.props.waivers);
  }

  /**
   * Tells somebody what failed in the vault, and nothing else: jobs that ended without success, copies that failed, what
   * failed inside of a job.
   *
   * Without a `notificationTopicArn` the first call makes a topic, under a key of its own. On a topic that was given, the
   * filter is for this subscription alone.
   *
   * @param id construct id, within the vault
   * @param subscription whom to tell
   * @throws ValidationError when AWS Backup would refuse the events
   */
  public notifyFailures(id: string, subscription: VaultFailureSubscriptionProps): SnsTopicSubscription {
    const { notificationTopicArn, backupVaultName, provider } = this.props;
    const topicArn = notificationTopicArn ?? (this.topic ?? this.notifiedTopic(backupVaultName)).arn;
    return subscribeToFailures(this, id, topicArn, subscription, provider);
  }

  private notifiedTopic(backupVaultName: string): SnsTopic {
    // Of a topic that is made, nothing is known but that it is there.
    const notifications = { snsTopicArn: LATER, backupVaultEvents: eventsOf(this.props) };
    this.refuseAt('notifications', { ...this.declared, notifications });
    const topic = (this.topic = ownTopic(this, backupVaultName, this.props.provider));
    const made = (this.notifications = this.notified({ ...notifications, snsTopicArn: topic.arn })!);
    this.vaultPolicy.dependsOn = [...(this.vaultPolicy.dependsOn ?? []), dependable(made)];
    return topic;
  }

  /** Refuses what the rules find at one place of what was added since. */
  private refuseAt(place: string, declared: DeclaredBackupVault = this.declared): void {
    const findings = BackupVaultRules.check(declared, '', SYNTH).filter(({ path }) => path.startsWith(place));
    refuse(this, findings, this.props.waivers);
  }

  private kept() {
    const { provider, preventDestroy = true } = this.props;
    return { provider, lifecycle: { preventDestroy } };
  }

  private locked(): BackupVaultLockConfiguration | undefined {
    const { backupVaultName, declared } = this;
    return declared.vaultLock === undefined
      ? undefined
      : new BackupVaultLockConfiguration(this, 'Lock', { ...this.kept(), ...declared.vaultLock, backupVaultName });
  }

  private notified(notifications: DeclaredBackupVault['notifications']): BackupVaultNotifications | undefined {
    const { backupVaultName, props } = this;
    return notifications === undefined
      ? undefined
      : new BackupVaultNotifications(this, 'Notifications', {
          ...notifications,
          backupVaultName,
          provider: props.provider,
        });
  }

  /** Last made, as it denies what the others need for being made; so it is the first that a destroy meets. */
  private protect(): BackupVaultPolicy {
    const before = [this.vaultLock, this.notifications].filter((resource) => resource !== undefined);
    const made = new BackupVaultPolicy(this, 'Policy', {
      ...this.kept(),
      backupVaultName: this.backupVaultName,
      policy: this.accessPolicy.render(),
      dependsOn: before.length === 0 ? undefined : before,
    });
    this.accessPolicy.keepOn(made);
    return made;
  }

  private tellDateOfNoReturn(): void {
    const { dateOfNoReturn: value, vaultLock, props } = this;
    if (vaultLock === undefined || value === undefined) {
      return;
    }
    annotateTemplate(vaultLock, [], { dateOfNoReturn: value, ...props.complianceAcknowledgement });
    if (props.outputDateOfNoReturn ?? true) {
      const description = `The day from which nobody can change the lock of the backup vault ${props.backupVaultName}`;
      new TerraformOutput(this, 'DateOfNoReturn', { value, description });
    }
  }
}
