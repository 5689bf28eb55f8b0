import { ComplianceAcknowledgement, VaultCopySource, VaultLock, VaultPurpose, Waiver } from '@holdfast/model';
import { TerraformProvider } from 'cdktf';
import { VaultCopyTarget } from './vault-copy-target';
import { VaultEncryption } from './vault-encryption';

/**
 * Properties of a `Vault`.
 */
export interface VaultProps {
  /**
   * Name of the vault, 2 to 50 letters, digits, `-` and `_`. Cannot be changed later.
   */
  readonly backupVaultName: string;

  /**
   * What the vault is for: bounds of a lock, policies, events and tags that belong together.
   *
   * What is given beside it wins: of `vaultLock` field by field, of `tags` key by key.
   *
   * @default - none, so that each property has its own default
   */
  readonly purpose?: VaultPurpose;

  /**
   * ARN of the key that encrypts copies and the recovery points of fully managed services. Cannot be changed later.
   *
   * The same as `encryption: VaultEncryption.customerManaged(encryptionKeyArn)`; give one of them.
   *
   * @default - as `encryption` says: a key of its own, rotated every year
   */
  readonly encryptionKeyArn?: string;

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
   * ARNs of principals that the access policy exempts, stars allowed. With them it also denies everybody else to delete
   * the vault and to change its policy, lock and notifications, so name the role that runs Terraform, too.
   *
   * @default - none: nobody may delete recovery points, and whoever is permitted may change the vault
   */
  readonly breakGlassPrincipalArns?: string[];

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
   * ARN of a standard topic of the same account that receives the events of the vault. Its policy must let
   * `backup.amazonaws.com` publish: a topic has one policy, which is its owner's.
   *
   * @default - no notifications, until `notifyFailures` makes a topic
   */
  readonly notificationTopicArn?: string;

  /**
   * Events that are sent to the topic, e.g. `BACKUP_JOB_COMPLETED`.
   *
   * @default - as the purpose says; without one, ends of backup and restore jobs, failures of copies, and what fails inside a
   * job that completes; as far as version 5 of the AWS provider knows them
   */
  readonly notificationEvents?: string[];

  /**
   * Whether Terraform deletes every recovery point of the vault when it destroys the vault, as far as lock and policies let it.
   *
   * @default false
   */
  readonly forceDestroy?: boolean;

  /**
   * Whether Terraform refuses plans that destroy or replace the vault, its key, its lock or its policy. To change the
   * bounds of a lock, which the AWS provider does by replacing it, turn it off for that one deployment.
   *
   * @default true
   */
  readonly preventDestroy?: boolean;

  /**
   * Tags of the vault and of a key that it made.
   *
   * @default - those of the purpose; none without one
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
 * Somebody who is told what failed in a vault.
 */
export interface VaultFailureSubscriptionProps {
  /**
   * How he is told: `email`, `https`, `sqs`, `lambda`, … as the AWS provider has it.
   */
  readonly protocol: string;

  /**
   * Where: an address, a URL, an ARN.
   */
  readonly endpoint: string;

  /**
   * Conditions on further attributes of a message, beside ours: `{ EventType: ['BACKUP_JOB'] }`. For an attribute that is in
   * both, yours counts.
   *
   * @default - failures, all of them
   */
  readonly filterPolicy?: { [key: string]: any };
}
