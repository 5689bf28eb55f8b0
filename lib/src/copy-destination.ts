import { ComplianceAcknowledgement, VaultLock } from '@holdfast/model';
import * as backup from 'aws-cdk-lib/aws-backup';
import { RemovalPolicy } from 'aws-cdk-lib/core';

/**
 * The vault that is made for copies in another Region or account, and what comes with it.
 */
export interface CopyVaultOptions {
  /**
   * Name of the vault.
   *
   * @default - the name of the stack that is made for it
   */
  readonly backupVaultName?: string;

  /**
   * Name of the stack that is made for the vault; in a stage, with the name of the stage and `-` before it.
   *
   * Give one for each app that copies to the same account and Region, as stacks are told apart there by their names alone.
   *
   * @default 'holdfast-copies'
   */
  readonly supportStackName?: string;

  /**
   * ARN of a key that is there already.
   *
   * @default - a key of its own, rotated every year
   */
  readonly encryptionKeyArn?: string;

  /**
   * ARN of a multi-Region key of the same account; the vault gets a replica of it.
   *
   * @default - a key of its own, rotated every year
   */
  readonly primaryKeyArn?: string;

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
   * ARNs of roles that the access policy exempts, for an emergency; the role that deploys among them.
   *
   * @default - none: nobody may delete copies
   */
  readonly breakGlassRoleArns?: string[];

  /**
   * Name of a role that is made there, with which AWS Backup restores copies and copies them back.
   *
   * @default - no role is made
   */
  readonly recoveryRoleName?: string;

  /**
   * What becomes of vault and key when they leave the stack.
   *
   * @default RemovalPolicy.RETAIN
   */
  readonly removalPolicy?: RemovalPolicy;

  /**
   * Tags of vault and key.
   *
   * @default - none
   */
  readonly tags?: { [key: string]: string };
}

/**
 * The vault that is made for copies in another account, and what comes with it.
 */
export interface CopyAccountOptions extends CopyVaultOptions {
  /**
   * Region of the vault.
   *
   * @default - the Region of the plan
   */
  readonly region?: string;

  /**
   * Id of an organization, all of whose accounts may copy into the vault.
   *
   * @default - the account of the plan alone
   */
  readonly organizationId?: string;

  /**
   * Whether to make the service-linked role of AWS Backup, which receives copies from other accounts.
   *
   * An account has it since its first use of AWS Backup, and then CloudFormation cannot make it again.
   *
   * @default false
   */
  readonly createServiceLinkedRole?: boolean;
}

/**
 * Where a copy goes.
 */
export class CopyDestination {
  /**
   * A vault that is there, or that the app makes.
   *
   * A `Vault` of another Region or account is named by its ARN, so that neither stack waits for the other.
   *
   * @param backupVault the vault; may be of another Region or account
   */
  public static vault(backupVault: backup.IBackupVault): CopyDestination {
    return new CopyDestination(undefined, undefined, {}, backupVault);
  }

  /**
   * Another Region of the account of the plan: a stack with a vault is made there, once for all copies to it.
   *
   * The stack of the plan must say its account and Region, and is deployed after the one that is made.
   *
   * @param region e.g. `eu-west-1`
   * @param options the vault and what comes with it
   */
  public static region(region: string, options: CopyVaultOptions = {}): CopyDestination {
    return new CopyDestination(region, undefined, options);
  }

  /**
   * Another account, of the same organization: a stack with a vault that lets the account of the plan copy into it is made
   * there, once for all copies to it.
   *
   * The stack of the plan must say its account and Region, and is deployed after the one that is made. Cross-account backup
   * has to be on in the organization, and keys of resources shared: `SourceKeyGrants`.
   *
   * @param account id of the account, 12 digits
   * @param options the vault and what comes with it
   */
  public static account(account: string, options: CopyAccountOptions = {}): CopyDestination {
    return new CopyDestination(options.region, account, options);
  }

  private constructor(
    /**
     * The Region of a vault that is made; undefined for that of the plan.
     */
    public readonly vaultRegion: string | undefined,

    /**
     * The account of a vault that is made; undefined for that of the plan.
     */
    public readonly vaultAccount: string | undefined,

    /**
     * What was asked for the vault that is made.
     */
    public readonly options: CopyAccountOptions,

    /**
     * The vault, where it was given.
     */
    public readonly backupVault?: backup.IBackupVault,
  ) {}
}
