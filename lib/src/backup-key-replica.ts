import { BackupKey as DeclaredKey, BackupKeyRules, KeyPolicies, Waiver } from '@holdfast/model';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import { Lazy, RemovalPolicy } from 'aws-cdk-lib/core';
import { propertyInjectable } from 'aws-cdk-lib/core/lib/prop-injectable';
import { Construct } from 'constructs';
import { BackupKeyOptions } from './backup-key';
import { environmentOf } from './private/environment';
import { copyStatements, daysOf, ownStatements } from './private/key-users';
import { annotateTemplate, refuse } from './private/refuse';
import { SYNTH } from './private/token-values';

/**
 * Properties of a `BackupKeyReplica`.
 */
export interface BackupKeyReplicaProps extends BackupKeyOptions {
  /**
   * ARN of the multi-Region key that is replicated, of the same account and another Region.
   *
   * KMS makes the id of a key, so that no template knows it before the key is there: deploy the key first, and give its ARN as
   * text, or by a parameter of the stack.
   */
  readonly primaryKeyArn: string;
}

/**
 * A replica of a multi-Region key in the Region of its stack.
 *
 * Key material and rotation are those of the primary key. Policy, alias, tags and description are its own: KMS keeps none of
 * them in step.
 */
@propertyInjectable
export class BackupKeyReplica extends Construct {
  /**
   * Under this id `PropertyInjectors.of(scope)` takes what injects properties.
   */
  public static readonly PROPERTY_INJECTION_ID: string = '@holdfast/cdk.BackupKeyReplica';

  /**
   * The replica, for `VaultProps.encryptionKey` and whatever else takes a key.
   */
  public readonly key: kms.IKey;

  /**
   * ARN of the replica.
   */
  public readonly keyArn: string;

  private readonly backupRoles: iam.IRole[];

  private readonly statements: iam.PolicyStatement[];

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
    this.declared = {
      env: environmentOf(this),
      aliasName: props.aliasName,
      pendingWindowInDays: daysOf(props.pendingWindow) ?? BackupKeyRules.PENDING_WINDOW_DAYS,
      primaryKeyArn: props.primaryKeyArn,
    };
    this.waivers = props.waivers;
    refuse(this, BackupKeyRules.check(this.declared, '', SYNTH), props.waivers);

    this.backupRoles = [...(props.backupRoles ?? [])];
    const { adminRoles } = props;
    this.statements = ownStatements(this, { adminRoles, backupRoles: this.backupRoles });
    const resource = new kms.CfnReplicaKey(this, 'Resource', {
      primaryKeyArn: props.primaryKeyArn,
      description: props.description ?? 'Encrypts backups',
      pendingWindowInDays: this.declared.pendingWindowInDays,
      keyPolicy: Lazy.any({
        produce: () => KeyPolicies.document(this.statements.map((statement): unknown => statement.toStatementJson())),
      }),
    });
    resource.applyRemovalPolicy(props.removalPolicy ?? RemovalPolicy.RETAIN);
    for (const [tag, value] of Object.entries(props.tags ?? {})) {
      resource.tags.setTag(tag, value);
    }
    annotateTemplate(resource, props.waivers);
    this.keyArn = resource.attrArn;
    this.key = kms.Key.fromKeyArn(this, 'Imported', this.keyArn);
    if (props.aliasName !== undefined) {
      this.key.addAlias(props.aliasName);
    }
  }

  /**
   * Lets AWS Backup use the replica with a role, e.g. that of a selection.
   *
   * @param role the role
   */
  public allowBackupRole(role: iam.IRole): void {
    this.backupRoles.push(role);
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
    this.statements.push(...copyStatements(this, destinationAccount));
  }
}
