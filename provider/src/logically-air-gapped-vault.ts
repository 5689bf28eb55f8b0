import { BackupLogicallyAirGappedVault } from '@cdktf/provider-aws/lib/backup-logically-air-gapped-vault';
import { BackupVaultNotifications } from '@cdktf/provider-aws/lib/backup-vault-notifications';
import { BackupVaultPolicy } from '@cdktf/provider-aws/lib/backup-vault-policy';
import { KmsKey } from '@cdktf/provider-aws/lib/kms-key';
import { RamPrincipalAssociation } from '@cdktf/provider-aws/lib/ram-principal-association';
import { RamResourceAssociation } from '@cdktf/provider-aws/lib/ram-resource-association';
import { RamResourceShare } from '@cdktf/provider-aws/lib/ram-resource-share';
import { SnsTopic } from '@cdktf/provider-aws/lib/sns-topic';
import { SnsTopicSubscription } from '@cdktf/provider-aws/lib/sns-topic-subscription';
import {
  LogicallyAirGappedVault as Declared,
  Finding,
  LogicallyAirGappedVaultRules,
  VaultCopySource,
  VaultEncryptionRules,
  VaultEvents,
  VaultKeyType,
  VaultShareRules,
} from '@holdfast/model';
import { dependable, TerraformOutput } from 'cdktf';
import { Construct } from 'constructs';
import { LogicallyAirGappedVaultProps, LogicallyAirGappedVaultShareProps } from './logically-air-gapped-vault-props';
import { checkAwsProvider } from './private/aws-provider';
import { declareAirGappedVault } from './private/declarations';
import { importedAirGappedVault, keyArn } from './private/declare-vault';
import { environmentOf } from './private/environment';
import { knownEvents, ownTopic, subscribeToFailures } from './private/failure-notifications';
import { annotateTemplate, refuse } from './private/refuse';
import { LATER, SYNTH } from './private/token-values';
import { ownKey } from './private/vault-key';
import { VaultPolicy } from './private/vault-policy';
import { IVault } from './vault';
import { LogicallyAirGappedVaultAttributes } from './vault-attributes';
import { VaultCopyTarget } from './vault-copy-target';
import { VaultEncryption } from './vault-encryption';
import { VaultFailureSubscriptionProps } from './vault-props';

/**
 * A vault whose points lie outside of the account: nobody in it, the root user included, can delete them early, and they can
 * be restored from elsewhere even when the account is lost.
 *
 * It is locked in compliance mode from its creation. Plans that back up or copy into it are held against its bounds, its key
 * and its policy.
 */
export class LogicallyAirGappedVault extends Construct implements IVault {
  /**
   * A vault that exists, with what is known of it: plans are held against its bounds, key and policy as if it were made here.
   *
   * @param scope parent
   * @param id construct id
   * @param attributes what is known
   * @throws ValidationError when no vault can be like that
   */
  public static fromBackupVaultAttributes(
    scope: Construct,
    id: string,
    attributes: LogicallyAirGappedVaultAttributes,
  ): IVault {
    return importedAirGappedVault(scope, id, attributes);
  }

  /**
   * The vault.
   */
  public readonly backupVault: BackupLogicallyAirGappedVault;

  /**
   * The key made for the vault; undefined where AWS owns the key, or another was given.
   */
  public readonly encryptionKey?: KmsKey;

  /**
   * ARN of the customer managed key that encrypts the recovery points; undefined where AWS owns the key.
   */
  public readonly encryptionKeyArn?: string;

  /**
   * The access policy.
   */
  public readonly vaultPolicy: BackupVaultPolicy;

  /**
   * Name of the vault, as a reference: what uses it is made after the vault.
   */
  public readonly backupVaultName: string;

  /**
   * ARN of the vault, as a reference: what uses it is made after the vault.
   */
  public readonly backupVaultArn: string;

