import {
  BackupVault,
  BackupVaultRules,
  ComplianceAcknowledgement,
  Finding,
  VaultLock,
  VaultLockRules,
  VaultPolicies,
  Waiver,
} from '@holdfast/model';
import * as backup from 'aws-cdk-lib/aws-backup';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as sns from 'aws-cdk-lib/aws-sns';
import { RemovalPolicy } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { declareVault } from './private/declarations';
import { environmentOf } from './private/environment';
import { annotateTemplate, refuse } from './private/refuse';
import { LATER, SYNTH } from './private/token-values';

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
   * With at least one, the policy also denies everybody else to delete the vault and to change its policy, lock and
   * notifications. That holds for whoever deploys, too: name the role that deploys (in CDK, the CloudFormation execution
   * role of the bootstrap) among them, or no later deployment can change the vault.
   *
   * @default - none: nobody may delete recovery points; who may change the policy itself is left to IAM
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
   * @default - ends of backup and restore jobs, failures of copies, and what fails inside a job that completes
   */
  readonly notificationEvents?: string[];

  /**
   * What becomes of the vault, and of a key that it made, when they leave the stack.
   *
   * @default RemovalPolicy.RETAIN
   */
  readonly removalPolicy?: RemovalPolicy;

  /**
   * Tags of the vault and of a key that it made, beside those of `Tags.of`.
   *
   * @default - none
   */
  readonly tags?: { [key: string]: string };

  /**
   * Findings that are accepted, each with the reason.
   *
   * `expires` is held against the context key `holdfast:today`; without it no waiver has expired.
   *
   * @default - none
   */
  readonly waivers?: Waiver[];
}

/**
 * What a vault tells of unless it is asked otherwise: ends of jobs, which tell of failure and expiry too, and what fails
 * inside a job that completes.
 *
 * Source B7.3/1: the events that AWS Backup still supports.
 */
const NOTIFICATION_EVENTS = [
  'BACKUP_JOB_COMPLETED',
  'COPY_JOB_FAILED',
  'RESTORE_JOB_COMPLETED',
  'CONTINUOUS_BACKUP_INTERRUPTED',
  'S3_BACKUP_OBJECT_FAILED',
  'S3_RESTORE_OBJECT_FAILED',
  'EKS_BACKUP_OBJECT_FAILED',
  'EKS_RESTORE_OBJECT_FAILED',
  'EKS_RESTORE_OBJECT_SKIPPED',
  'RECOVERY_POINT_INDEXING_FAILED',
];

/** Two paths that the rules give below the lock, and where these constructs have them. */
const OF_ACKNOWLEDGEMENT = /^vaultLock(?=\.(deployedOn|acknowledgedBy)$)/;
const ACKNOWLEDGEMENT = 'complianceAcknowledgement';

/**
 * A backup vault that nobody can quietly empty.
 *
 * Its access policy denies everybody, but for the break-glass roles, whatever deletes recovery points or shortens their
 * life; a key of its own encrypts; vault and key stay when the stack goes. With a Vault Lock the retention of its
 * recovery points has bounds, and nobody deletes them early whatever the policy says.
 */
export class Vault extends Construct {
  /**
   * The vault, for `PlanRuleProps.vault`, `CopyDestination.vault` and whatever else takes a vault.
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
   *
   * The template says it, too, in the `Metadata` of the vault.
   */
  public readonly dateOfNoReturn?: string;

  private readonly resource: backup.BackupVault;

  /** As the rules see it, with the statements that were added since. */
  private readonly declared: BackupVault;

  private readonly waivers?: Waiver[];

  /**
   * @param scope parent
   * @param id construct id
   * @param props properties
   * @throws ValidationError when AWS Backup would refuse what is declared, with every finding at once
   */
  constructor(scope: Construct, id: string, props: VaultProps) {
    super(scope, id);
    const declared = declaredVault(this, props);
    refuse(this, check(declared, props), props.waivers);
    this.declared = declared;
    this.waivers = props.waivers;

    this.encryptionKey = props.encryptionKey ?? this.ownKey(props);
    this.resource = new backup.BackupVault(this, 'Resource', {
      backupVaultName: props.backupVaultName,
      encryptionKey: this.encryptionKey,
      accessPolicy: iam.PolicyDocument.fromJson(declared.accessPolicy),
      notificationTopic: props.notificationTopic,
      removalPolicy: props.removalPolicy,
    });
    this.backupVault = this.resource;
    this.backupVaultName = this.resource.backupVaultName;
    this.backupVaultArn = this.resource.backupVaultArn;
    this.dateOfNoReturn = dateOfNoReturn(props);
    this.render(declared, props);
    declareVault(this.backupVault, declared);
  }

  /**
   * Adds a statement to the access policy, e.g. one that lets another account copy into the vault.
   *
   * AWS Backup refuses actions with wildcards here, and a deny always wins over an allow.
   *
   * @param statement the statement
   * @throws ValidationError when AWS Backup would refuse the statement
   */
  public addToAccessPolicy(statement: iam.PolicyStatement): void {
    const statements: unknown[] = this.declared.accessPolicy.Statement;
    statements.push(statement.toStatementJson());
    const place = `accessPolicy.Statement[${statements.length - 1}]`;
    refuse(
      this,
      BackupVaultRules.check(this.declared, '', SYNTH).filter(({ path }) => path.startsWith(place)),
      this.waivers,
    );
    this.resource.addToAccessPolicy(statement);
  }

  private ownKey(props: VaultProps): kms.Key {
    const key = new kms.Key(this, 'Key', {
      description: `Encrypts the recovery points of the backup vault ${props.backupVaultName}`,
      enableKeyRotation: true,
      removalPolicy: props.removalPolicy ?? RemovalPolicy.RETAIN,
    });
    for (const [tag, value] of Object.entries(props.tags ?? {})) {
      (key.node.defaultChild as kms.CfnKey).tags.setTag(tag, value);
    }
    return key;
  }

  /** What the L2 has no property for, or refuses although AWS Backup takes it. */
  private render(declared: BackupVault, props: VaultProps): void {
    const resource = this.resource.node.defaultChild as backup.CfnBackupVault;
    resource.backupVaultTags = props.tags;
    resource.lockConfiguration = declared.vaultLock as backup.CfnBackupVault.LockConfigurationTypeProperty | undefined;
    resource.notifications = declared.notifications;
    const { dateOfNoReturn } = this;
    annotateTemplate(
      resource,
      props.waivers,
      dateOfNoReturn === undefined ? {} : { dateOfNoReturn, ...props.complianceAcknowledgement },
    );
  }
}

function declaredVault(scope: Construct, props: VaultProps): BackupVault {
  const { notificationTopic, notificationEvents = NOTIFICATION_EVENTS } = props;
  return {
    backupVaultName: props.backupVaultName,
    env: environmentOf(scope),
    encryptionKeyArn: props.encryptionKey?.keyArn ?? LATER,
    accessPolicy: VaultPolicies.denyDelete({ breakGlassPrincipalArns: props.breakGlassRoles?.map((it) => it.roleArn) }),
    // CloudFormation demands a lower bound; a day is what AWS Backup has for none, as no retention is shorter.
    vaultLock: props.vaultLock && { ...props.vaultLock, minRetentionDays: props.vaultLock.minRetentionDays ?? 1 },
    notifications:
      notificationTopic === undefined
        ? undefined
        : { snsTopicArn: notificationTopic.topicArn, backupVaultEvents: notificationEvents },
    tags: props.tags,
    declaredAt: scope.node.path,
  };
}

function check(declared: BackupVault, props: VaultProps): Finding[] {
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
