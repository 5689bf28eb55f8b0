import { BackupKey as DeclaredKey, BackupKeyRules, Waiver } from '@holdfast/model';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import { Duration, RemovalPolicy } from 'aws-cdk-lib/core';
import { propertyInjectable } from 'aws-cdk-lib/core/lib/prop-injectable';
import { Construct } from 'constructs';
import { environmentOf } from './private/environment';
import { copyStatements, daysOf, ownStatements } from './private/key-users';
import { annotateTemplate, refuse } from './private/refuse';
import { SYNTH } from './private/token-values';

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
   * Roles that administer the key, and with it who may use it; IAM alone opens nothing any more then.
   *
   * Name the role that deploys among them (in CDK, the CloudFormation execution role of the bootstrap): KMS refuses a key that
   * whoever makes it could not change.
   *
   * @default - the IAM policies of the account decide
   */
  readonly adminRoles?: iam.IRole[];

  /**
   * Roles with which AWS Backup backs up, copies or restores under the key; those of selections.
   *
   * @default - the service-linked role of AWS Backup alone
   */
  readonly backupRoles?: iam.IRole[];

  /**
   * Time between the deletion of the key and its end, 7 to 30 days.
   *
   * @default Duration.days(30)
   */
  readonly pendingWindow?: Duration;

  /**
   * What becomes of the key when it leaves the stack; without it nothing that it encrypts can be read any more.
   *
   * @default RemovalPolicy.RETAIN
   */
  readonly removalPolicy?: RemovalPolicy;

  /**
   * Tags of the key, beside those of `Tags.of`.
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
 * Properties of a `BackupKey`.
 */
export interface BackupKeyProps extends BackupKeyOptions {
  /**
   * Time after which KMS makes new key material, 90 to 2560 days. What is encrypted stays readable.
   *
   * @default Duration.days(365)
   */
  readonly rotationPeriod?: Duration;

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
 * It rotates, stays when the stack goes, and lets AWS Backup use it: its service-linked role, which receives copies, and the roles
 * that you name.
 */
@propertyInjectable
export class BackupKey extends Construct {
  /**
   * Under this id `PropertyInjectors.of(scope)` takes what injects properties.
   */
  public static readonly PROPERTY_INJECTION_ID: string = '@holdfast/cdk.BackupKey';

  /**
   * The key, for `VaultProps.encryptionKey` and whatever else takes a key.
   */
  public readonly key: kms.IKey;

  /**
   * ARN of the key.
   */
  public readonly keyArn: string;

  private readonly backupRoles: iam.IRole[];

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
    this.declared = {
      env: environmentOf(this),
      aliasName: props.aliasName,
      rotationPeriodInDays: daysOf(props.rotationPeriod) ?? 365,
      pendingWindowInDays: daysOf(props.pendingWindow) ?? BackupKeyRules.PENDING_WINDOW_DAYS,
    };
    this.waivers = props.waivers;
    refuse(this, BackupKeyRules.check(this.declared, '', SYNTH), props.waivers);

    this.backupRoles = [...(props.backupRoles ?? [])];
    const { adminRoles } = props;
    this.key = new kms.Key(this, 'Resource', {
      alias: props.aliasName,
      description: props.description ?? 'Encrypts backups',
      enableKeyRotation: true,
      multiRegion: props.multiRegion,
      policy: new iam.PolicyDocument({
        statements: ownStatements(this, { adminRoles, backupRoles: this.backupRoles }),
      }),
      removalPolicy: props.removalPolicy ?? RemovalPolicy.RETAIN,
    });
    this.keyArn = this.key.keyArn;
    this.render(props);
  }

  /**
   * Lets AWS Backup use the key with a role, e.g. that of a selection.
   *
   * @param role the role
   */
  public allowBackupRole(role: iam.IRole): void {
    this.backupRoles.push(role);
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
    for (const statement of copyStatements(this, destinationAccount)) {
      this.key.addToResourcePolicy(statement);
    }
  }

  /** The L2 refuses a token for a number of days. */
  private render({ tags = {}, waivers }: BackupKeyProps): void {
    const resource = this.key.node.defaultChild as kms.CfnKey;
    resource.rotationPeriodInDays = this.declared.rotationPeriodInDays;
    resource.pendingWindowInDays = this.declared.pendingWindowInDays;
    for (const [tag, value] of Object.entries(tags)) {
      resource.tags.setTag(tag, value);
    }
    annotateTemplate(resource, waivers);
  }
}
