import { ComplianceAcknowledgement, VaultCopySource, VaultLock, VaultPurpose, Waiver } from '@holdfast/model';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as sns from 'aws-cdk-lib/aws-sns';
import { RemovalPolicy } from 'aws-cdk-lib/core';
import { VaultCopyTarget } from './vault-copy-target';
import { VaultEncryption } from './vault-encryption';

/**
 * What can be said of a `Vault` beside its name.
 */
export interface VaultOptions {
  /**
   * What the vault is for: bounds of a lock, policies, events and tags that belong together.
   *
   * What is given beside it wins: of `vaultLock` field by field, of `tags` key by key.
   *
   * @default - none, so that each property has its own default
   */
  readonly purpose?: VaultPurpose;

  /**
   * Key that encrypts copies and the recovery points of fully managed services. Cannot be changed later.
   *
   * The same as `encryption: VaultEncryption.customerManaged(key)`; give one of them.
   *
   * @default - as `encryption` says
   */
  readonly encryptionKey?: kms.IKey;

  /**
   * Who holds the key of the vault. Cannot be changed later.
   *
   * @default VaultEncryption.customerManaged()
   */
  readonly encryption?: VaultEncryption;

  /**
   * Vault Lock. With `changeableForDays` it is in compliance mode and needs a `complianceAcknowledgement`.
   *
   * @default - as the purpose says; not locked without one
   */
  readonly vaultLock?: VaultLock;

  /**
   * Says that somebody knows when the lock becomes unchangeable, even for AWS.
   *
   * @default - none, so that a lock in compliance mode is refused
   */
  readonly complianceAcknowledgement?: ComplianceAcknowledgement;

  /**
   * Whether the day from which nobody can change the lock is an output of the stack.
   *
   * @default true
   */
  readonly outputDateOfNoReturn?: boolean;

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
   * Who may copy into the vault beside its own account. With this list, even an empty one, the policy allows the copies of
   * those in it and denies those of all other accounts.
   *
   * @default - as the purpose says; without one, nothing is said of copies, so that no other account may
   */
  readonly copiesInFrom?: VaultCopySource[];

  /**
   * Where copies of the vault's points may go. With this list the policy denies copies to anywhere else; with an empty one, to
   * anywhere.
   *
   * @default - as the purpose says; without one, anywhere
   */
  readonly copiesOutTo?: VaultCopyTarget[];

  /**
   * Standard topic of the same account that receives the events of the vault.
   *
   * @default - no notifications, until `notifyFailures` makes a topic
   */
  readonly notificationTopic?: sns.ITopic;

  /**
   * Events that are sent to the topic, e.g. `BACKUP_JOB_COMPLETED`.
   *
   * @default - as the purpose says; without one, ends of backup and restore jobs, failures of copies, and what fails inside a
   * job that completes
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
   * @default - those of the purpose; none without one
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
 * Properties of a `Vault`.
 */
export interface VaultProps extends VaultOptions {
  /**
   * Name of the vault, 2 to 50 letters, digits, `-` and `_`. Cannot be changed later.
   */
  readonly backupVaultName: string;
}
