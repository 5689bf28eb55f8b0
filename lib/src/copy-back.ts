import { CopyBackDeclaration, CopyBackRules, CopyBacks, Finding, ManagedPolicies, Waiver } from '@holdfast/model';
import * as backup from 'aws-cdk-lib/aws-backup';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as ssm from 'aws-cdk-lib/aws-ssm';
import { Aspects, Duration, Stack } from 'aws-cdk-lib/core';
import { propertyInjectable } from 'aws-cdk-lib/core/lib/prop-injectable';
import { Construct } from 'constructs';
import { acknowledge } from './private/acknowledge';
import { automationRole, grantStart } from './private/automation';
import { tryFindStandardVault, tryFindVault, vaultArn } from './private/declarations';
import { environmentOf } from './private/environment';
import { GlueFunction } from './private/glue-function';
import { COPY_BACK } from './private/lambda-code/copy-back';
import { annotateTemplate, refuse } from './private/refuse';
import { backupServiceRole } from './private/restore-role';
import { SYNTH } from './private/token-values';

/**
 * Properties of a `CopyBack`.
 */
export interface CopyBackProps {
  /**
   * Vault that holds the copies, in the account and Region of the stack.
   */
  readonly source: backup.IBackupVault;

  /**
   * Vault of the workload that gets them back; may be of another account or Region.
   *
   * A `Vault` of another stack whose account and Region are known is named by its ARN: neither stack waits for the other.
   */
  readonly destination: backup.IBackupVault;

  /**
   * Time after which what was copied back is deleted, counted from when it was backed up.
   *
   * @default - that of the copy
   */
  readonly deleteAfter?: Duration;

  /**
   * Name of the SSM document, 3 to 128 letters, digits, dots, `-` and `_`.
   *
   * @default - CloudFormation makes one
   */
  readonly documentName?: string;

  /**
   * Name of the role that copies; with it the statement for the destination names that role alone.
   *
   * @default - CloudFormation makes one, and the statement for the destination names the account
   */
  readonly copyRoleName?: string;

  /**
   * Tags of the document.
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

/** Asked at synthesis. */
const NOT_LET_IN = 'copy-action-cross-account-policy';

const ANY = 'Which recovery points are copied back is said when it runs; of jobs AWS Backup knows no resource.';

/**
 * The way back: copies recovery points from the vault that holds the copies into the vault of the workload.
 *
 * AWS Backup restores in the account and Region of a vault alone, so that what is to be restored elsewhere is copied there
 * first. An SSM Automation document asks a function for the newest points of some resources before an instant, waits for
 * the copies and fails where one is missing; the function may be invoked by itself, too. Declare it long before it is
 * needed, in the account of the copies, and add `destinationStatement` to the policy of the destination.
 */
@propertyInjectable
export class CopyBack extends Construct {
  /**
   * Under this id `PropertyInjectors.of(scope)` takes what injects properties.
   */
  public static readonly PROPERTY_INJECTION_ID: string = '@holdfast/cdk.CopyBack';

  /**
   * Name of the SSM document.
   */
  public readonly documentName: string;

  /**
   * The function that starts the copies and tells how far they are.
   */
  public readonly lambdaFunction: lambda.IFunction;

  /**
   * The role that AWS Backup assumes to copy; it copies into the destination and into no other vault.
   */
  public readonly copyRole: iam.IRole;

  /**
   * The role that Systems Manager assumes.
   */
  public readonly automationRole: iam.IRole;

  private readonly copyRoleName?: string;

  /**
   * @param scope parent
   * @param id construct id
   * @param props properties
   * @throws ValidationError when AWS Backup would refuse the copies, with every finding at once
   */
  constructor(scope: Construct, id: string, props: CopyBackProps) {
    super(scope, id);
    const declared = declaredCopyBack(this, props);
    const vaults = [props.source, props.destination].flatMap((vault) => tryFindStandardVault(vault) ?? []);
    const found = () => CopyBackRules.check(declared, vaults, SYNTH);
    refuse(
      this,
      found().filter(({ rule }) => rule !== NOT_LET_IN),
      props.waivers,
    );
    this.checkAtSynthesis(found, props.waivers);

    const destinationArn = renderedArn(this, props.destination);
    this.copyRoleName = props.copyRoleName;
    this.copyRole = this.ownCopyRole(destinationArn, props.copyRoleName);
    this.lambdaFunction = this.function(props, destinationArn);
    this.automationRole = automationRole(this, {
      description: 'Systems Manager assumes it to copy recovery points back',
      statements: [
        new iam.PolicyStatement({
          actions: ['lambda:InvokeFunction'],
          resources: [this.lambdaFunction.functionArn],
        }),
        new iam.PolicyStatement({ actions: ['backup:DescribeCopyJob'], resources: ['*'] }),
      ],
      reasons: { '*': ANY },
    });
    const targets = {
      automationRoleArn: this.automationRole.roleArn,
      functionArn: this.lambdaFunction.functionArn,
    };
    const document = new ssm.CfnDocument(this, 'Resource', {
      name: props.documentName,
      documentType: 'Automation',
      documentFormat: 'JSON',
      // A change of a document that has a name of its own could not replace it.
      updateMethod: 'NewVersion',
      content: CopyBacks.document(targets),
      tags: props.tags && Object.entries(props.tags).map(([key, value]) => ({ key, value })),
    });
    annotateTemplate(document, props.waivers);
    this.documentName = document.ref;
  }

