/**
 * ListCopyJobSummaries.
 *
 * Source   B14.4/1, B11.7/3. Assumed: a copy counts for the account and Region of its source vault.
 */
import type { CopyJobSummary, ListCopyJobSummariesInput, ListCopyJobSummariesOutput } from '@aws-sdk/client-backup';
import { JOB_STATES } from '../../domain/event-codes';
import { COPY } from '../../domain/jobs';
import { messageCategory } from '../../domain/message-categories';
import type { WorldState } from '../../domain/world-state';
import { byteAt, floatAt, intAt } from '../../kernel/columns';
import type { Caller } from '../caller';
import { byCategory, byStateAndType, summariesOf } from '../job-summaries';
import { given } from './shapes';

export function listCopyJobSummaries(
  state: WorldState,
  caller: Caller,
  input: ListCopyJobSummariesInput,
): ListCopyJobSummariesOutput {
  const { ledger } = state;
  const { jobs } = ledger;
  const page = summariesOf(
    state,
    caller,
    'ListCopyJobSummaries',
    input,
    [...byStateAndType(input), byCategory(input.MessageCategory)],
    (accounts) =>
      jobs
        .rows((row) => {
          if (byteAt(jobs.kinds, row) !== COPY || intAt(jobs.sources, row) < 0) {
            return false;
          }
          const { env } = ledger.vaultOf(intAt(jobs.sources, row)).made;
          return env.region === caller.region && accounts(env.account);
        })
        .map((row) => ({
          account: ledger.vaultOf(intAt(jobs.sources, row)).made.env.account,
          createdAt: floatAt(jobs.createdAts, row),
          values: {
            State: JOB_STATES[byteAt(jobs.states, row)] ?? '',
            ResourceType: ledger.resources.find(intAt(jobs.resources, row)).service.resourceType,
            MessageCategory: messageCategory(jobs, row),
          },
        })),
  );
  return given({
    CopyJobSummaries: page.items as CopyJobSummary[],
    AggregationPeriod: page.period,
    NextToken: page.nextToken,
  });
}
