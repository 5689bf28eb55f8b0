/**
 * What can be asked about access to a logically air-gapped vault, whoever asks.
 *
 * Nothing here waits, as the approval team has 24 hours. Only the account of the source can ask for the end of access.
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

/** What access is asked for. */
export interface Asked {
  readonly SourceBackupVaultArn: string;
  readonly BackupVaultName?: string;
  readonly RequesterComment?: string;
  readonly BackupVaultTags?: Tags;
}

/** The vault as it stands. */
export interface AccessVault {
  readonly BackupVaultArn: string;
  readonly BackupVaultName: string;
  readonly VaultState: string;
}

export type Tags = Readonly<Record<string, string>>;

const accountOf = (arn: string): string | undefined => arn.split(':')[4];
const nameOf = (arn: string): string => arn.split(':')[6] ?? '';

/** Asks for access; the same request again finds what it made before, when its answer was lost. */
export async function askForAccess(backup: BackupClient, asked: Asked, requestId: string): Promise<AccessVault> {
  const { SourceBackupVaultArn, BackupVaultName, RequesterComment, BackupVaultTags } = asked;
  try {
    const made = await backup.send(
      new CreateRestoreAccessBackupVaultCommand({
        SourceBackupVaultArn,
        BackupVaultName,
        RequesterComment,
        BackupVaultTags,
        CreatorRequestId: requestId,
      }),
    );
    return vaultOf(made.RestoreAccessBackupVaultArn ?? '', made.VaultState);
  } catch (error) {
    if (error instanceof AlreadyExistsException && error.CreatorRequestId === requestId && error.Arn) {
      return describe(backup, error.Arn);
    }
    throw error;
  }
}

/** Gives a vault other tags, and tells how it stands. */
export async function changeTags(
  backup: BackupClient,
  arn: string,
  now: Tags = {},
  before: Tags = {},
): Promise<AccessVault> {
  const gone = Object.keys(before).filter((key) => !(key in now));
  if (gone.length > 0) {
    await backup.send(new UntagResourceCommand({ ResourceArn: arn, TagKeyList: gone }));
  }
  if (Object.keys(now).some((key) => now[key] !== before[key])) {
    await backup.send(new TagResourceCommand({ ResourceArn: arn, Tags: { ...now } }));
  }
  return describe(backup, arn);
}

/** Asks the team to end access, unless it is asked already or there is none; elsewhere the log says who can ask. */
export async function askForEnd(backup: BackupClient, arn: string, asked: Asked): Promise<void> {
  const { SourceBackupVaultArn: source, RequesterComment } = asked;
  if (accountOf(arn) !== accountOf(source)) {
    console.warn(`${arn} stays: only account ${accountOf(source)} can ask for its revocation, at ${source}`);
    return;
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
}

async function describe(backup: BackupClient, arn: string): Promise<AccessVault> {
  const { VaultState } = await backup.send(new DescribeBackupVaultCommand({ BackupVaultName: nameOf(arn) }));
  return vaultOf(arn, VaultState);
}

function vaultOf(arn: string, state: string | undefined): AccessVault {
  return { BackupVaultArn: arn, BackupVaultName: nameOf(arn), VaultState: state ?? 'CREATING' };
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
