/**
 * ListBackupJobSummaries.
 *
 * Source   B14.4/1, B11.7/3.
 */
import type {
  BackupJobSummary,
  ListBackupJobSummariesInput,
  ListBackupJobSummariesOutput,
} from '@aws-sdk/client-backup';
import { JOB_STATES } from '../../domain/event-codes';
import { BACKUP } from '../../domain/jobs';
import { messageCategory } from '../../domain/message-categories';
import type { WorldState } from '../../domain/world-state';
import { byteAt, floatAt, intAt } from '../../kernel/columns';
import type { Caller } from '../caller';
import { byCategory, byStateAndType, summariesOf } from '../job-summaries';
import { given } from './shapes';

export function listBackupJobSummaries(
  state: WorldState,
  caller: Caller,
  input: ListBackupJobSummariesInput,
): ListBackupJobSummariesOutput {
  const { jobs, resources } = state.ledger;
  const page = summariesOf(
    state,
    caller,
    'ListBackupJobSummaries',
    input,
    [...byStateAndType(input), byCategory(input.MessageCategory)],
    (accounts) =>
      jobs
        .rows((row) => {
          const { env } = resources.find(intAt(jobs.resources, row)).declaration;
          return byteAt(jobs.kinds, row) === BACKUP && env.region === caller.region && accounts(env.account);
        })
        .map((row) => {
          const { declaration, service } = resources.find(intAt(jobs.resources, row));
          return {
            account: declaration.env.account,
            createdAt: floatAt(jobs.createdAts, row),
            values: {
              State: JOB_STATES[byteAt(jobs.states, row)] ?? '',
              ResourceType: service.resourceType,
              MessageCategory: messageCategory(jobs, row),
            },
          };
        }),
  );
  return given({
    BackupJobSummaries: page.items as BackupJobSummary[],
    AggregationPeriod: page.period,
    NextToken: page.nextToken,
  });
}
