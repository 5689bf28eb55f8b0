/**
 * The backup jobs of an account and Region in the SDK's shape.
 *
 * Pure: reads the World.
 * Source   B1.3 BackupJob, B4.1/6, B4.1/7.
 */
import type { BackupJob } from '@aws-sdk/client-backup';
import { arnOfCreating, isCreating } from '../domain/creating-points';
import { encryptionOf } from '../domain/encryption';
import { JOB_STATES } from '../domain/event-codes';
import { shownState } from '../domain/job-stages';
import { BACKUP } from '../domain/jobs';
import { messageCategory } from '../domain/message-categories';
import { jobView } from '../domain/show';
import { durationMs } from '../domain/snapshot';
import type { JobView } from '../domain/views';
import type { WorldState } from '../domain/world-state';
import { byteAt, intAt } from '../kernel/columns';
import { dateOf, type Instant } from '../kernel/instant';
import { creatorOf, fromLifecycle, given, toDate } from './backup/shapes';
import type { Caller } from './caller';
import { jobKinship } from './composite';
import { AwsFault } from './fault';
import { findJob } from './find-job';
import { required } from './find-vault';
import { vaultLockStateOf, vaultTypeOf } from './vault-shape';

/** The row of a job that is on record. Assumed: the text. */
export function findBackupJob(state: WorldState, caller: Caller, id: string | undefined): number {
  const wanted = required(id, 'BackupJobId');
  const { jobs, resources } = state.ledger;
  const row = findJob(state, wanted, (one) => {
    const { env } = resources.find(intAt(jobs.resources, one)).declaration;
    return byteAt(jobs.kinds, one) === BACKUP && env.account === caller.account && env.region === caller.region;
  });
  if (row !== undefined) {
    return row;
  }
  throw new AwsFault('ResourceNotFoundException', `Backup job ${wanted} does not exist.`);
}

/** The share of its bytes that a job has moved. Assumed: they move evenly, from its start on. */
function doneOf({ state, startedAt, completedAt, transferredBytes }: JobView, now: Instant): number {
  if (state === 'COMPLETED' || startedAt === undefined) {
    return state === 'COMPLETED' ? 1 : 0;
  }
  return Math.min(1, ((completedAt ?? now) - startedAt) / durationMs(transferredBytes));
}

/** A backup job as lists have it; DescribeBackupJob shows the same. */
export function showBackupJob(state: WorldState, row: number): BackupJob {
  const { ledger } = state;
  const view = jobView(ledger, row);
  const origin = ledger.origins.find(intAt(ledger.jobs.origins, row));
  const resource = ledger.resources.find(intAt(ledger.jobs.resources, row));
  const series = intAt(ledger.jobs.series, row);
  const vault = series < 0 ? undefined : ledger.vaultOf(series);
  const { keyArn, encrypted } = encryptionOf(ledger, resource, vault, false);
  const { startedAt = NaN } = view;
  const expectedAt = view.state === 'RUNNING' ? startedAt + durationMs(view.transferredBytes) : undefined;
  const done = doneOf(view, state.now);
  return given({
    AccountId: resource.declaration.env.account,
    BackupJobId: view.jobId,
    BackupVaultName: view.backupVaultName,
    BackupVaultArn: view.backupVaultArn === '' ? undefined : view.backupVaultArn,
    VaultType: vault && vaultTypeOf(vault),
    VaultLockState: vault && vaultLockStateOf(vault),
    EncryptionKeyArn: keyArn,
    IsEncrypted: encrypted,
    RecoveryPointArn: isCreating(ledger, row) ? arnOfCreating(ledger, row) : view.recoveryPointArn,
    RecoveryPointLifecycle: fromLifecycle(origin.given.lifecycle),
    ResourceArn: view.resourceArn,
    ResourceType: view.resourceType,
    ResourceName: resource.declaration.name,
    CreationDate: dateOf(view.createdAt),
    InitiationDate: toDate(view.startedAt),
    CompletionDate: toDate(view.completedAt),
    StartBy: toDate(view.startBy),
    State: JOB_STATES[shownState(ledger, row)] as NonNullable<BackupJob['State']>,
    StatusMessage: view.statusMessage === '' ? undefined : view.statusMessage,
    MessageCategory: messageCategory(ledger.jobs, row),
    // Source B4.1/6: an estimate, as a string; COMPLETED samples show 100.0.
    PercentDone: (done * 100).toFixed(1),
    ExpectedCompletionDate: toDate(expectedAt),
    // Source B4.1/7: RDS reports 0.
    BackupSizeInBytes: view.resourceType === 'RDS' ? 0 : view.sizeBytes,
    BytesTransferred: view.resourceType === 'RDS' ? 0 : Math.round(view.transferredBytes * done),
    IamRoleArn: origin.roleArn,
    CreatedBy: creatorOf(origin),
    BackupOptions: origin.windowsVss && view.resourceType === 'EC2' ? { WindowsVSS: 'enabled' } : undefined,
    ...jobKinship(state, row),
  });
}
