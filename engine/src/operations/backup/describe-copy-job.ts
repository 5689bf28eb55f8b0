/**
 * DescribeCopyJob.
 *
 * Source   B1.3 CopyJob. Assumed: the text for a job that is not there.
 */
import type { DescribeCopyJobInput, DescribeCopyJobOutput } from '@aws-sdk/client-backup';
import { jobId } from '../../domain/show';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { copyJobRows, showCopyJob } from '../copy-job';
import { AwsFault } from '../fault';
import { required } from '../find-vault';

export function describeCopyJob(state: WorldState, caller: Caller, input: DescribeCopyJobInput): DescribeCopyJobOutput {
  const id = required(input.CopyJobId, 'CopyJobId');
  const found = copyJobRows(state, caller.region, (account) => account === caller.account).find(
    (row) => jobId(state.ledger, row) === id,
  );
  if (found === undefined) {
    throw new AwsFault('ResourceNotFoundException', `Copy job ${id} does not exist.`);
  }
  return { CopyJob: showCopyJob(state, found) };
}
