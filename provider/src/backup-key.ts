import { KmsAlias } from '@cdktf/provider-aws/lib/kms-alias';
import { KmsKey } from '@cdktf/provider-aws/lib/kms-key';
import { BackupKey as DeclaredKey, BackupKeyRules, Waiver } from '@holdfast/model';
import { TerraformProvider } from 'cdktf';
import { Construct } from 'constructs';
import { environmentOf } from './private/environment';
import { declareKey, KeyPolicy } from './private/key-policy';
import { annotateTemplate, refuse } from './private/refuse';
import { SYNTH } from './private/token-values';

/**
 * A key for backups, made here or elsewhere.
 */
export interface IBackupKey {
  /**
   * ARN of the key.
   */
  readonly keyArn: string;
}

/**
 * What a key for backups and its replicas have in common.
 */
export interface BackupKeyOptions {
  /**
   * Name of the alias, with `alias/`.
   *
   * @default - no alias
   */
  readonly aliasName?: string;

  /**
   * Description of the key.
   *
   * @default 'Encrypts backups'
   */
  readonly description?: string;

  /**
   * ARNs of the roles that administer the key, and with it who may use it; IAM alone opens nothing any more then.
   *
   * Name the role that runs Terraform among them: KMS refuses a key that whoever makes it could not change.
   *
   * @default - the IAM policies of the account decide
   */
  readonly adminRoleArns?: string[];

  /**
   * ARNs of the roles with which AWS Backup backs up, copies or restores under the key; those of selections.
   *
   * @default - the service-linked role of AWS Backup alone
   */
  readonly backupRoleArns?: string[];

  /**
   * Days between the deletion of the key and its end, 7 to 30.
   *
   * @default 30
   */
  readonly pendingWindowInDays?: number;

  /**
   * Whether Terraform refuses plans that destroy or replace the key; without it nothing that it encrypts can be read any
   * more.
   *
   * @default true
   */
  readonly preventDestroy?: boolean;

  /**
   * Tags of the key.
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
 * Properties of a `BackupKey`.
 */
export interface BackupKeyProps extends BackupKeyOptions {
  /**
   * Days after which KMS makes new key material, 90 to 2560. What is encrypted stays readable.
   *
   * @default 365
   */
  readonly rotationPeriodInDays?: number;

  /**
   * Whether the key can have replicas in other Regions, `BackupKeyReplica`. Cannot be changed later.
   *
   * @default false
   */
  readonly multiRegion?: boolean;
}

/**
 * A customer managed key for vaults, and for resources whose backups are copied.
 *
 * It rotates, Terraform does not destroy it, and it lets AWS Backup use it: its service-linked role, which receives copies, and
 * the roles that you name. Its policy is an argument of the key: an `aws_kms_key_policy` beside it would fight with it.
 */
export class BackupKey extends Construct implements IBackupKey {
  /**
   * A key that is not of this app, by ARN. Nobody here can add to its policy.
   *
   * @param keyArn ARN of the key
   */
  public static fromKeyArn(keyArn: string): IBackupKey {
    return { keyArn };
  }

  /**
   * A key that was declared without Holdfast. Its policy stays that of its declaration.
   *
   * @param resource the resource of the AWS provider
   */
  public static fromKmsKey(resource: KmsKey): IBackupKey {
    return { keyArn: resource.arn };
  }

  /**
   * The key.
   */
  public readonly key: KmsKey;

  /**
   * The alias; undefined when no name was given.
   */
  public readonly alias?: KmsAlias;

  /**
   * ARN of the key, for `VaultProps.encryptionKeyArn` and whatever else takes a key.
   */
  public readonly keyArn: string;

  private readonly policy: KeyPolicy;

  private readonly declared: DeclaredKey;

  private readonly waivers?: Waiver[];

  /**
   * @param scope parent
   * @param id construct id
   * @param props properties
   * @throws ValidationError when KMS would refuse what is declared, with every finding at once
   */
  constructor(scope: Construct, id: string, props: BackupKeyProps = {}) {
    super(scope, id);
    const { aliasName, description = 'Encrypts backups', multiRegion, provider, tags, waivers } = props;
    this.declared = {
      env: environmentOf(this, provider),
      aliasName,
      rotationPeriodInDays: props.rotationPeriodInDays ?? 365,
      pendingWindowInDays: props.pendingWindowInDays ?? BackupKeyRules.PENDING_WINDOW_DAYS,
    };
    this.waivers = waivers;
    refuse(this, BackupKeyRules.check(this.declared, '', SYNTH), waivers);

    this.policy = new KeyPolicy(this, props);
    this.key = new KmsKey(this, 'Resource', {
      description,
      enableKeyRotation: true,
      rotationPeriodInDays: this.declared.rotationPeriodInDays,
      deletionWindowInDays: this.declared.pendingWindowInDays,
      multiRegion,
      policy: this.policy.render(),
      tags,
      provider,
      lifecycle: { preventDestroy: props.preventDestroy ?? true },
    });
    this.policy.keepOn(this.key);
    annotateTemplate(this.key, waivers);
    this.keyArn = this.key.arn;
    if (aliasName !== undefined) {
      this.alias = new KmsAlias(this, 'Alias', { name: aliasName, targetKeyId: this.key.keyId, provider });
    }
    const { declared, policy, node } = this;
    declareKey(this, this.keyArn, {
      declared,
      multiRegion: multiRegion ?? false,
      policy,
      constructPath: node.path,
    });
  }

  /**
   * Lets AWS Backup use the key with a role, e.g. that of a selection.
   *
   * @param roleArn ARN of the role
   */
  public allowBackupRole(roleArn: string): void {
    this.policy.allowBackupRole(roleArn);
  }

  /**
   * Lets AWS Backup of another account copy what the key encrypts: for keys of resources whose service AWS Backup does not
   * fully manage. The key of a vault needs it only where copies are copied on.
   *
   * @param destinationAccount id of the account, 12 digits
   * @throws ValidationError when it is none, or that of the key
   */
  public allowCopiesTo(destinationAccount: string): void {
    const destinationAccounts = [destinationAccount];
    refuse(this, BackupKeyRules.check({ ...this.declared, destinationAccounts }, '', SYNTH), this.waivers);
    this.policy.allowCopiesTo(destinationAccount);
  }

  /**
   * Adds a statement to the policy of the key.
   *
   * @param statement the statement, in the words of an IAM policy: `{ Effect: 'Allow', Principal: …, Action: … }`
   */
  public addToKeyPolicy(statement: { [key: string]: any }): void {
    this.policy.add([statement]);
  }
}
