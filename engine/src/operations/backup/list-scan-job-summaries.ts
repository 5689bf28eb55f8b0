/**
 * ListScanJobSummaries.
 *
 * Source   API ListScanJobSummariesInput; B14.4/1, B11.7/3. Assumed: as those of other jobs.
 */
import type { ListScanJobSummariesInput, ListScanJobSummariesOutput, ScanJobSummary } from '@aws-sdk/client-backup';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { byStateAndType, summariesOf } from '../job-summaries';
import { given } from './shapes';

export function listScanJobSummaries(
  state: WorldState,
  caller: Caller,
  input: ListScanJobSummariesInput,
): ListScanJobSummariesOutput {
  const { ledger, scans } = state;
  const dimensions = [
    ...byStateAndType(input),
    { name: 'MalwareScanner', asked: input.MalwareScanner },
    { name: 'ScanResultStatus', asked: input.ScanResultStatus },
  ];
  const page = summariesOf(state, caller, 'ListScanJobSummaries', input, dimensions, (accounts) =>
    scans
      .list()
      .map((job) => ({ job, env: ledger.vaultOf(job.series).made.env }))
      .filter(({ env }) => env.region === caller.region && accounts(env.account))
      .map(({ job, env }) => ({
        account: env.account,
        createdAt: job.createdAt,
        values: {
          State: job.state,
          ResourceType: job.resource.service.resourceType,
          MalwareScanner: job.request.scanner,
          ScanResultStatus: job.result,
        },
      })),
  );
  return given({
    ScanJobSummaries: page.items as ScanJobSummary[],
    AggregationPeriod: page.period,
    NextToken: page.nextToken,
  });
}
