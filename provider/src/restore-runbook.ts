import { IamRole } from '@cdktf/provider-aws/lib/iam-role';
import { IamRolePolicyAttachment } from '@cdktf/provider-aws/lib/iam-role-policy-attachment';
import { SsmDocument } from '@cdktf/provider-aws/lib/ssm-document';
import {
  ManagedPolicies,
  RestoreRunbookDeclaration,
  RestoreRunbookRules,
  RestoreRunbooks,
  Waiver,
} from '@holdfast/model';
import { ITerraformDependable, Op, TerraformProvider, Token } from 'cdktf';
import { Construct } from 'constructs';
import { automationDocument, AutomationOptions, automationRole, grantStart } from './private/automation';
import { tryFindVault } from './private/declarations';
import { accountOf, partitionOf, regionOf } from './private/place';
import { annotateTemplate, refuse } from './private/refuse';
import { policiesOfRole } from './private/role-policies';
import { attachPolicy, backupServiceRole, passing, ServiceRole } from './private/service-role';
import { SYNTH } from './private/token-values';
import { IVault } from './vault';

/**
 * Properties of a `RestoreRunbook`.
 */
export interface RestoreRunbookProps {
  /**
   * Resource type, as AWS Backup writes it, e.g. `RDS`; one of `RestoreMetadata.resourceTypes()` of `@holdfast/model`.
   */
  readonly resourceType: string;

  /**
   * Name of the SSM document, 3 to 128 letters, digits, dots, `-` and `_`.
   *
   * @default - one that is made from the path of the construct
   */
  readonly documentName?: string;

  /**
   * Vault that recovery points come from unless a run says otherwise.
   *
   * @default - each run must say
   */
  readonly backupVault?: IVault;

  /**
   * Values of metadata keys unless a run says otherwise, e.g. `DBSubnetGroupName` for RDS.
   *
   * @default - what the recovery point holds
   */
  readonly metadataDefaults?: { [key: string]: string };

  /**
   * Hours that a run waits for the restore, 1 to 168. A restore that takes longer goes on.
   *
   * @default 24
   */
  readonly timeoutHours?: number;

  /**
   * ARN of the role that AWS Backup assumes to restore; used as it is, no policy is added.
   *
   * @default - a role of its own that AWS Backup alone can assume, with the managed policies for restores
   */
  readonly restoreRoleArn?: string;

  /**
   * ARNs of roles that a restore role of its own may pass to what it restores, e.g. that of the instance profile of EC2
   * instances.
   *
   * @default - none
   */
  readonly passedRoleArns?: string[];

  /**
   * Tags of the document, its roles and their policies.
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
   * The provider that makes the resources.
   *
   * @default - the stack's AWS provider without an alias
   */
  readonly provider?: TerraformProvider;
}

const HOUR_SECONDS = 3600;

/**
 * A runbook for the night when it matters: an SSM Automation document that restores a recovery point of one resource type.
 *
 * It checks the type of the point, merges the metadata that the point holds with what the run gives, starts the restore,
 * waits for its end, and tells what was made. Each key of the metadata is a parameter with a description; nothing that exists
 * is written into unless a run asks for it.
 */
export class RestoreRunbook extends Construct {
  /**
   * The SSM document.
   */
  public readonly document: SsmDocument;

  /**
   * Name of the SSM document.
   */
  public readonly documentName: string;

  /**
   * The role made for restores; none when `restoreRoleArn` was given.
   */
  public readonly restoreRole?: IamRole;

  /**
   * ARN of the role that AWS Backup assumes to restore.
   */
  public readonly restoreRoleArn: string;

  /**
   * The role that Systems Manager assumes.
   */
  public readonly automationRole: IamRole;

  private readonly made: AutomationOptions;

