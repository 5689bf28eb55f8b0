import {
  LogicallyAirGappedVault as Declared,
  LogicallyAirGappedVaultRules,
  VaultCopySource,
  VaultEncryptionRules,
  VaultEvents,
  VaultShareRules,
  Waiver,
} from '@holdfast/model';
import * as backup from 'aws-cdk-lib/aws-backup';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as ram from 'aws-cdk-lib/aws-ram';
import * as sns from 'aws-cdk-lib/aws-sns';
import { CfnOutput, RemovalPolicy } from 'aws-cdk-lib/core';
import { propertyInjectable } from 'aws-cdk-lib/core/lib/prop-injectable';
import { Construct } from 'constructs';
import { LogicallyAirGappedVaultProps, LogicallyAirGappedVaultShareProps } from './logically-air-gapped-vault-props';
import { declareAirGappedVault } from './private/declarations';
import { importedAirGappedVault, keyArn } from './private/declare-vault';
import { environmentOf } from './private/environment';
import { letPublish, ownTopic, subscribeToFailures } from './private/failure-notifications';
import { annotateTemplate, refuse } from './private/refuse';
import { SYNTH } from './private/token-values';
import { customerKey } from './private/vault-key';
import { VaultPolicy } from './private/vault-policy';
import { LogicallyAirGappedVaultAttributes } from './vault-attributes';
import { VaultCopyTarget } from './vault-copy-target';
import { VaultEncryption } from './vault-encryption';

/**
 * A vault whose points lie outside of the account: nobody in it, the root user included, can delete them early, and they can
 * be restored from elsewhere even when the account is lost.
 *
 * It is locked in compliance mode from its creation. Plans that back up or copy into it are held against its bounds, its key
 * and its policy.
 */
