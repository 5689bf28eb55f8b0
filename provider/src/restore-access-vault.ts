import { LambdaInvocation } from '@cdktf/provider-aws/lib/lambda-invocation';
import { RestoreAccessRights, RestoreAccessVaultRules, Waiver } from '@holdfast/model';
import { Fn, TerraformProvider, Token } from 'cdktf';
import { Construct } from 'constructs';
import { environmentOf } from './private/environment';
import { GlueFunction } from './private/glue-function';
import { RESTORE_ACCESS_INVOCATION } from './private/lambda-code/restore-access-invocation';
import { accountOf, partitionOf, regionOf } from './private/place';
import { annotateTemplate, refuse } from './private/refuse';
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
   * @default - `restore-access-` and 8 characters that follow from the path of the construct
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
   * Whether a destroy asks for the end of access. Only in the account of the source can that be asked for; elsewhere the log
   * of the function says so.
   *
   * @default false
   */
  readonly revokeOnDestroy?: boolean;

  /**
   * Tags of the vault and of what is made for it.
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
   * The provider that makes the resources, of the account that recovers.
   *
   * @default - the stack's AWS provider without an alias
   */
  readonly provider?: TerraformProvider;
}

/**
 * A way into a logically air-gapped vault, for restores in a recovery account, once its approval team agrees.
 *
 * An apply only asks: it ends while the vault is still `CREATING`, and the team has 24 hours. Terraform has no resource for it,
 * so that an `aws_lambda_invocation` has a function ask for it.
 */
export class RestoreAccessVault extends Construct {
  /**
   * ARN of the vault.
   */
  public readonly backupVaultArn: string;

  /**
   * Name of the vault.
   */
  public readonly backupVaultName: string;

  /**
   * State of the vault when the function was last called: `CREATING`, `AVAILABLE` or `FAILED`.
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
    const { sourceBackupVaultArn, backupVaultName, requesterComment, tags, provider } = props;
    const vault = { sourceBackupVaultArn, backupVaultName, requesterComment, tags };
    refuse(
      this,
      RestoreAccessVaultRules.check({ ...vault, env: environmentOf(this, provider) }, '', SYNTH),
      props.waivers,
    );

    this.backupVaultName = backupVaultName ?? `restore-access-${this.node.addr.slice(-8)}`;
    const { lambdaFunction } = this.ownFunction(props);
    const invocation = new LambdaInvocation(this, 'Resource', {
      functionName: lambdaFunction.functionName,
      lifecycleScope: 'CRUD',
      input: inputOf({
        SourceBackupVaultArn: sourceBackupVaultArn,
        BackupVaultName: this.backupVaultName,
        RequesterComment: requesterComment,
        BackupVaultTags: tags,
        RequestId: this.node.addr,
        RevokeOnDestroy: props.revokeOnDestroy ?? false,
      }),
      // Another source or name is another vault: Terraform ends this one and makes that one.
      triggers: { source: sourceBackupVaultArn, name: this.backupVaultName },
      provider,
    });
    annotateTemplate(invocation, props.waivers);
    const told = (key: string) => Token.asString(Fn.lookupNested(Fn.jsondecode(invocation.result), [key]));
    this.backupVaultArn = told('BackupVaultArn');
    this.vaultState = told('VaultState');
  }

  private ownFunction({
    sourceBackupVaultArn,
    mpaApprovalTeamArn,
    tags,
    provider,
  }: RestoreAccessVaultProps): GlueFunction {
    const partition = partitionOf(this, provider);
    const [region, account] = [regionOf(this, provider), accountOf(this, provider)];
    const own = `arn:${partition}:backup:${region}:${account}:backup-vault:${this.backupVaultName}`;
    const team = mpaApprovalTeamArn ?? `arn:${partition}:mpa:us-east-1:*:approval-team/*`;
    return new GlueFunction(this, 'Function', {
      description: 'Asks for restore access to a logically air-gapped backup vault',
      code: RESTORE_ACCESS_INVOCATION,
      statements: RestoreAccessRights.of(sourceBackupVaultArn, own, team).map(({ actions, resources }) => ({
        Action: actions,
        Resource: resources,
      })),
      timeoutSeconds: 300,
      tags,
      provider,
    });
  }
}

/** As JSON; what Terraform alone knows is laid in by Terraform, which then writes its quotes as JSON does. */
function inputOf(input: object): string {
  const text = JSON.stringify(input);
  return Token.isUnresolved(text) ? Fn.jsonencode(JSON.parse(text)) : text;
}