  /**
   * The day from which nobody can change the bounds, `YYYY-MM-DD`: that of the deployment.
   *
   * The Terraform JSON says it, too, in the comment of the vault and, unless asked not to, as an output of the stack.
   */
  public readonly dateOfNoReturn: string;

  /** As the rules see it; its policy grows. */
  private readonly declared: Declared;

  private readonly accessPolicy: VaultPolicy;
  private readonly props: LogicallyAirGappedVaultProps;
  private notifications?: BackupVaultNotifications;
  private topic?: SnsTopic;

  /**
   * @param scope parent
   * @param id construct id
   * @param props properties
   * @throws ValidationError when AWS Backup would refuse what is declared, or the AWS provider of the stack does not know it,
   * with every finding at once
   */
  constructor(scope: Construct, id: string, props: LogicallyAirGappedVaultProps) {
    super(scope, id);
    this.props = props;
    this.accessPolicy = new VaultPolicy(this, { ...props, logicallyAirGapped: true });
    const encryption = props.encryption ?? VaultEncryption.awsOwned();
    this.declared = declaredVault(this, props, encryption, this.accessPolicy);
    refuse(this, [...check(this, this.declared, props, encryption), ...this.accessPolicy.check()], props.waivers);

    this.encryptionKey = ownKey(this, encryption, props);
    this.encryptionKeyArn = encryption.encryptionKeyArn ?? this.encryptionKey?.arn;
    this.backupVault = this.made();
    this.backupVaultName = this.backupVault.name;
    this.backupVaultArn = this.backupVault.arn;
    this.notifications = this.notified(this.declared.notifications);
    this.vaultPolicy = this.protect();
    this.dateOfNoReturn = props.complianceAcknowledgement?.deployedOn ?? '';
    this.tellDateOfNoReturn();
    declareAirGappedVault(this, this, this.declared, this.backupVaultArn);
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
   * Shares the vault with accounts, which then look into it and restore from it; they cannot copy out of it.
   *
   * The owner can end the share at any time; an approval team serves better for the day on which the owner is lost.
   *
   * @param id construct id, within the vault
   * @param props with whom
   * @returns the resource share
   * @throws ValidationError when AWS would refuse the share
   */
  public share(id: string, props: LogicallyAirGappedVaultShareProps): RamResourceShare {
    const { accounts, allowExternalPrincipals = false, resourceShareName: name } = props;
    const findings = VaultShareRules.check({ accounts, allowExternalPrincipals }, this.declared.env, id, SYNTH);
    refuse(this, findings, this.props.waivers);
    const { provider, tags, backupVaultName } = this.props;
    const share = new RamResourceShare(this, id, {
      name: name ?? backupVaultName,
      allowExternalPrincipals,
      tags,
      provider,
    });
    const resourceShareArn = share.arn;
    new RamResourceAssociation(share, 'Vault', { resourceShareArn, resourceArn: this.backupVaultArn, provider });
    accounts.forEach((principal, index) => {
      // Accounts are known by their ids; those that only Terraform knows by their place.
      const named = SYNTH.known(principal) ? principal : String(index);
      new RamPrincipalAssociation(share, `Account-${named}`, { resourceShareArn, principal, provider });
    });
    return share;
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
    const { notificationTopicArn, provider } = this.props;
    const topicArn = notificationTopicArn ?? (this.topic ?? this.notifiedTopic()).arn;
    return subscribeToFailures(this, id, topicArn, subscription, provider);
  }

  private notifiedTopic(): SnsTopic {
    // Of a topic that is made, nothing is known but that it is there.
    const notifications = { snsTopicArn: LATER, backupVaultEvents: eventsOf(this.props) };
    this.refuseAt('notifications', { ...this.declared, notifications });
    const topic = (this.topic = ownTopic(this, this.props.backupVaultName, this.props.provider));
    const made = (this.notifications = this.notified({ ...notifications, snsTopicArn: topic.arn })!);
    this.vaultPolicy.dependsOn = [...(this.vaultPolicy.dependsOn ?? []), dependable(made)];
    return topic;
  }

  private kept() {
    const { provider, preventDestroy = true } = this.props;
    return { provider, lifecycle: { preventDestroy } };
  }

  private made(): BackupLogicallyAirGappedVault {
    const { declared, props } = this;
    const { createTimeoutMinutes: minutes } = props;
    const made = new BackupLogicallyAirGappedVault(this, 'Resource', {
      ...this.kept(),
      name: declared.backupVaultName,
      minRetentionDays: declared.minRetentionDays,
      maxRetentionDays: declared.maxRetentionDays,
      tags: declared.tags,
      timeouts: minutes === undefined ? undefined : { create: `${minutes}m` },
    });
    if (this.encryptionKeyArn !== undefined) {
      // The prebuilt provider of version 5 has no argument for it.
      made.addOverride('encryption_key_arn', this.encryptionKeyArn);
    }
    return made;
  }

  private notified(notifications: Declared['notifications']): BackupVaultNotifications | undefined {
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
    const made = new BackupVaultPolicy(this, 'Policy', {
      ...this.kept(),
      backupVaultName: this.backupVaultName,
      policy: this.accessPolicy.render(),
      dependsOn: this.notifications === undefined ? undefined : [this.notifications],
    });
    this.accessPolicy.keepOn(made);
    return made;
  }

  private tellDateOfNoReturn(): void {
    const { dateOfNoReturn: value, props } = this;
    const told = value !== '';
    const facts = told ? { dateOfNoReturn: value, ...props.complianceAcknowledgement } : {};
    annotateTemplate(this.backupVault, props.waivers, facts);
    if (told && (props.outputDateOfNoReturn ?? true)) {
      const description = `The day from which nobody can change the bounds of the backup vault ${props.backupVaultName}`;
      new TerraformOutput(this, 'DateOfNoReturn', { value, description });
    }
  }

  /** Refuses what the rules find at one place of what was added since. */
  private refuseAt(place: string, declared: Declared = this.declared): void {
    const findings = LogicallyAirGappedVaultRules.check(declared, '', SYNTH);
    refuse(
      this,
      findings.filter(({ path }) => path.startsWith(place)),
      this.props.waivers,
    );
  }
}

function eventsOf({ notificationEvents }: LogicallyAirGappedVaultProps): string[] {
  return notificationEvents ?? knownEvents(VaultEvents.ofFailures());
}

function declaredVault(
  scope: Construct,
  props: LogicallyAirGappedVaultProps,
  encryption: VaultEncryption,
  policy: VaultPolicy,
): Declared {
  const { notificationTopicArn: snsTopicArn } = props;
  return {
    backupVaultName: props.backupVaultName,
    env: environmentOf(scope, props.provider),
    minRetentionDays: props.minRetentionDays,
    maxRetentionDays: props.maxRetentionDays,
    encryptionKeyArn: keyArn(encryption),
    accessPolicy: policy.document,
    notifications: snsTopicArn === undefined ? undefined : { snsTopicArn, backupVaultEvents: eventsOf(props) },
    tags: props.tags,
    declaredAt: scope.node.path,
  };
}

function check(
  scope: Construct,
  declared: Declared,
  { complianceAcknowledgement: said }: LogicallyAirGappedVaultProps,
  { keyType }: VaultEncryption,
): Finding[] {
  const needsKey = keyType === VaultKeyType.CUSTOMER_MANAGED;
  return [
    ...LogicallyAirGappedVaultRules.check(declared, '', SYNTH),
    ...LogicallyAirGappedVaultRules.checkAcknowledgement(said, 'complianceAcknowledgement', SYNTH),
    ...VaultEncryptionRules.check({ keyType, logicallyAirGapped: true }, 'encryption', SYNTH),
    ...checkAwsProvider(scope, { 'logically-air-gapped-vault-key': needsKey ? 'encryption' : undefined }),
  ];
}
