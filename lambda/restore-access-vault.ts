/**
 * Custom resource: a restore access vault, which CloudFormation has no type for.
 *
 * Asks for access and does not wait, as the approval team has 24 hours and CloudFormation waits for one.
 */
import { BackupClient } from '@aws-sdk/client-backup';
import { Answer, CloudFormationRequest, customResource } from './shared/cloudformation-request';
import { AccessVault, askForAccess, askForEnd, Asked, changeTags } from './shared/restore-access';

export type Properties = Asked;

type Request = CloudFormationRequest<Properties>;

/** What the custom resource does with one request. */
export function restoreAccess(backup: BackupClient): (request: Request) => Promise<Answer> {
  return async (request) => {
    const { RequestType, ResourceProperties: now, OldResourceProperties: before, PhysicalResourceId: arn } = request;
    if (RequestType === 'Delete') {
      return revoke(backup, request);
    }
    return RequestType === 'Create' || isAnother(request)
      ? answer(await askForAccess(backup, now, request.RequestId))
      : answer(await changeTags(backup, arn ?? '', now.BackupVaultTags, before?.BackupVaultTags));
  };
}

/** Another source or name is another vault; CloudFormation then asks to delete the former. */
function isAnother({ ResourceProperties: now, OldResourceProperties: before }: Request): boolean {
  return now.SourceBackupVaultArn !== before?.SourceBackupVaultArn || now.BackupVaultName !== before.BackupVaultName;
}

async function revoke(backup: BackupClient, request: Request): Promise<Answer> {
  const arn = request.PhysicalResourceId ?? request.RequestId;
  if (arn.startsWith('arn:')) {
    await askForEnd(backup, arn, request.ResourceProperties);
  }
  return { PhysicalResourceId: arn };
}

function answer(vault: AccessVault): Answer {
  return { PhysicalResourceId: vault.BackupVaultArn, Data: { ...vault } };
}

export const handler = customResource(restoreAccess(new BackupClient({})));
