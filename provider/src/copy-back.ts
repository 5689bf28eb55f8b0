import { IamRole } from '@cdktf/provider-aws/lib/iam-role';
import { IamRolePolicyAttachment } from '@cdktf/provider-aws/lib/iam-role-policy-attachment';
import { LambdaFunction } from '@cdktf/provider-aws/lib/lambda-function';
import { SsmDocument } from '@cdktf/provider-aws/lib/ssm-document';
import { CopyBackDeclaration, CopyBackRules, CopyBacks, Finding, ManagedPolicies, Waiver } from '@holdfast/model';
import { Aspects, TerraformProvider, TerraformStack } from 'cdktf';
import { Construct } from 'constructs';
import { automationDocument, AutomationOptions, automationRole, grantStart } from './private/automation';
import { estateOf, tryFindVault, vaultArn } from './private/declarations';
import { environmentOf } from './private/environment';
import { GlueFunction } from './private/glue-function';
import { COPY_BACK } from './private/lambda-code/copy-back';
import { partitionOf } from './private/place';
import { annotateTemplate, refuse } from './private/refuse';
import { attachPolicy, backupServiceRole, passing } from './private/service-role';
import { SYNTH } from './private/token-values';
import { IVault } from './vault';

/**
 * Properties of a `CopyBack`.
 */
export interface CopyBackProps {
  /**
   * Vault that holds the copies, in the account and Region of the provider.
   */
  readonly source: IVault;

  /**
   * Vault of the workload that gets them back; may be of another account or Region.
   *
   * A `Vault` of another stack whose account and Region are known is named by its ARN: neither stack waits for the other.
   */
  readonly destination: IVault;

  /**
   * Days after which what was copied back is deleted, counted from when it was backed up.
   *
   * @default - that of the copy
   */
  readonly deleteAfterDays?: number;

  /**
   * Name of the SSM document, 3 to 128 letters, digits, dots, `-` and `_`.
   *
   * @default - one that is made from the path of the construct
   */
  readonly documentName?: string;

  /**
   * Name of the role that copies; with it the statement for the destination names that role alone.
   *
   * @default - Terraform makes one, and the statement for the destination names the account
   */
  readonly copyRoleName?: string;

  /**
   * Tags of what is made.
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

  /**
   * The provider that makes the resources, of the account and Region of the copies.
   *
   * @default - the stack's AWS provider without an alias
   */
  readonly provider?: TerraformProvider;
}

/** Asked at synthesis. */
const NOT_LET_IN = 'copy-action-cross-account-policy';

/** As long as Lambda lets a function run. */
const TIMEOUT_SECONDS = 900;

/**
 * The way back: copies recovery points from the vault that holds the copies into the vault of the workload.
 *
 * AWS Backup restores in the account and Region of a vault alone, so that what is to be restored elsewhere is copied there
 * first. An SSM Automation document asks a function for the newest points of some resources before an instant, waits for
 * the copies and fails where one is missing; the function may be invoked by itself, too. Declare it long before it is
 * needed, in the account of the copies, and add `destinationStatement` to the policy of the destination.
 */
export class CopyBack extends Construct {
  /**
   * The SSM document.
   */
  public readonly document: SsmDocument;

  /**
   * Name of the SSM document.
   */
  public readonly documentName: string;

  /**
   * The function that starts the copies and tells how far they are.
   */
  public readonly lambdaFunction: LambdaFunction;

  /**
   * The role that AWS Backup assumes to copy; it copies into the destination and into no other vault.
   */
  public readonly copyRole: IamRole;

  /**
   * The role that Systems Manager assumes.
   */
  public readonly automationRole: IamRole;

  private readonly copyRoleName?: string;
  private readonly made: AutomationOptions;

  /**
   * @param scope parent
   * @param id construct id
   * @param props properties
   * @throws ValidationError when AWS Backup would refuse the copies, with every finding at once
   */
  constructor(scope: Construct, id: string, props: CopyBackProps) {
    super(scope, id);
    const declared = declaredCopyBack(this, props);
    const { vaults = [] } = estateOf([props.source, props.destination].flatMap((vault) => tryFindVault(vault) ?? []));
    const found = () => CopyBackRules.check(declared, vaults, SYNTH);
    refuse(
      this,
      found().filter(({ rule }) => rule !== NOT_LET_IN),
      props.waivers,
    );
    this.checkAtSynthesis(found, props.waivers);

    this.made = { tags: props.tags, provider: props.provider };
    this.copyRoleName = props.copyRoleName;
    const destinationArn = renderedArn(this, props.destination);
    this.copyRole = this.ownCopyRole(destinationArn, props);
    this.lambdaFunction = this.ownFunction(destinationArn, props);
    const functionArn = this.lambdaFunction.arn;
    const statements = [
      { Action: ['lambda:InvokeFunction'], Resource: [functionArn] },
      // Of jobs AWS Backup knows no resource.
      { Action: ['backup:DescribeCopyJob'], Resource: ['*'] },
    ];
    const description = 'Systems Manager assumes it to copy recovery points back';
    const automation = automationRole(this, description, statements, this.made);
    this.automationRole = automation.role;
    this.document = automationDocument(this, {
      documentName: props.documentName,
      content: CopyBacks.document({ automationRoleArn: this.automationRole.arn, functionArn }),
      dependsOn: automation.policies,
      ...this.made,
    });
    annotateTemplate(this.document, props.waivers);
    this.documentName = this.document.name;
  }

