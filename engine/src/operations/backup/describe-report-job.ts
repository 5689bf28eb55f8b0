/**
 * DescribeReportJob.
 *
 * Source   B10.2/4. Assumed: the text.
 * Gaps     StatusMessage is never there: no report job fails.
 */
import type { DescribeReportJobInput, DescribeReportJobOutput } from '@aws-sdk/client-backup';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { AwsFault } from '../fault';
import { required } from '../find-vault';
import { showReportJob } from '../report-plan';

export function describeReportJob(
  state: WorldState,
  caller: Caller,
  input: DescribeReportJobInput,
): DescribeReportJobOutput {
  const wanted = required(input.ReportJobId, 'ReportJobId');
  const job = state.reportPlans.jobs(caller).find(({ id }) => id === wanted);
  if (job === undefined) {
    throw new AwsFault('ResourceNotFoundException', `Report job ${wanted} does not exist.`);
  }
  return { ReportJob: showReportJob(job) };
}
