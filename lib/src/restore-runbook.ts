import { Environment, RestoreRunbookDeclaration, RestoreRunbookRules, RestoreRunbooks, Waiver } from '@holdfast/model';
import * as backup from 'aws-cdk-lib/aws-backup';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as ssm from 'aws-cdk-lib/aws-ssm';
import { Duration } from 'aws-cdk-lib/core';
import { propertyInjectable } from 'aws-cdk-lib/core/lib/prop-injectable';
import { Construct } from 'constructs';
import { automationRole, grantStart } from './private/automation';
import { tryFindVault } from './private/declarations';
import { environmentOf } from './private/environment';
import { annotateTemplate, refuse } from './private/refuse';
import { backupServiceRole, restorePolicies } from './private/restore-role';
import { secondsLater, SYNTH } from './private/token-values';

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
   * @default - CloudFormation makes one
   */
  readonly documentName?: string;

  /**
   * Vault that recovery points come from unless a run says otherwise.
   *
   * @default - each run must say
   */
  readonly backupVault?: backup.IBackupVault;

  /**
   * Values of metadata keys unless a run says otherwise, e.g. `DBSubnetGroupName` for RDS.
   *
   * @default - what the recovery point holds
   */
  readonly metadataDefaults?: { [key: string]: string };

  /**
   * Time that a run waits for the restore, 1 to 168 hours. A restore that takes longer goes on. A token is given in seconds.
   *
   * @default Duration.hours(24)
   */
  readonly timeout?: Duration;

  /**
   * Role that AWS Backup assumes to restore; used as it is, no policy is added.
   *
   * @default - a role of its own that AWS Backup alone can assume, with the managed policies for restores
   */
  readonly restoreRole?: iam.IRole;

  /**
   * Roles that a restore role of its own may pass to what it restores, e.g. that of the instance profile of EC2 instances.
   *
   * @default - none
   */
  readonly passedRoles?: iam.IRole[];

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

const ANY_JOB = 'AWS Backup knows no resource for restore jobs: IAM can allow this action on * alone.';
const ANY_POINT = 'Which recovery point is restored is said when the runbook runs.';

/**
 * A runbook for the night when it matters: an SSM Automation document that restores a recovery point of one resource type.
 *
 * It checks the type of the point, merges the metadata that the point holds with what the run gives, starts the restore,
 * waits for its end, and tells what was made. Each key of the metadata is a parameter with a description; nothing that exists
 * is written into unless a run asks for it.
 */
@propertyInjectable
export class RestoreRunbook extends Construct {
  /**
   * Under this id `PropertyInjectors.of(scope)` takes what injects properties.
   */
  public static readonly PROPERTY_INJECTION_ID: string = '@holdfast/cdk.RestoreRunbook';

  /**
   * Name of the SSM document.
   */
  public readonly documentName: string;

  /**
   * The role that AWS Backup assumes to restore.
   */
  public readonly restoreRole: iam.IRole;

  /**
   * The role that Systems Manager assumes.
   */
  public readonly automationRole: iam.IRole;

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

    this.restoreRole =
      props.restoreRole ??
      backupServiceRole(this, 'RestoreRole', {
        description: `AWS Backup assumes it to restore ${props.resourceType}`,
        managedPolicyArns: restorePolicies(props.resourceType),
        passedRoles: props.passedRoles,
      });
    this.automationRole = this.roleOfAutomation(props.resourceType);
    const roles = { automationRoleArn: this.automationRole.roleArn, restoreRoleArn: this.restoreRole.roleArn };
    const backupVaultName = props.backupVault?.backupVaultName;
    const document = new ssm.CfnDocument(this, 'Resource', {
      name: props.documentName,
      documentType: 'Automation',
      documentFormat: 'JSON',
      // A change of a document that has a name of its own could not replace it.
      updateMethod: 'NewVersion',
      content: RestoreRunbooks.document({ ...declared, backupVaultName }, roles, secondsLater(props.timeout)),
      tags: props.tags && Object.entries(props.tags).map(([key, value]) => ({ key, value })),
    });
    annotateTemplate(document, props.waivers);
    this.documentName = document.ref;
  }

  /**
   * Lets somebody run the runbook.
   *
   * @param grantee who may start it, and pass its role to Systems Manager
   */
  public grantStart(grantee: iam.IGrantable): iam.Grant {
    return grantStart(this, grantee, this.documentName, this.automationRole);
  }

  private roleOfAutomation(resourceType: string): iam.Role {
    const env = environmentOf(this);
    const points = RestoreRunbooks.recoveryPointArns(resourceType, env);
    return automationRole(this, {
      description: `Systems Manager assumes it to run restores of ${resourceType}`,
      statements: [
        new iam.PolicyStatement({
          actions: ['backup:DescribeRecoveryPoint', 'backup:GetRecoveryPointRestoreMetadata', 'backup:StartRestoreJob'],
          resources: points,
        }),
        new iam.PolicyStatement({ actions: ['backup:DescribeRestoreJob'], resources: ['*'] }),
        new iam.PolicyStatement({
          actions: ['iam:PassRole'],
          resources: [this.restoreRole.roleArn],
          conditions: { StringEquals: { 'iam:PassedToService': 'backup.amazonaws.com' } },
        }),
      ],
      reasons: { '*': ANY_JOB, ...Object.fromEntries(asFound(resourceType, env).map((arn) => [arn, ANY_POINT])) },
    });
  }
}

/** The same patterns as cdk-nag writes them: what is known only at deployment by the name of its pseudo parameter. */
function asFound(resourceType: string, { partition, region, account }: Environment): string[] {
  const written = (value: string, parameter: string) => (SYNTH.known(value) ? value : `<AWS::${parameter}>`);
  return RestoreRunbooks.recoveryPointArns(resourceType, {
    partition: written(partition, 'Partition'),
    region: written(region, 'Region'),
    account: written(account, 'AccountId'),
  });
}

/** The name of a vault of ours is spelled out for the rules. */
function declaredRunbook(props: RestoreRunbookProps): RestoreRunbookDeclaration {
  const own = props.backupVault && tryFindVault(props.backupVault);
  return {
    resourceType: props.resourceType,
    documentName: props.documentName,
    backupVaultName: own?.backupVaultName ?? props.backupVault?.backupVaultName,
    metadataDefaults: props.metadataDefaults,
    timeoutHours: secondsLater(props.timeout) ?? props.timeout?.toHours({ integral: false }),
  };
}
