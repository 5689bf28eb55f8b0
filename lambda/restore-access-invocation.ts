/**
 * A restore access vault for Terraform, which has no resource for it: what `aws_lambda_invocation` calls at each step of its life.
 *
 * Source   https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/lambda_invocation (read 2026-11-26): with
 *          `lifecycle_scope = "CRUD"` the input gets a key `tf` with `action`, one of create, update and delete, and
 *          `prev_input`. Assumed: at a deletion the input itself is that of the last call.
 */
import { createHash } from 'node:crypto';
import { BackupClient } from '@aws-sdk/client-backup';
import { AccessVault, askForAccess, askForEnd, Asked, changeTags } from './shared/restore-access';

/** What the construct writes. */
export interface Input extends Asked {
  readonly BackupVaultName: string;
  /** Tells this construct apart from others. */
  readonly RequestId: string;
  /** Whether a destroyed construct asks for the end of access. */
  readonly RevokeOnDestroy: boolean;
}

/** What Terraform makes of it. */
export interface Invocation extends Input {
  readonly tf: { readonly action: string; readonly prev_input?: Partial<Input> | null };
}

/** The part of Lambda's context that says where the function is. */
export interface Context {
  readonly invokedFunctionArn: string;
}

/** What one call does, and what Terraform keeps of it as `result`. */
export function invokeRestoreAccess(
  backup: BackupClient,
): (input: Invocation, context: Context) => Promise<AccessVault | { readonly BackupVaultArn: string }> {
  return async (input, context) => {
    const arn = ownArn(input, context);
    switch (input.tf?.action) {
      case 'create':
        return askForAccess(backup, input, requestId(input));
      case 'update':
        return changeTags(backup, arn, input.BackupVaultTags, input.tf.prev_input?.BackupVaultTags);
      case 'delete':
        await end(backup, arn, input);
        return { BackupVaultArn: arn };
      default:
        throw new Error(`tf.action must be create, update or delete, got ${JSON.stringify(input.tf)}`);
    }
  };
}

async function end(backup: BackupClient, arn: string, input: Input): Promise<void> {
  if (input.RevokeOnDestroy) {
    await askForEnd(backup, arn, input);
  } else {
    console.warn(`${arn} stays: its revocation was not asked for`);
  }
}

/** The name is fixed, as Terraform keeps nothing that AWS chose. */
function ownArn({ BackupVaultName }: Input, { invokedFunctionArn }: Context): string {
  const [, partition = '', , region = '', account = ''] = invokedFunctionArn.split(':');
  return `arn:${partition}:backup:${region}:${account}:backup-vault:${BackupVaultName}`;
}

/** The same for the same vault of the same construct, so that what was left standing is found again; at most 50 characters. */
function requestId({ RequestId, SourceBackupVaultArn, BackupVaultName }: Input): string {
  const text = [RequestId, SourceBackupVaultArn, BackupVaultName].join(' ');
  return createHash('sha256').update(text).digest('hex').slice(0, 32);
}

export const handler = invokeRestoreAccess(new BackupClient({}));
