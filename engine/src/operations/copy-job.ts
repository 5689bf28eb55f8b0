/**
 * The copy jobs of an account and Region in the SDK's shape.
 *
 * Pure: reads the World.
 * Source   B1.3 CopyJob. Assumed: the account that started a copy lists it, which is that of its source vault.
 */
import type { CopyJob } from '@aws-sdk/client-backup';
import type { Environment } from '@holdfast/model';
import { COPY } from '../domain/jobs';
import { messageCategory } from '../domain/message-categories';
import { jobView, sourceOfCopyJob } from '../domain/show';
import { placeOf } from '../domain/vaults';
import type { WorldState } from '../domain/world-state';
import { at } from '../kernel/columns';
import { dateOf } from '../kernel/instant';
import { childCounts, jobKinship, memberOfJob } from './composite';
import { creatorOf, fromLifecycle, given, roleOf, toDate } from './backup/shapes';

/** Rows of the copy jobs whose source vault is in `env`, newest first. */
export function copyJobRows(state: WorldState, env: Environment): number[] {
  const { ledger } = state;
  const { jobs } = ledger;
  return jobs
    .rows((row) => {
      const series = at(jobs.sources, row);
      const here = series >= 0 && placeOf(ledger.vaultOf(series).made.env) === placeOf(env);
      return here && at(jobs.kinds, row) === COPY;
    })
    .reverse();
}

export function showCopyJob(state: WorldState, row: number): CopyJob {
  const { ledger } = state;
  const { jobs } = ledger;
  const view = jobView(ledger, row);
  const origin = ledger.origins.find(at(jobs.origins, row));
  return given({
    AccountId: ledger.vaultOf(at(jobs.sources, row)).made.env.account,
    CopyJobId: view.jobId,
    SourceBackupVaultArn: view.sourceBackupVaultArn,
    SourceRecoveryPointArn: sourceOfCopyJob(ledger, row),
    DestinationBackupVaultArn: view.backupVaultArn === '' ? undefined : view.backupVaultArn,
    DestinationRecoveryPointArn: view.recoveryPointArn,
    DestinationRecoveryPointLifecycle: fromLifecycle(origin.given.lifecycle),
    ResourceArn: view.resourceArn,
    ResourceType: view.resourceType,
    ResourceName: ledger.resources.find(at(jobs.resources, row)).declaration.name,
    CreationDate: dateOf(view.createdAt),
    CompletionDate: toDate(view.completedAt),
    State: view.state as NonNullable<CopyJob['State']>,
    StatusMessage: view.statusMessage === '' ? undefined : view.statusMessage,
    MessageCategory: messageCategory(jobs, row),
    BackupSizeInBytes: view.sizeBytes,
    IamRoleArn: roleOf(origin),
    CreatedBy: creatorOf(origin),
    CompositeMemberIdentifier: memberOfJob(state, row),
    ...jobKinship(state, row),
    ...childCounts(state, row),
  });
}