  /**
   * What the access policy of a destination in another account has to allow, for `Vault.addToAccessPolicy`.
   *
   * @throws ValidationError when the account of the stack is not known, as the statement has to name it
   */
  public destinationStatement(): iam.PolicyStatement {
    const env = environmentOf(this);
    refuse(this, CopyBackRules.checkStatement(env, 'env', SYNTH));
    return iam.PolicyStatement.fromJson(CopyBacks.destinationStatement(env, this.copyRoleName));
  }

  /**
   * Lets somebody run the document.
   *
   * @param grantee who may start it, and pass its role to Systems Manager
   */
  public grantStart(grantee: iam.IGrantable): iam.Grant {
    return grantStart(this, grantee, this.documentName, this.automationRole);
  }

  /** The statement that lets the copies in is made by this construct, and so comes after it. */
  private checkAtSynthesis(found: () => Finding[], waivers: Waiver[] | undefined): void {
    Aspects.of(this).add({
      visit: (node) => {
        if (node === this) {
          refuse(
            this,
            found().filter(({ rule }) => rule === NOT_LET_IN),
            waivers,
          );
        }
      },
    });
  }

  private ownCopyRole(destinationArn: string, roleName: string | undefined): iam.Role {
    return backupServiceRole(this, 'CopyRole', {
      description: 'AWS Backup assumes it to copy recovery points back',
      roleName,
      managedPolicyArns: ManagedPolicies.forBackup([]),
      statements: [
        new iam.PolicyStatement({
          effect: iam.Effect.DENY,
          actions: ['backup:CopyIntoBackupVault'],
          notResources: [destinationArn],
        }),
      ],
    });
  }

  private function(props: CopyBackProps, destinationArn: string): lambda.Function {
    const deleteAfterDays = props.deleteAfter?.toDays({ integral: false });
    const glue = new GlueFunction(this, 'Glue', {
      description: 'Copies recovery points back into the vault of the workload',
      code: COPY_BACK,
      timeout: Duration.minutes(15),
      environment: {
        SOURCE_VAULT_NAME: props.source.backupVaultName,
        DESTINATION_VAULT_ARN: destinationArn,
        ROLE_ARN: this.copyRole.roleArn,
        ...(deleteAfterDays === undefined ? {} : { DELETE_AFTER_DAYS: String(deleteAfterDays) }),
      },
      statements: [
        new iam.PolicyStatement({
          actions: ['backup:ListRecoveryPointsByBackupVault'],
          resources: [props.source.backupVaultArn],
        }),
        new iam.PolicyStatement({
          actions: [
            'backup:DescribeCopyJob',
            'backup:DescribeRecoveryPoint',
            'backup:ListCopyJobs',
            'backup:StartCopyJob',
          ],
          resources: ['*'],
        }),
        new iam.PolicyStatement({
          actions: ['iam:PassRole'],
          resources: [this.copyRole.roleArn],
          conditions: { StringEquals: { 'iam:PassedToService': 'backup.amazonaws.com' } },
        }),
      ],
    });
    acknowledge(glue, { 'AwsSolutions-IAM5[Resource::*]': ANY });
    return glue.lambdaFunction;
  }
}

/** Names and ARNs of our own vaults are spelled out for the rules, not references. */
function declaredCopyBack(scope: Construct, props: CopyBackProps): CopyBackDeclaration {
  const [source, destination] = [tryFindVault(props.source), tryFindVault(props.destination)];
  const deleteAfterDays = props.deleteAfter?.toDays({ integral: false });
  return {
    env: environmentOf(scope),
    sourceBackupVaultName: source?.backupVaultName ?? props.source.backupVaultName,
    destinationBackupVaultArn: destination === undefined ? props.destination.backupVaultArn : vaultArn(destination),
    lifecycle: deleteAfterDays === undefined ? undefined : { deleteAfterDays },
    documentName: props.documentName,
  };
}

/** A reference, or the spelled-out ARN of a vault of ours elsewhere, as templates of other places cannot be referred to. */
function renderedArn(scope: Construct, vault: backup.IBackupVault): string {
  const own = tryFindVault(vault);
  const [here, there] = [Stack.of(scope), Stack.of(vault)];
  const elsewhere = here.account !== there.account || here.region !== there.region;
  const known = SYNTH.known(there.account) && SYNTH.known(there.region);
  return own !== undefined && elsewhere && known ? vaultArn(own) : vault.backupVaultArn;
}
