/**
 * ListSearchJobs.
 *
 * Source   API model 2018-05-10 of backup-search (filters), newest first.
 */
import type { WorldState } from '../../domain/world-state';
import type * as api from '../generated/backupsearch';
import type { Caller } from '../caller';
import { showSearch } from '../searches';
import { validPage } from '../validation';

export function listSearchJobs(
  state: WorldState,
  caller: Caller,
  input: api.ListSearchJobsInput,
): api.ListSearchJobsOutput {
  const jobs = state.searches.list(caller).filter((job) => (input.ByStatus ?? job.state) === job.state);
  const page = validPage(jobs, input, {
    service: 'backup-search',
    operation: 'ListSearchJobs',
    keyOf: ({ id }) => id,
  });
  return { SearchJobs: page.items.map(showSearch), NextToken: page.nextToken };
}
