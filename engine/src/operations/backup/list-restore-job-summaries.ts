/**
 * ListRestoreJobSummaries.
 *
 * Source   B14.4/1, B11.7/3.
 */
import type {
  ListRestoreJobSummariesInput,
  ListRestoreJobSummariesOutput,
  RestoreJobSummary,
} from '@aws-sdk/client-backup';
import { JOB_STATES } from '../../domain/event-codes';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { byStateAndType, summariesOf } from '../job-summaries';
import { given } from './shapes';

export function listRestoreJobSummaries(
  state: WorldState,
  caller: Caller,
  input: ListRestoreJobSummariesInput,
): ListRestoreJobSummariesOutput {
  const page = summariesOf(state, caller, 'ListRestoreJobSummaries', input, [...byStateAndType(input)], (accounts) =>
    state.restores
      .list()
      .filter(({ request: { env } }) => env.region === caller.region && accounts(env.account))
      .map((job) => ({
        account: job.request.env.account,
        createdAt: job.createdAt,
        values: {
          State: JOB_STATES[job.state] ?? '',
          ResourceType: job.resourceType,
        },
      })),
  );
  return given({
    RestoreJobSummaries: page.items as RestoreJobSummary[],
    AggregationPeriod: page.period,
    NextToken: page.nextToken,
  });
}