  /**
   * What the access policy of a destination in another account has to allow, for `Vault.addToAccessPolicy`.
   *
   * @throws ValidationError when `allowedAccountIds` of the provider is not one account, as the statement has to name it
   */
  public destinationStatement(): { [key: string]: any } {
    const { provider } = this.made;
    const { region, account, partition } = environmentOf(this, provider);
    refuse(this, CopyBackRules.checkStatement({ region, account, partition }, 'env', SYNTH));
    const env = { region, account, partition: partitionOf(this, provider) };
    return CopyBacks.destinationStatement(env, this.copyRoleName) as { [key: string]: any };
  }

  /**
   * Lets a role run the document, and pass its role to Systems Manager.
   *
   * @param id construct id, within this construct, of the policy
   * @param roleName name of the role that may start it
   */
  public grantStart(id: string, roleName: string): IamRolePolicyAttachment {
    return grantStart(this, id, roleName, this.document, this.automationRole.arn, this.made);
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

  private ownCopyRole(destinationArn: string, { copyRoleName, provider }: CopyBackProps): IamRole {
    const made = backupServiceRole(this, 'CopyRole', {
      description: 'AWS Backup assumes it to copy recovery points back',
      roleName: copyRoleName,
      managedPolicyArns: ManagedPolicies.forBackup([], partitionOf(this, provider)),
      ...this.made,
    });
    const elsewhere = {
      Effect: 'Deny' as const,
      Action: ['backup:CopyIntoBackupVault'],
      NotResource: [destinationArn],
    };
    attachPolicy(this, 'CopyPolicy', made.role.name, [elsewhere], this.made);
    return made.role;
  }

  private ownFunction(destinationArn: string, { source, deleteAfterDays }: CopyBackProps): LambdaFunction {
    const glue = new GlueFunction(this, 'Glue', {
      description: 'Copies recovery points back into the vault of the workload',
      code: COPY_BACK,
      timeoutSeconds: TIMEOUT_SECONDS,
      environment: {
        SOURCE_VAULT_NAME: source.backupVaultName,
        DESTINATION_VAULT_ARN: destinationArn,
        ROLE_ARN: this.copyRole.arn,
        ...(deleteAfterDays === undefined ? {} : { DELETE_AFTER_DAYS: String(deleteAfterDays) }),
      },
      statements: [
        { Action: ['backup:ListRecoveryPointsByBackupVault'], Resource: [source.backupVaultArn] },
        {
          Action: [
            'backup:DescribeCopyJob',
            'backup:DescribeRecoveryPoint',
            'backup:ListCopyJobs',
            'backup:StartCopyJob',
          ],
          // Which recovery points are copied back is said when it runs; of jobs AWS Backup knows no resource.
          Resource: ['*'],
        },
        passing(this.copyRole.arn, 'backup.amazonaws.com'),
      ],
      ...this.made,
    });
    return glue.lambdaFunction;
  }
}

/** Names and ARNs of our own vaults are spelled out for the rules, not references. */
function declaredCopyBack(scope: Construct, props: CopyBackProps): CopyBackDeclaration {
  const [source, destination] = [tryFindVault(props.source), tryFindVault(props.destination)];
  const { deleteAfterDays } = props;
  return {
    env: environmentOf(scope, props.provider),
    sourceBackupVaultName: source?.backupVaultName ?? props.source.backupVaultName,
    destinationBackupVaultArn: destination === undefined ? props.destination.backupVaultArn : vaultArn(destination),
    lifecycle: deleteAfterDays === undefined ? undefined : { deleteAfterDays },
    documentName: props.documentName,
  };
}

/** A reference, or the spelled-out ARN of a vault of ours in another stack, which would have to be deployed before else. */
function renderedArn(scope: Construct, vault: IVault): string {
  const own = tryFindVault(vault);
  const elsewhere = Construct.isConstruct(vault) && TerraformStack.of(vault) !== TerraformStack.of(scope);
  const arn = own && vaultArn(own);
  return arn !== undefined && elsewhere && SYNTH.known(arn) ? arn : vault.backupVaultArn;
}
