import { BackupVault, BackupVaultRules, VaultCopySource, Waiver } from '@holdfast/model';
import * as backup from 'aws-cdk-lib/aws-backup';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as sns from 'aws-cdk-lib/aws-sns';
import { CfnOutput } from 'aws-cdk-lib/core';
import { propertyInjectable } from 'aws-cdk-lib/core/lib/prop-injectable';
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
} from './private/declare-vault';
import { letPublish, ownTopic, subscribeToFailures } from './private/failure-notifications';
import { annotateTemplate, refuse } from './private/refuse';
import { SYNTH } from './private/token-values';
import { customerKey } from './private/vault-key';
import { VaultPolicy } from './private/vault-policy';
import { VaultAttributes } from './vault-attributes';
import { VaultCopyTarget } from './vault-copy-target';
import { VaultProps } from './vault-props';

/** What the L2 calls the key of a vault to which it gives none. */
const AWS_BACKUP_KEY = 'alias/aws/backup';

/**
 * A backup vault that nobody can quietly empty.
 *
 * Its access policy denies everybody, but for the break-glass roles, whatever deletes recovery points or shortens their
 * life; a key of its own encrypts; vault and key stay when the stack goes. With a Vault Lock the retention of its
 * recovery points has bounds, and nobody deletes them early whatever the policy says.
 */
@propertyInjectable
export class Vault extends Construct {
  /**
   * Under this id `PropertyInjectors.of(scope)` takes what injects properties.
   */
  public static readonly PROPERTY_INJECTION_ID: string = '@holdfast/cdk.Vault';

  /**
   * A vault that exists, by its ARN. Nothing is known of it, and nothing is said.
   *
   * @param scope parent
   * @param id construct id
   * @param backupVaultArn ARN of the vault; may be of another Region or account
   */
  public static fromBackupVaultArn(scope: Construct, id: string, backupVaultArn: string): backup.IBackupVault {
    return backup.BackupVault.fromBackupVaultArn(scope, id, backupVaultArn);
  }

  /**
   * A vault that exists in the account and Region of the stack, by its name. Nothing is known of it, and nothing is said.
   *
   * @param scope parent
   * @param id construct id
   * @param backupVaultName name of the vault
   */
  public static fromBackupVaultName(scope: Construct, id: string, backupVaultName: string): backup.IBackupVault {
    return backup.BackupVault.fromBackupVaultName(scope, id, backupVaultName);
  }

  /**
   * A vault that exists, with what is known of it: plans are held against its lock, key and policy as if it were made here.
   *
   * @param scope parent
   * @param id construct id
   * @param attributes what is known
   * @throws ValidationError when no vault can be like that
   */
  public static fromBackupVaultAttributes(
    scope: Construct,
    id: string,
    attributes: VaultAttributes,
  ): backup.IBackupVault {
    return importedVault(scope, id, attributes);
  }

  /**
   * The vault, for `PlanRuleProps.vault`, `CopyDestination.vault` and whatever else takes a vault.
   */
  public readonly backupVault: backup.IBackupVault;

  /**
   * The key that encrypts the recovery points; an alias where it is `aws/backup`.
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
   *
   * The template says it, too, in the `Metadata` of the vault and, unless asked not to, as an output.
   */
  public readonly dateOfNoReturn?: string;

  private readonly resource: backup.CfnBackupVault;

  /** As the rules see it; its policy grows. */
  private readonly declared: BackupVault;

  private readonly policy: VaultPolicy;
  private readonly waivers?: Waiver[];
  private readonly notificationEvents: string[];
  private topic?: sns.ITopic;

