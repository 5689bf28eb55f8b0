import { KmsAlias } from '@cdktf/provider-aws/lib/kms-alias';
import { KmsReplicaKey } from '@cdktf/provider-aws/lib/kms-replica-key';
import { BackupKey as DeclaredKey, BackupKeyRules, Finding, RuleCatalog, Waiver } from '@holdfast/model';
import { Construct } from 'constructs';
import { BackupKeyOptions, IBackupKey } from './backup-key';
import { environmentOf } from './private/environment';
import { declareKey, KeyPolicy, OwnKey, tryFindKeyByArn } from './private/key-policy';
import { annotateTemplate, refuse } from './private/refuse';
import { SYNTH } from './private/token-values';

/** A key that cannot be replicated. */
const NOT_PRIMARY = 'key-replica-primary';

/** KMS makes the id of a key: this one stands for it in what the rules are asked. */
const SOME_ID = `mrk-${'0'.repeat(32)}`;

/**
 * Properties of a `BackupKeyReplica`.
 */
export interface BackupKeyReplicaProps extends BackupKeyOptions {
  /**
   * ARN of the multi-Region key that is replicated, of the same account and another Region: text, or `keyArn` of a `BackupKey`
   * with `multiRegion`, also of another stack.
   *
   * The Region of the replica is that of its `provider`, so give one of another Region than that of the key.
   */
  readonly primaryKeyArn: string;
}

/**
 * A replica of a multi-Region key in the Region of its provider.
 *
 * Key material and rotation are those of the primary key. Policy, alias, tags and description are its own: KMS keeps none of
 * them in step.
 */
export class BackupKeyReplica extends Construct implements IBackupKey {
  /**
   * The replica.
   */
  public readonly key: KmsReplicaKey;

  /**
   * The alias; undefined when no name was given.
   */
  public readonly alias?: KmsAlias;

  /**
   * ARN of the replica, for `VaultProps.encryptionKeyArn` and whatever else takes a key.
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
  constructor(scope: Construct, id: string, props: BackupKeyReplicaProps) {
    super(scope, id);
    const { aliasName, description = 'Encrypts backups', primaryKeyArn, provider, tags, waivers } = props;
    const primary = tryFindKeyByArn(this, primaryKeyArn);
    this.declared = {
      env: environmentOf(this, provider),
      aliasName,
      pendingWindowInDays: props.pendingWindowInDays ?? BackupKeyRules.PENDING_WINDOW_DAYS,
      primaryKeyArn: primary === undefined ? primaryKeyArn : spelledOut(primary),
    };
    this.waivers = waivers;
    const findings = BackupKeyRules.check(this.declared, '', SYNTH);
    refuse(this, [...findings, ...(primary === undefined ? [] : checkPrimary(primary))], waivers);

    this.policy = new KeyPolicy(this, props);
    this.key = new KmsReplicaKey(this, 'Resource', {
      primaryKeyArn,
      description,
      deletionWindowInDays: this.declared.pendingWindowInDays,
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
    declareKey(this, this.keyArn, { declared, multiRegion: false, policy, constructPath: node.path });
  }

  /**
   * Lets AWS Backup use the replica with a role, e.g. that of a selection.
   *
   * @param roleArn ARN of the role
   */
  public allowBackupRole(roleArn: string): void {
    this.policy.allowBackupRole(roleArn);
  }

  /**
   * Lets AWS Backup of another account copy what the replica encrypts: for keys of resources whose service AWS Backup does
   * not fully manage, and where copies are copied on.
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
   * Adds a statement to the policy of the replica.
   *
   * @param statement the statement, in the words of an IAM policy: `{ Effect: 'Allow', Principal: …, Action: … }`
   */
  public addToKeyPolicy(statement: { [key: string]: any }): void {
    this.policy.add([statement]);
  }
}

/** The ARN of a key of ours as far as it is known; where its place is not, the rules hold their tongue. */
function spelledOut({ declared: { env } }: OwnKey): string {
  return `arn:${env.partition}:kms:${env.region}:${env.account}:key/${SOME_ID}`;
}

/** A replica of a replica, and of a key that has none, KMS refuses. */
function checkPrimary({ multiRegion, constructPath }: OwnKey): Finding[] {
  if (multiRegion) {
    return [];
  }
  const { rule, effect, severity, allowed, source } = RuleCatalog.find(NOT_PRIMARY);
  const given = `that of ${constructPath}, which is no multi-Region primary key`;
  return [{ rule, effect, severity, path: 'primaryKeyArn', message: `must be ${allowed}, got ${given}`, source }];
}
