/**
 * GetSearchJob.
 *
 * Source   API model 2018-05-10 of backup-search.
 */
import type { WorldState } from '../../domain/world-state';
import type * as api from '../generated/backupsearch';
import type { Caller } from '../caller';
import { findSearch, showSearch } from '../searches';

export function getSearchJob(state: WorldState, caller: Caller, input: api.GetSearchJobInput): api.GetSearchJobOutput {
  const job = findSearch(state, caller, input.SearchJobIdentifier);
  const { asked, encryptionKeyArn } = job.request;
  return {
    ...showSearch(job),
    Status: job.state,
    SearchScope: asked.scope as api.SearchScope,
    ItemFilters: asked.itemFilters,
    EncryptionKeyArn: encryptionKeyArn,
    CurrentSearchProgress: {
      RecoveryPointsScannedCount: job.points.filter(({ status }) => status === 'COMPLETED').length,
      ItemsScannedCount: job.points.reduce((sum, { scanned }) => sum + scanned, 0),
      ItemsMatchedCount: job.found.length,
    },
  };
}