  /**
   * @param scope parent
   * @param id construct id
   * @param props properties
   * @throws ValidationError when AWS Backup would refuse what is declared, with every finding at once
   */
  constructor(scope: Construct, id: string, props: VaultProps) {
    super(scope, id);
    this.policy = policyOf(this, props);
    this.declared = declaredVault(this, props, this.policy);
    this.waivers = props.waivers;
    refuse(this, checkVault(this.declared, props, this.policy), props.waivers);

    const { backupVaultName, removalPolicy, notificationTopic } = props;
    const { tags } = this.declared;
    const encryptionKey = customerKey(this, encryptionOf(props), { backupVaultName, removalPolicy, tags });
    this.encryptionKey = encryptionKey ?? kms.Alias.fromAliasName(this, 'Key', AWS_BACKUP_KEY);
    this.notificationEvents = eventsOf(props);
    this.topic = notificationTopic;
    const made = { backupVaultName, encryptionKey, notificationTopic, removalPolicy };
    this.backupVault = new backup.BackupVault(this, 'Resource', made);
    this.resource = this.backupVault.node.defaultChild as backup.CfnBackupVault;
    this.backupVaultName = this.backupVault.backupVaultName;
    this.backupVaultArn = this.backupVault.backupVaultArn;
    this.dateOfNoReturn = dateOfNoReturn(this.declared, props);
    this.render(props);
    declareVault(this.backupVault, this.declared);
  }

  /**
   * Topic that receives the events of the vault; undefined where there is none.
   */
  public get notificationTopic(): sns.ITopic | undefined {
    return this.topic;
  }

  /**
   * Adds a statement to the access policy.
   *
   * AWS Backup refuses actions with wildcards here, and a deny always wins over an allow. For copies there are
   * `allowCopiesFrom` and `allowCopiesTo`.
   *
   * @param statement the statement
   * @throws ValidationError when AWS Backup would refuse the statement
   */
  public addToAccessPolicy(statement: iam.PolicyStatement): void {
    this.refuseAt(`accessPolicy.Statement[${this.policy.add(statement)}]`);
  }

  /**
   * Lets somebody copy into the vault, as if it had been named in `copiesInFrom`: all who are not named are kept out.
   *
   * @param source who may
   * @throws ValidationError when there can be no such source
   */
  public allowCopiesFrom(source: VaultCopySource): void {
    this.policy.allowCopiesFrom(source);
    refuse(this, this.policy.check(), this.waivers);
  }

  /**
   * Lets copies go somewhere, as if it had been named in `copiesOutTo`: they go nowhere that is not named.
   *
   * @param target where to
   * @throws ValidationError when there can be no such target
   */
  public allowCopiesTo(target: VaultCopyTarget): void {
    this.policy.allowCopiesTo(target);
    refuse(this, this.policy.check(), this.waivers);
  }

  /**
   * Tells somebody what failed in the vault, and nothing else: jobs that ended without success, copies that failed, what
   * failed inside of a job.
   *
   * Without a `notificationTopic` the first call makes one, under a key of its own. On a topic that was given, the filter is
   * for this subscription alone.
   *
   * @param subscription whom to tell, e.g. an `EmailSubscription`
   * @throws ValidationError when AWS Backup would refuse the events
   */
  public notifyFailures(subscription: sns.ITopicSubscription): void {
    if (this.topic === undefined) {
      const { backupVaultName } = this.declared;
      const snsTopicArn = (this.topic = ownTopic(this, backupVaultName)).topicArn;
      const notifications = { snsTopicArn, backupVaultEvents: this.notificationEvents };
      this.refuseAt('notifications', { ...this.declared, notifications });
      letPublish(this.topic);
      this.resource.notifications = notifications;
    }
    subscribeToFailures(this.topic, subscription);
  }

  /** Refuses what the rules find at one place of what was added since. */
  private refuseAt(place: string, declared: BackupVault = this.declared): void {
    const findings = BackupVaultRules.check(declared, '', SYNTH).filter(({ path }) => path.startsWith(place));
    refuse(this, findings, this.waivers);
  }

  /** What the L2 has no property for, or refuses although AWS Backup takes it. */
  private render(props: VaultProps): void {
    const { resource, declared, dateOfNoReturn: value } = this;
    resource.accessPolicy = this.policy.render();
    resource.backupVaultTags = declared.tags;
    resource.lockConfiguration = declared.vaultLock as backup.CfnBackupVault.LockConfigurationTypeProperty | undefined;
    resource.notifications = declared.notifications;
    const facts = value === undefined ? {} : { dateOfNoReturn: value, ...props.complianceAcknowledgement };
    annotateTemplate(resource, props.waivers, facts);
    if (value !== undefined && props.outputDateOfNoReturn !== false) {
      const description = `The day from which nobody can change the lock of the backup vault ${declared.backupVaultName}`;
      new CfnOutput(this, 'DateOfNoReturn', { value, description });
    }
  }
}