  /**
   * @param scope parent
   * @param id construct id
   * @param props properties
   * @throws ValidationError when Systems Manager or AWS Backup would refuse what is declared, with every finding at once
   */
  constructor(scope: Construct, id: string, props: RestoreRunbookProps) {
    super(scope, id);
    const declared = declaredRunbook(props);
    refuse(this, RestoreRunbookRules.check(declared, '', SYNTH), props.waivers);

    this.made = { tags: props.tags, provider: props.provider };
    const policies = props.restoreRoleArn === undefined ? [] : policiesOfRole(this, props.restoreRoleArn);
    if (props.restoreRoleArn === undefined) {
      this.restoreRole = this.ownRestoreRole(props, policies);
    }
    this.restoreRoleArn = props.restoreRoleArn ?? this.restoreRole!.arn;
    const automation = this.roleOfAutomation(props.resourceType);
    this.automationRole = automation.role;
    const roles = { automationRoleArn: this.automationRole.arn, restoreRoleArn: this.restoreRoleArn };
    const backupVaultName = props.backupVault?.backupVaultName;
    const { timeoutHours: hours } = props;
    const seconds = hours === undefined || SYNTH.known(hours) ? undefined : Token.asNumber(Op.mul(hours, HOUR_SECONDS));
    this.document = automationDocument(this, {
      documentName: props.documentName,
      content: RestoreRunbooks.document({ ...declared, backupVaultName }, roles, seconds),
      dependsOn: [...policies, ...automation.policies],
      ...this.made,
    });
    annotateTemplate(this.document, props.waivers);
    this.documentName = this.document.name;
  }

  /**
   * Lets a role run the runbook, and pass its role to Systems Manager.
   *
   * @param id construct id, within the runbook, of the policy
   * @param roleName name of the role that may start it
   */
  public grantStart(id: string, roleName: string): IamRolePolicyAttachment {
    return grantStart(this, id, roleName, this.document, this.automationRole.arn, this.made);
  }

  private ownRestoreRole(props: RestoreRunbookProps, policies: ITerraformDependable[]): IamRole {
    const { resourceType, passedRoleArns = [], provider } = props;
    const made = backupServiceRole(this, 'RestoreRole', {
      description: `AWS Backup assumes it to restore ${resourceType}`,
      managedPolicyArns: ManagedPolicies.forRestore(resourceType === 'S3' ? ['s3'] : [], partitionOf(this, provider)),
      ...this.made,
    });
    policies.push(...made.policies);
    if (passedRoleArns.length > 0) {
      const pass = { Action: ['iam:PassRole'], Resource: passedRoleArns };
      policies.push(attachPolicy(this, 'RestorePolicy', made.role.name, [pass], this.made));
    }
    return made.role;
  }

  private roleOfAutomation(resourceType: string): ServiceRole {
    const { provider } = this.made;
    const env = {
      partition: partitionOf(this, provider),
      region: regionOf(this, provider),
      account: accountOf(this, provider),
    };
    const statements = [
      {
        Action: ['backup:DescribeRecoveryPoint', 'backup:GetRecoveryPointRestoreMetadata', 'backup:StartRestoreJob'],
        // Which recovery point is restored is said when the runbook runs.
        Resource: RestoreRunbooks.recoveryPointArns(resourceType, env),
      },
      // AWS Backup knows no resource for restore jobs.
      { Action: ['backup:DescribeRestoreJob'], Resource: ['*'] },
      passing(this.restoreRoleArn, 'backup.amazonaws.com'),
    ];
    const description = `Systems Manager assumes it to run restores of ${resourceType}`;
    return automationRole(this, description, statements, this.made);
  }
}

/** The name of a vault of ours is spelled out for the rules. */
function declaredRunbook(props: RestoreRunbookProps): RestoreRunbookDeclaration {
  const own = props.backupVault && tryFindVault(props.backupVault);
  return {
    resourceType: props.resourceType,
    documentName: props.documentName,
    backupVaultName: own?.backupVaultName ?? props.backupVault?.backupVaultName,
    metadataDefaults: props.metadataDefaults,
    timeoutHours: props.timeoutHours,
  };
}