@propertyInjectable
export class LogicallyAirGappedVault extends Construct {
  /**
   * Under this id `PropertyInjectors.of(scope)` takes what injects properties.
   */
  public static readonly PROPERTY_INJECTION_ID: string = '@holdfast/cdk.LogicallyAirGappedVault';

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
  ): backup.IBackupVault {
    return importedAirGappedVault(scope, id, attributes);
  }

  /**
   * The vault, for `CopyDestination.vault` and whatever else takes a vault. A rule that backs up into it takes
   * `backupVaultArn`.
   */
  public readonly backupVault: backup.IBackupVault;

  /**
   * The customer managed key that encrypts the recovery points; undefined where AWS owns the key.
   */
  public readonly encryptionKey?: kms.IKey;

  /**
   * Name of the vault.
   */
  public readonly backupVaultName: string;

  /**
   * ARN of the vault, for `PlanRuleProps.targetLogicallyAirGappedBackupVaultArn`.
   */
  public readonly backupVaultArn: string;

  /**
   * The day from which nobody can change the bounds, `YYYY-MM-DD`: that of the deployment.
   *
   * The template says it, too, in the `Metadata` of the vault and, unless asked not to, as an output.
   */
  public readonly dateOfNoReturn: string;

  private readonly resource: backup.CfnLogicallyAirGappedBackupVault;

  /** As the rules see it; its policy grows. */
  private readonly declared: Declared;

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
  constructor(scope: Construct, id: string, props: LogicallyAirGappedVaultProps) {
    super(scope, id);
    const { copiesInFrom, copiesOutTo, breakGlassRoles, complianceAcknowledgement: said } = props;
    const env = environmentOf(this);
    this.policy = new VaultPolicy({ env, breakGlassRoles, copiesInFrom, copiesOutTo, logicallyAirGapped: true });
    const encryption = props.encryption ?? VaultEncryption.awsOwned();
    this.notificationEvents = props.notificationEvents ?? VaultEvents.ofFailures();
    this.declared = {
      backupVaultName: props.backupVaultName,
      env,
      minRetentionDays: props.minRetentionDays,
      maxRetentionDays: props.maxRetentionDays,
      encryptionKeyArn: keyArn(encryption),
      mpaApprovalTeamArn: props.mpaApprovalTeamArn,
      accessPolicy: this.policy.document,
      notifications: notifications(props.notificationTopic, this.notificationEvents),
      tags: props.tags,
      declaredAt: this.node.path,
    };
    this.waivers = props.waivers;
    const findings = [
      ...LogicallyAirGappedVaultRules.check(this.declared, '', SYNTH),
      ...LogicallyAirGappedVaultRules.checkAcknowledgement(said, 'complianceAcknowledgement', SYNTH),
      ...VaultEncryptionRules.check({ keyType: encryption.keyType, logicallyAirGapped: true }, 'encryption', SYNTH),
      ...this.policy.check(),
    ];
    refuse(this, findings, props.waivers);

    this.topic = props.notificationTopic;
    this.encryptionKey = customerKey(this, encryption, props);
    this.resource = this.made(props);
    this.backupVaultName = this.resource.ref;
    this.backupVaultArn = this.resource.attrBackupVaultArn;
    this.backupVault = backup.BackupVault.fromBackupVaultName(this, 'Imported', this.backupVaultName);
    this.dateOfNoReturn = said?.deployedOn ?? '';
    this.tellDateOfNoReturn(props);
    declareAirGappedVault(this.backupVault, this.declared, this.backupVaultArn, this.backupVault.backupVaultArn);
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
   * Shares the vault with accounts, which then look into it and restore from it; they cannot copy out of it.
   *
   * The owner can end the share at any time; an approval team serves better for the day on which the owner is lost.
   *
   * @param id construct id, within the vault
   * @param props with whom
   * @returns ARN of the resource share
   * @throws ValidationError when AWS would refuse the share
   */
  public share(id: string, props: LogicallyAirGappedVaultShareProps): string {
    const { accounts, allowExternalPrincipals = false, resourceShareName } = props;
    refuse(
      this,
      VaultShareRules.check({ accounts, allowExternalPrincipals }, this.declared.env, id, SYNTH),
      this.waivers,
    );
    const share = new ram.CfnResourceShare(this, id, {
      name: resourceShareName ?? this.declared.backupVaultName,
      principals: accounts,
      resourceArns: [this.backupVaultArn],
      allowExternalPrincipals,
    });
    return share.attrArn;
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
      this.topic = ownTopic(this, this.declared.backupVaultName);
      const told = notifications(this.topic, this.notificationEvents);
      this.refuseAt('notifications', { ...this.declared, notifications: told });
      letPublish(this.topic);
      this.resource.notifications = told;
    }
    subscribeToFailures(this.topic, subscription);
  }

  private made(props: LogicallyAirGappedVaultProps): backup.CfnLogicallyAirGappedBackupVault {
    const { declared } = this;
    const resource = new backup.CfnLogicallyAirGappedBackupVault(this, 'Resource', {
      backupVaultName: declared.backupVaultName,
      minRetentionDays: declared.minRetentionDays,
      maxRetentionDays: declared.maxRetentionDays,
      encryptionKeyArn: this.encryptionKey?.keyArn,
      mpaApprovalTeamArn: declared.mpaApprovalTeamArn,
      accessPolicy: this.policy.render(),
      notifications: declared.notifications,
      backupVaultTags: declared.tags,
    });
    resource.applyRemovalPolicy(props.removalPolicy ?? RemovalPolicy.RETAIN);
    if (props.notificationTopic !== undefined) {
      letPublish(props.notificationTopic);
    }
    return resource;
  }

  private tellDateOfNoReturn(props: LogicallyAirGappedVaultProps): void {
    const { resource, declared, dateOfNoReturn: value } = this;
    const told = value !== '';
    annotateTemplate(
      resource,
      props.waivers,
      told ? { dateOfNoReturn: value, ...props.complianceAcknowledgement } : {},
    );
    if (told && props.outputDateOfNoReturn !== false) {
      const description = `The day from which nobody can change the bounds of the backup vault ${declared.backupVaultName}`;
      new CfnOutput(this, 'DateOfNoReturn', { value, description });
    }
  }

  /** Refuses what the rules find at one place of what was added since. */
  private refuseAt(place: string, declared: Declared = this.declared): void {
    const findings = LogicallyAirGappedVaultRules.check(declared, '', SYNTH);
    refuse(
      this,
      findings.filter(({ path }) => path.startsWith(place)),
      this.waivers,
    );
  }
}

function notifications(topic: sns.ITopic | undefined, events: string[]): Declared['notifications'] {
  return topic === undefined ? undefined : { snsTopicArn: topic.topicArn, backupVaultEvents: events };
}
