import { ComplianceAcknowledgement, VaultCopySource, Waiver } from '@holdfast/model';
import { TerraformProvider } from 'cdktf';
import { VaultCopyTarget } from './vault-copy-target';
import { VaultEncryption } from './vault-encryption';

/**
 * Properties of a `LogicallyAirGappedVault`.
 */
export interface LogicallyAirGappedVaultProps {
  /**
   * Name of the vault, 2 to 50 letters, digits, `-` and `_`. Cannot be changed later.
   */
  readonly backupVaultName: string;

  /**
   * Least retention of a recovery point, in days, at least 7. Fixed for ever.
   */
  readonly minRetentionDays: number;

  /**
   * Greatest retention of a recovery point, in days, at most 36500. Fixed for ever.
   */
  readonly maxRetentionDays: number;

  /**
   * Says that somebody knows that the bounds are unchangeable, even for AWS, from the first day: such a vault is locked in
   * compliance mode without a grace time.
   *
   * @default - none, so that the vault is refused
   */
  readonly complianceAcknowledgement?: ComplianceAcknowledgement;

  /**
   * Whether the day from which nobody can change the bounds is an output of the stack.
   *
   * @default true
   */
  readonly outputDateOfNoReturn?: boolean;

  /**
   * Who holds the key of the vault. Cannot be changed later. A customer managed key needs version 6.22.1 of the AWS provider.
   *
   * @default VaultEncryption.awsOwned()
   */
  readonly encryption?: VaultEncryption;

  /**
   * ARNs of principals that the access policy exempts, for an emergency; stars allowed.
   *
   * With at least one, the policy also denies everybody else to delete the vault, to change its policy, notifications and
   * team, and to share it. That holds for whoever deploys, too: name the role that runs Terraform among them.
   *
   * @default - none: nobody may delete recovery points; who may change the policy itself is left to IAM
   */
  readonly breakGlassPrincipalArns?: string[];

  /**
   * Who may copy into the vault beside its own account. With this list, even an empty one, the policy allows the copies of
   * those in it and denies those of all other accounts.
   *
   * @default - nothing is said of copies, so that no other account may
   */
  readonly copiesInFrom?: VaultCopySource[];

  /**
   * Where copies of the vault's points may go. With this list the policy denies copies to anywhere else.
   *
   * @default - anywhere
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
   * Events that are sent to the topic, e.g. `COPY_JOB_FAILED`.
   *
   * @default - ends of backup and restore jobs, failures of copies, and what fails inside a job that completes; as far as
   * version 5 of the AWS provider knows them
   */
  readonly notificationEvents?: string[];

  /**
   * Whether Terraform refuses plans that destroy or replace the vault, its key or its policy.
   *
   * @default true
   */
  readonly preventDestroy?: boolean;

  /**
   * Minutes that Terraform waits for the vault to be made.
   *
   * @default - as long as the AWS provider has it
   */
  readonly createTimeoutMinutes?: number;

  /**
   * Tags of the vault and of a key that it made.
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

  /**
   * The provider that makes the resources, e.g. that of another Region.
   *
   * @default - the stack's AWS provider without an alias
   */
  readonly provider?: TerraformProvider;
}

/**
 * A share of a logically air-gapped vault by AWS Resource Access Manager.
 */
export interface LogicallyAirGappedVaultShareProps {
  /**
   * Accounts that may look into the vault and restore from it, 12 digits each. Organizations and their units are refused.
   */
  readonly accounts: string[];

  /**
   * Whether accounts of other organizations may be among them. Such an account has 12 hours to accept the invitation; so has
   * every account where sharing within the organization is not turned on in AWS RAM, for which this must be true, too.
   *
   * @default false
   */
  readonly allowExternalPrincipals?: boolean;

  /**
   * Name of the resource share.
   *
   * @default - the name of the vault
   */
  readonly resourceShareName?: string;
}
