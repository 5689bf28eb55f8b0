/**
 * ListSearchResultExportJobs.
 *
 * Source   API model 2018-05-10 of backup-search (filters), newest first.
 */
import type { WorldState } from '../../domain/world-state';
import type * as api from '../generated/backupsearch';
import type { Caller } from '../caller';
import { showExport } from '../searches';
import { validPage } from '../validation';

export function listSearchResultExportJobs(
  state: WorldState,
  caller: Caller,
  input: api.ListSearchResultExportJobsInput,
): api.ListSearchResultExportJobsOutput {
  const jobs = state.searches
    .listExports(caller)
    .filter((job) => (input.Status ?? job.state) === job.state)
    .filter(({ request }) => (input.SearchJobIdentifier ?? request.search.id) === request.search.id);
  const page = validPage(jobs, input, {
    service: 'backup-search',
    operation: 'ListSearchResultExportJobs',
    keyOf: ({ id }) => id,
  });
  return { ExportJobs: page.items.map(showExport), NextToken: page.nextToken };
}
