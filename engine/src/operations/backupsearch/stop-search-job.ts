/**
 * StopSearchJob.
 *
 * Source   API model 2018-05-10 of backup-search (only a RUNNING job can be stopped). Assumed: the text.
 */
import type { WorldState } from '../../domain/world-state';
import type * as api from '../generated/backupsearch';
import type { Caller } from '../caller';
import { AwsFault } from '../fault';
import { findSearch } from '../searches';

export function stopSearchJob(
  state: WorldState,
  caller: Caller,
  input: api.StopSearchJobInput,
): api.StopSearchJobOutput {
  const job = findSearch(state, caller, input.SearchJobIdentifier);
  if (job.state !== 'RUNNING') {
    const message = `Search job ${job.id} is ${job.state}.`;
    const members = { message, resourceId: job.id, resourceType: 'search-job' };
    throw new AwsFault('ConflictException', message, { members });
  }
  state.searches.stop(job);
  return {};
}
