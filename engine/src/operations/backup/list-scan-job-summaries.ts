/**
 * ListScanJobSummaries: how many scans there were, over one, seven or fourteen days.
 *
 * Source   API ListScanJobSummariesInput; B14.4 (days end at 00:00 UTC, and the present one does not count).
 * Assumed  One day unless a period is given; what is not given, or ANY, is counted apart, AGGREGATE_ALL together.
 */
import type {
  ListScanJobSummariesInput,
  ListScanJobSummariesOutput,
  ScanJobStatus,
  ScanJobSummary,
} from '@aws-sdk/client-backup';
import type { ScanJob } from '../../domain/scan-runs';
import type { WorldState } from '../../domain/world-state';
import { DAY, dateOf } from '../../kernel/instant';
import type { Caller } from '../caller';
import { AwsFault } from '../fault';
import { pageOf } from '../page';
import { scanJobsOf } from '../scan-job';
import { given } from './shapes';

const PERIODS: Readonly<Record<string, number>> = { ONE_DAY: 1, SEVEN_DAYS: 7, FOURTEEN_DAYS: 14 };
const TOGETHER = 'AGGREGATE_ALL';

export function listScanJobSummaries(
  state: WorldState,
  caller: Caller,
  input: ListScanJobSummariesInput,
): ListScanJobSummariesOutput {
  const period: string = input.AggregationPeriod ?? 'ONE_DAY';
  const days = PERIODS[period];
  if (days === undefined) {
    throw new AwsFault('InvalidParameterValueException', `There is no period ${period}.`);
  }
  const end = state.now - (state.now % DAY);
  const start = end - days * DAY;
  const account = input.AccountId ?? caller.account;
  const counts = new Map<string, number>();
  for (const job of scanJobsOf(state, { ...caller, account })) {
    const key = keyOf(job, input);
    if (job.createdAt >= start && job.createdAt < end && key !== undefined) {
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
  }
  const summaries = [...counts]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, Count]): ScanJobSummary => {
      const [State, ResourceType, MalwareScanner, ScanResultStatus] = JSON.parse(key) as (string | null)[];
      return given({
        Region: caller.region,
        AccountId: account,
        State: State as ScanJobStatus,
        ResourceType: ResourceType ?? undefined,
        MalwareScanner: MalwareScanner as NonNullable<ScanJobSummary['MalwareScanner']>,
        ScanResultStatus: (ScanResultStatus ?? undefined) as ScanJobSummary['ScanResultStatus'],
        Count,
        StartTime: dateOf(start),
        EndTime: dateOf(end),
      });
    });
  const page = pageOf(summaries, input.MaxResults, input.NextToken);
  return given({ ScanJobSummaries: page.items, AggregationPeriod: period, NextToken: page.nextToken });
}

/** What a job is counted under; undefined when it is not asked for. */
function keyOf(job: ScanJob, input: ListScanJobSummariesInput): string | undefined {
  const asked: readonly (readonly [string | undefined, string | undefined])[] = [
    [input.State, job.state],
    [input.ResourceType, job.resource.service.resourceType],
    [input.MalwareScanner, job.request.scanner],
    [input.ScanResultStatus, job.result],
  ];
  const fits = asked.every(([wanted, is]) => [undefined, 'ANY', TOGETHER, is].includes(wanted));
  return fits
    ? JSON.stringify(asked.map(([wanted, is]) => (wanted === TOGETHER ? TOGETHER : (is ?? null))))
    : undefined;
}
