/**
 * DescribeCopyJob.
 *
 * Source   B1.3 CopyJob. Assumed: the text for a job that is not there.
 * Gaps     DeleteAfterEvent of the lifecycle is never there: no copy is temporary.
 */
import type { DescribeCopyJobInput, DescribeCopyJobOutput } from '@aws-sdk/client-backup';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { isCopyJob, showCopyJob } from '../copy-job';
import { AwsFault } from '../fault';
import { findJob } from '../find-job';
import { required } from '../find-vault';

export function describeCopyJob(state: WorldState, caller: Caller, input: DescribeCopyJobInput): DescribeCopyJobOutput {
  const id = required(input.CopyJobId, 'CopyJobId');
  const row = findJob(state, id, (one) =>
    isCopyJob(state, one, caller.region, (account) => account === caller.account),
  );
  if (row !== undefined) {
    return { CopyJob: showCopyJob(state, row) };
  }
  throw new AwsFault('ResourceNotFoundException', `Copy job ${id} does not exist.`);
}
