/**
 * The copy jobs of an account and Region in the SDK's shape.
 *
 * Pure: reads the World.
 * Source   B1.3 CopyJob. Assumed: the account that started a copy lists it, which is that of its source vault.
 */
import type { CopyJob } from '@aws-sdk/client-backup';
import { encryptionOf } from '../domain/encryption';
import { COPY } from '../domain/jobs';
import { messageCategory } from '../domain/message-categories';
import { jobId, jobView, sourceOfCopyJob } from '../domain/show';
import type { WorldState } from '../domain/world-state';
import { byteAt, intAt } from '../kernel/columns';
import { dateOf } from '../kernel/instant';
import { childCounts, jobKinship, memberOfJob } from './composite';
import { creatorOf, fromLifecycle, given, roleOf, toDate } from './backup/shapes';
import type { AskedAccounts } from './job-accounts';
import { vaultLockStateOf, vaultTypeOf } from './vault-shape';

/** Whether a job is a copy whose source vault is in a Region and one of some accounts. */
export function isCopyJob({ ledger }: WorldState, row: number, region: string, accounts: AskedAccounts): boolean {
  const { jobs } = ledger;
  const series = intAt(jobs.sources, row);
  if (series < 0 || byteAt(jobs.kinds, row) !== COPY) {
    return false;
  }
  const { env } = ledger.vaultOf(series).made;
  return env.region === region && accounts(env.account);
}

export function showCopyJob(state: WorldState, row: number): CopyJob {
  const { ledger } = state;
  const { jobs } = ledger;
  const view = jobView(ledger, row);
  const origin = ledger.origins.find(intAt(jobs.origins, row));
  const resource = ledger.resources.find(intAt(jobs.resources, row));
  const series = intAt(jobs.series, row);
  const vault = series < 0 ? undefined : ledger.vaultOf(series);
  const maker = intAt(jobs.makers, row);
  return given({
    AccountId: ledger.vaultOf(intAt(jobs.sources, row)).made.env.account,
    CopyJobId: view.jobId,
    SourceBackupVaultArn: view.sourceBackupVaultArn,
    SourceRecoveryPointArn: sourceOfCopyJob(ledger, row),
    DestinationBackupVaultArn: view.backupVaultArn === '' ? undefined : view.backupVaultArn,
    DestinationVaultType: vault && vaultTypeOf(vault),
    DestinationVaultLockState: vault && vaultLockStateOf(vault),
    DestinationEncryptionKeyArn: encryptionOf(ledger, resource, vault, true).keyArn,
    DestinationRecoveryPointArn: view.recoveryPointArn,
    DestinationRecoveryPointLifecycle: fromLifecycle(origin.given.lifecycle),
    ResourceArn: view.resourceArn,
    ResourceType: view.resourceType,
    ResourceName: resource.declaration.name,
    CreationDate: dateOf(view.createdAt),
    CompletionDate: toDate(view.completedAt),
    State: view.state as NonNullable<CopyJob['State']>,
    StatusMessage: view.statusMessage === '' ? undefined : view.statusMessage,
    MessageCategory: messageCategory(jobs, row),
    BackupSizeInBytes: view.sizeBytes,
    IamRoleArn: roleOf(origin),
    CreatedBy: creatorOf(origin),
    CreatedByBackupJobId: maker >= 0 && jobs.isOnRecord(maker) ? jobId(ledger, jobs.rowOf(maker)) : undefined,
    CompositeMemberIdentifier: memberOfJob(state, row),
    ...jobKinship(state, row),
    ...childCounts(state, row),
  });
}
