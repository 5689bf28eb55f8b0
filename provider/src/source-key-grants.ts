import { BackupKeyRules, Environment, Finding, KeyPolicies, RuleCatalog, Waiver } from '@holdfast/model';
import { TerraformProvider } from 'cdktf';
import { Construct } from 'constructs';
import { IBackupKey } from './backup-key';
import { environmentOf } from './private/environment';
import { tryFindKey } from './private/key-policy';
import { accountOf, partitionOf } from './private/place';
import { refuse } from './private/refuse';
import { renderPolicy } from './private/render-policy';
import { SYNTH } from './private/token-values';

/**
 * Properties of `SourceKeyGrants`.
 */
export interface SourceKeyGrantsProps {
  /**
   * The key that encrypts the resources: a `BackupKey`, or one of elsewhere by `BackupKey.fromKeyArn` or
   * `BackupKey.fromKmsKey`.
   */
  readonly key: IBackupKey;

  /**
   * ARNs of the roles that back the resources up and copy their points, where the key does not leave that to IAM.
   *
   * @default - none
   */
  readonly backupRoleArns?: string[];

  /**
   * Ids of the accounts that receive copies, 12 digits each.
   *
   * @default - none: copies stay in the account
   */
  readonly destinationAccounts?: string[];

  /**
   * Whether the whole of these accounts may use the key, as AWS's own example has it, rather than AWS Backup in them alone.
   *
   * @default false
   */
  readonly trustWholeAccounts?: boolean;

  /**
   * Findings that are accepted, each with the reason.
   *
   * @default - none
   */
  readonly waivers?: Waiver[];

  /**
   * The provider of the key, where the key is of elsewhere.
   *
   * @default - the stack's AWS provider without an alias
   */
  readonly provider?: TerraformProvider;
}

/** A key whose policy the app does not write. */
const NOT_MANAGED = 'key-policy-elsewhere';

/**
 * What the key of a resource must allow so that backups of the resource can be copied.
 *
 * Backups of services that AWS Backup does not fully manage (EBS, EC2, RDS, Aurora, …) stay under the key of their resource:
 * whoever copies them to another account has to read with it.
 *
 * A key has one policy, and Terraform one owner of it. So the statements are added where the key is a `BackupKey` or a
 * `BackupKeyReplica`; the owner of any other key puts `statements`, or `policyDocument`, into the policy that he writes.
 */
export class SourceKeyGrants extends Construct {
  /**
   * The statements that the policy of the key needs, as JSON.
   */
  public readonly statements: any[];

  /**
   * The same as the text of a policy document, e.g. for `sourcePolicyDocuments` of a `DataAwsIamPolicyDocument`.
   */
  public readonly policyDocument: string;

  /**
   * Whether they were added to the policy. A key of elsewhere has its policy elsewhere; a warning tells what it needs.
   */
  public readonly added: boolean;

  /**
   * @param scope parent
   * @param id construct id
   * @param props properties
   * @throws ValidationError when an account is none, or that of the key
   */
  constructor(scope: Construct, id: string, props: SourceKeyGrantsProps) {
    super(scope, id);
    const { key, destinationAccounts, backupRoleArns: roleArns, trustWholeAccounts, waivers, provider } = props;
    const own = tryFindKey(key);
    const env = own?.declared.env ?? placeOf(key.keyArn) ?? environmentOf(this, provider);
    refuse(this, BackupKeyRules.check({ env, destinationAccounts }, '', SYNTH), waivers);

    const { partition, account } = own?.policy ?? renderable(this, env, props);
    this.statements = KeyPolicies.sourceKey({ partition, account, roleArns, destinationAccounts, trustWholeAccounts });
    this.policyDocument = renderPolicy(KeyPolicies.document(this.statements));
    this.added = own !== undefined || this.statements.length === 0;
    own?.policy.add(this.statements);
    if (!this.added) {
      refuse(this, [elsewhere(key, this.statements)], waivers);
    }
  }
}

/** Where a key is, by its ARN; undefined where that is not spelled out. */
function placeOf(keyArn: string): Environment | undefined {
  if (!SYNTH.known(keyArn)) {
    return undefined;
  }
  const [, partition = '', , region = '', account = ''] = keyArn.split(':');
  return { partition, account, region };
}

/** Only what stands in the statements is asked of Terraform. */
function renderable(scope: Construct, env: Environment, { backupRoleArns, provider }: SourceKeyGrantsProps) {
  const isKnown = backupRoleArns === undefined || SYNTH.known(env.account);
  return {
    partition: SYNTH.known(env.partition) ? env.partition : partitionOf(scope, provider),
    account: isKnown ? env.account : accountOf(scope, provider),
  };
}

function elsewhere(key: IBackupKey, statements: unknown[]): Finding {
  const { rule, effect, severity, allowed, source } = RuleCatalog.find(NOT_MANAGED);
  const needed = JSON.stringify(statements);
  const given = `${SYNTH.known(key.keyArn) ? key.keyArn : 'a key'} of elsewhere, whose policy needs ${needed}`;
  return { rule, effect, severity, path: 'key', message: `must be ${allowed}, got ${given}`, source };
}
