/**
 * StopBackupJob.
 *
 * Source   B4.3/8 (services whose jobs cannot be stopped). Assumed: the texts.
 */
import type { StopBackupJobInput } from '@aws-sdk/client-backup';
import { BackupLimits } from '@holdfast/model';
import { CREATED, RUNNING } from '../../domain/event-codes';
import type { WorldState } from '../../domain/world-state';
import { byteAt, intAt } from '../../kernel/columns';
import { findBackupJob } from '../backup-job';
import type { Caller } from '../caller';
import { AwsFault } from '../fault';

export function stopBackupJob(state: WorldState, caller: Caller, input: StopBackupJobInput): void {
  const { jobs, resources } = state.ledger;
  const row = findBackupJob(state, caller, input.BackupJobId);
  const { service } = resources.find(intAt(jobs.resources, row));
  if (!BackupLimits.canStop(service.id)) {
    throw new AwsFault('InvalidRequestException', `Backup jobs of ${service.name} cannot be stopped.`);
  }
  const jobState = byteAt(jobs.states, row);
  if (jobState !== CREATED && jobState !== RUNNING) {
    throw new AwsFault('InvalidRequestException', `Backup job ${input.BackupJobId} is over and cannot be stopped.`);
  }
  state.ledger.settle();
  state.backups.stop(row, jobs.numberOf(row));
}
