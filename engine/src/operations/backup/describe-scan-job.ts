/**
 * DescribeScanJob.
 *
 * Source   API DescribeScanJobOutput. Assumed: the text for a job that is not there.
 * Gaps     ContinuousScanStartTime and ContinuousScanEndTime are never there: continuous backups are not scanned.
 */
import type { DescribeScanJobInput, DescribeScanJobOutput } from '@aws-sdk/client-backup';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { AwsFault } from '../fault';
import { required } from '../find-vault';
import { scanJobsOf, showScanJob } from '../scan-job';

export function describeScanJob(state: WorldState, caller: Caller, input: DescribeScanJobInput): DescribeScanJobOutput {
  const id = required(input.ScanJobId, 'ScanJobId');
  const job = scanJobsOf(state, caller).find((one) => one.id === id);
  if (job === undefined) {
    throw new AwsFault('ResourceNotFoundException', `Scan job ${id} does not exist.`);
  }
  return { ...showScanJob(state, job), State: job.state };
}
