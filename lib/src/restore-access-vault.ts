import { RestoreAccessVaultRules, Waiver } from '@holdfast/model';
import { CfnResource, CustomResource, RemovalPolicy } from 'aws-cdk-lib/core';
import { propertyInjectable } from 'aws-cdk-lib/core/lib/prop-injectable';
import { Construct } from 'constructs';
import { environmentOf } from './private/environment';
import { annotateTemplate, refuse } from './private/refuse';
import { RestoreAccessFunction } from './private/restore-access-function';
import { SYNTH } from './private/token-values';

/**
 * Properties of a `RestoreAccessVault`.
 */
export interface RestoreAccessVaultProps {
  /**
   * ARN of the logically air-gapped vault that access is asked for; it has an approval team and usually is of another
   * account.
   */
  readonly sourceBackupVaultArn: string;

  /**
   * Name of the vault, 2 to 50 letters, digits, `-` and `_`. Another name is another vault, which has to be approved anew.
   *
   * @default - AWS Backup makes one from the name of the source
   */
  readonly backupVaultName?: string;

  /**
   * Why access is asked for; the approval team reads it.
   *
   * @default - no reason is given
   */
  readonly requesterComment?: string;

  /**
   * ARN of the approval team of the source, to which the right to begin a session is then limited.
   *
   * @default - sessions of any team
   */
  readonly mpaApprovalTeamArn?: string;

  /**
   * What becomes of the vault when it leaves the stack. `RETAIN` leaves it as it is; `DESTROY` asks for its revocation where
   * the stack is in the account of the source, as AWS Backup lets no other account ask.
   *
   * @default RemovalPolicy.RETAIN
   */
  readonly removalPolicy?: RemovalPolicy;

  /**
   * Tags of the vault.
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
 * A way into a logically air-gapped vault, for restores in a recovery account, once its approval team agrees.
 *
 * The deployment only asks: it ends while the vault is still `CREATING`, and the team has 24 hours. CloudFormation has no type
 * for it, so that a function asks for it.
 */
@propertyInjectable
export class RestoreAccessVault extends Construct {
  /**
   * Under this id `PropertyInjectors.of(scope)` takes what injects properties.
   */
  public static readonly PROPERTY_INJECTION_ID: string = '@holdfast/cdk.RestoreAccessVault';

  /**
   * ARN of the vault.
   */
  public readonly backupVaultArn: string;

  /**
   * Name of the vault.
   */
  public readonly backupVaultName: string;

  /**
   * State of the vault at the last deployment: `CREATING`, `AVAILABLE` or `FAILED`.
   */
  public readonly vaultState: string;

  /**
   * @param scope parent
   * @param id construct id
   * @param props properties
   * @throws ValidationError when AWS Backup would refuse what is declared, with every finding at once
   */
  constructor(scope: Construct, id: string, props: RestoreAccessVaultProps) {
    super(scope, id);
    const { sourceBackupVaultArn, backupVaultName, requesterComment, tags } = props;
    const vault = { sourceBackupVaultArn, backupVaultName, requesterComment, tags, env: environmentOf(this) };
    refuse(this, RestoreAccessVaultRules.check(vault, '', SYNTH), props.waivers);

    const { serviceToken } = new RestoreAccessFunction(this, 'Function', props);
    const resource = new CustomResource(this, 'Resource', {
      serviceToken,
      resourceType: 'Custom::RestoreAccessBackupVault',
      removalPolicy: props.removalPolicy ?? RemovalPolicy.RETAIN,
      properties: {
        SourceBackupVaultArn: sourceBackupVaultArn,
        BackupVaultName: backupVaultName,
        RequesterComment: requesterComment,
        BackupVaultTags: tags,
      },
    });
    annotateTemplate(resource.node.defaultChild as CfnResource, props.waivers);
    this.backupVaultArn = resource.getAttString('BackupVaultArn');
    this.backupVaultName = resource.getAttString('BackupVaultName');
    this.vaultState = resource.getAttString('VaultState');
  }
}
