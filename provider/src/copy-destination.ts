import { ComplianceAcknowledgement, VaultLock } from '@holdfast/model';
import { TerraformProvider } from 'cdktf';
import { laterValue } from './private/token-values';
import { markDestination } from './private/copy-places';
import { IVault } from './vault';

/**
 * The vault that is made for copies in another Region or account, and what comes with it.
 */
export interface CopyVaultOptions {
  /**
   * Name of the vault.
   *
   * Give one for each app that copies to the same account and Region, as vaults are told apart there by their names alone.
   *
   * @default 'holdfast-copies'
   */
  readonly backupVaultName?: string;

  /**
   * The AWS provider of the place, which makes the vault.
   *
   * @default - the one of the stack with the alias `providerAlias`
   */
  readonly provider?: TerraformProvider;

  /**
   * Alias of the AWS provider of the place, made in the stack before the plan.
   *
   * @default - name of the Region, in another account followed by `-` and the id of the account, e.g. `eu-west-1`,
   * `eu-central-1-444455556666`. Where there is none for another Region of the account, and the AWS provider is of version 6 or
   * later, the provider of the plan with the argument `region`
   */
  readonly providerAlias?: string;

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
   * ARNs of roles that the access policy exempts, for an emergency; the role that runs Terraform among them.
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
   * Whether Terraform refuses plans that destroy or replace vault and key.
   *
   * @default true
   */
  readonly preventDestroy?: boolean;

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
   * An account has it since its first use of AWS Backup, and then Terraform cannot make it again.
   *
   * @default false
   */
  readonly createServiceLinkedRole?: boolean;
}

/**
 * Where a copy goes, for `PlanCopyActionProps.destination`, which takes any `IVault` as well.
 *
 * Where a vault is made, its name and ARN are known once a plan copies to it.
 */
export class CopyDestination implements IVault {
  /**
   * A vault that is there, or that the app makes.
   *
   * @param backupVault the vault; may be of another Region or account
   */
  public static vault(backupVault: IVault): CopyDestination {
    return new CopyDestination(undefined, undefined, {}, backupVault);
  }

  /**
   * Another Region of the account of the plan: a vault is made there, once for all copies to it.
   *
   * The AWS provider of the plan must say its Region.
   *
   * @param region e.g. `eu-west-1`
   * @param options the vault and what comes with it
   */
  public static region(region: string, options: CopyVaultOptions = {}): CopyDestination {
    return new CopyDestination(region, undefined, options);
  }

  /**
   * Another account, of the same organization: a vault that lets the account of the plan copy into it is made there, once for
   * all copies to it.
   *
   * The AWS provider of the plan must say its Region, and that of the other account the account, in `allowedAccountIds`.
   * Cross-account backup has to be on in the organization, and keys of resources shared: `SourceKeyGrants`.
   *
   * @param account id of the account, 12 digits
   * @param options the vault and what comes with it
   */
  public static account(account: string, options: CopyAccountOptions = {}): CopyDestination {
    return new CopyDestination(options.region, account, options);
  }

  /**
   * Name of the vault.
   */
  public readonly backupVaultName: string;

  /**
   * ARN of the vault. Of one that is made each plan knows its own; here it stands for none.
   */
  public readonly backupVaultArn: string;

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
    public readonly backupVault?: IVault,
  ) {
    this.backupVaultName = backupVault?.backupVaultName ?? laterValue();
    this.backupVaultArn = backupVault?.backupVaultArn ?? laterValue();
    markDestination(this);
  }
}
