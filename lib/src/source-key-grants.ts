import { BackupKeyRules, Finding, KeyPolicies, RuleCatalog, Waiver } from '@holdfast/model';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import { Stack } from 'aws-cdk-lib/core';
import { propertyInjectable } from 'aws-cdk-lib/core/lib/prop-injectable';
import { Construct } from 'constructs';
import { environmentOf } from './private/environment';
import { refuse } from './private/refuse';
import { SYNTH } from './private/token-values';

/**
 * Properties of `SourceKeyGrants`.
 */
export interface SourceKeyGrantsProps {
  /**
   * The key that encrypts the resources.
   */
  readonly key: kms.IKey;

  /**
   * Roles that back the resources up and copy their points, where the key does not leave that to IAM.
   *
   * @default - none
   */
  readonly backupRoles?: iam.IRole[];

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
   * `expires` is held against the context key `holdfast:today`; without it no waiver has expired.
   *
   * @default - none
   */
  readonly waivers?: Waiver[];
}

/** A key whose policy the app does not write. */
const NOT_MANAGED = 'key-policy-elsewhere';

/**
 * What the key of a resource must allow so that backups of the resource can be copied.
 *
 * Backups of services that AWS Backup does not fully manage (EBS, EC2, RDS, Aurora, …) stay under the key of their resource:
 * whoever copies them to another account has to read with it.
 */
@propertyInjectable
export class SourceKeyGrants extends Construct {
  /**
   * Under this id `PropertyInjectors.of(scope)` takes what injects properties.
   */
  public static readonly PROPERTY_INJECTION_ID: string = '@holdfast/cdk.SourceKeyGrants';

  /**
   * The statements that the policy of the key needs, as JSON.
   */
  public readonly statements: any[];

  /**
   * Whether they were added to the policy. An imported key has its policy elsewhere; a warning tells what it needs.
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
    const { key, destinationAccounts, backupRoles, trustWholeAccounts, waivers } = props;
    const { partition } = environmentOf(this);
    const { account, region } = key.env;
    const env = { partition, account, region };
    refuse(this, BackupKeyRules.check({ env, destinationAccounts }, '', SYNTH), waivers);

    const roleArns = backupRoles?.map((role) => role.roleArn);
    this.statements = KeyPolicies.sourceKey({ partition, account, roleArns, destinationAccounts, trustWholeAccounts });
    this.added = this.statements
      .map((statement: unknown) => key.addToResourcePolicy(iam.PolicyStatement.fromJson(statement)))
      .every(({ statementAdded }) => statementAdded);
    if (!this.added) {
      refuse(this, [elsewhere(this, key, this.statements)], waivers);
    }
  }
}

function elsewhere(scope: Construct, key: kms.IKey, statements: unknown[]): Finding {
  const { rule, effect, severity, allowed, source } = RuleCatalog.find(NOT_MANAGED);
  const needed = JSON.stringify(Stack.of(scope).resolve(statements));
  const given = `${SYNTH.known(key.keyArn) ? key.keyArn : 'a key'} of elsewhere, whose policy needs ${needed}`;
  return { rule, effect, severity, path: 'key', message: `must be ${allowed}, got ${given}`, source };
}
