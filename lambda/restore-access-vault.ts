/**
 * Custom resource: a restore access vault, which CloudFormation has no type for.
 *
 * Asks for access and does not wait, as the approval team has 24 hours and CloudFormation waits for one. Only the account of
 * the source can ask for the end of access; elsewhere the deletion says so in the log and leaves the vault as it is.
 *
 * Source   B7.5/8, B7.5/9.
 */
import {
  AlreadyExistsException,
  BackupClient,
  CreateRestoreAccessBackupVaultCommand,
  DescribeBackupVaultCommand,
  ListRestoreAccessBackupVaultsCommand,
  RestoreAccessBackupVaultListMember,
  ResourceNotFoundException,
  RevokeRestoreAccessBackupVaultCommand,
  TagResourceCommand,
  UntagResourceCommand,
} from '@aws-sdk/client-backup';
import { Answer, CloudFormationRequest, customResource } from './shared/cloudformation-request';

export interface Properties {
  readonly SourceBackupVaultArn: string;
  readonly BackupVaultName?: string;
  readonly RequesterComment?: string;
  readonly BackupVaultTags?: Record<string, string>;
}

type Request = CloudFormationRequest<Properties>;

const accountOf = (arn: string): string | undefined => arn.split(':')[4];
const nameOf = (arn: string): string => arn.split(':')[6] ?? '';

/** What the custom resource does with one request. */
export function restoreAccess(backup: BackupClient): (request: Request) => Promise<Answer> {
  return async (request) => {
    if (request.RequestType === 'Delete') {
      return revoke(backup, request);
    }
    return request.RequestType === 'Create' || isAnother(request) ? create(backup, request) : update(backup, request);
  };
}

/** Another source or name is another vault; CloudFormation then asks to delete the former. */
function isAnother({ ResourceProperties: now, OldResourceProperties: before }: Request): boolean {
  return now.SourceBackupVaultArn !== before?.SourceBackupVaultArn || now.BackupVaultName !== before.BackupVaultName;
}

async function create(backup: BackupClient, request: Request): Promise<Answer> {
  const { SourceBackupVaultArn, BackupVaultName, RequesterComment, BackupVaultTags } = request.ResourceProperties;
  try {
    const made = await backup.send(
      new CreateRestoreAccessBackupVaultCommand({
        SourceBackupVaultArn,
        BackupVaultName,
        RequesterComment,
        BackupVaultTags,
        CreatorRequestId: request.RequestId,
      }),
    );
    return answer(made.RestoreAccessBackupVaultArn ?? '', made.VaultState);
  } catch (error) {
    // Asked before by this very request, whose answer was lost.
    if (error instanceof AlreadyExistsException && error.CreatorRequestId === request.RequestId && error.Arn) {
      return describe(backup, error.Arn);
    }
    throw error;
  }
}

async function update(backup: BackupClient, request: Request): Promise<Answer> {
  const arn = request.PhysicalResourceId ?? '';
  const now = request.ResourceProperties.BackupVaultTags ?? {};
  const before = request.OldResourceProperties?.BackupVaultTags ?? {};
  const gone = Object.keys(before).filter((key) => !(key in now));
  if (gone.length > 0) {
    await backup.send(new UntagResourceCommand({ ResourceArn: arn, TagKeyList: gone }));
  }
  if (Object.keys(now).some((key) => now[key] !== before[key])) {
    await backup.send(new TagResourceCommand({ ResourceArn: arn, Tags: now }));
  }
  return describe(backup, arn);
}

async function describe(backup: BackupClient, arn: string): Promise<Answer> {
  const { VaultState } = await backup.send(new DescribeBackupVaultCommand({ BackupVaultName: nameOf(arn) }));
  return answer(arn, VaultState);
}

async function revoke(backup: BackupClient, request: Request): Promise<Answer> {
  const arn = request.PhysicalResourceId ?? request.RequestId;
  const { SourceBackupVaultArn: source, RequesterComment } = request.ResourceProperties;
  const gone = { PhysicalResourceId: arn };
  if (!arn.startsWith('arn:')) {
    return gone;
  }
  if (accountOf(arn) !== accountOf(source)) {
    console.warn(`${arn} stays: only account ${accountOf(source)} can ask for its revocation, at ${source}`);
    return gone;
  }
  const present = await find(backup, nameOf(source), arn);
  if (present !== undefined && present.LatestRevokeRequest?.Status !== 'PENDING') {
    await backup.send(
      new RevokeRestoreAccessBackupVaultCommand({
        BackupVaultName: nameOf(source),
        RestoreAccessBackupVaultArn: arn,
        RequesterComment,
      }),
    );
  }
  return gone;
}

/** The vault among those that have access to the source; undefined when it, or the source, is gone. */
async function find(
  backup: BackupClient,
  source: string,
  arn: string,
): Promise<RestoreAccessBackupVaultListMember | undefined> {
  let token: string | undefined;
  try {
    do {
      const page = await backup.send(
        new ListRestoreAccessBackupVaultsCommand({ BackupVaultName: source, NextToken: token }),
      );
      const found = page.RestoreAccessBackupVaults?.find((vault) => vault.RestoreAccessBackupVaultArn === arn);
      if (found !== undefined) {
        return found;
      }
      token = page.NextToken;
    } while (token !== undefined);
  } catch (error) {
    if (!(error instanceof ResourceNotFoundException)) {
      throw error;
    }
  }
  return undefined;
}

function answer(arn: string, state: string | undefined): Answer {
  return {
    PhysicalResourceId: arn,
    Data: { BackupVaultArn: arn, BackupVaultName: nameOf(arn), VaultState: state ?? 'CREATING' },
  };
}

export const handler = customResource(restoreAccess(new BackupClient({})));
