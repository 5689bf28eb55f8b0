import { ComplianceAcknowledgement, VaultCopySource, Waiver } from '@holdfast/model';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as sns from 'aws-cdk-lib/aws-sns';
import { RemovalPolicy } from 'aws-cdk-lib/core';
import { VaultCopyTarget } from './vault-copy-target';
import { VaultEncryption } from './vault-encryption';

/**
 * What can be said of a `LogicallyAirGappedVault` beside its name and bounds.
 */
export interface LogicallyAirGappedVaultOptions {
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
   * Who holds the key of the vault. Cannot be changed later.
   *
   * @default VaultEncryption.awsOwned()
   */
  readonly encryption?: VaultEncryption;

  /**
   * ARN of the team that grants access from recovery accounts (multi-party approval); all teams are in us-east-1.
   *
   * The first team is there at once; another takes its place only when the present one agrees.
   *
   * @default - no team: access from other accounts only by `share`
   */
  readonly mpaApprovalTeamArn?: string;

  /**
   * Roles that the access policy exempts, for an emergency.
   *
   * With at least one, the policy also denies everybody else to delete the vault, to change its policy, notifications and
   * team, and to share it. That holds for whoever deploys, too: name the role that deploys among them.
   *
   * @default - none: nobody may delete recovery points; who may change the policy itself is left to IAM
   */
  readonly breakGlassRoles?: iam.IRole[];

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
   * Standard topic of the same account that receives the events of the vault.
   *
   * @default - no notifications, until `notifyFailures` makes a topic
   */
  readonly notificationTopic?: sns.ITopic;

  /**
   * Events that are sent to the topic, e.g. `COPY_JOB_FAILED`.
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
 * Properties of a `LogicallyAirGappedVault`.
 */
export interface LogicallyAirGappedVaultProps extends LogicallyAirGappedVaultOptions {
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
