/**
 * ListSearchJobResults.
 *
 * Source   API model 2018-05-10 of backup-search.
 */
import type { WorldState } from '../../domain/world-state';
import type * as api from '../generated/backupsearch';
import type { Caller } from '../caller';
import { findSearch, showItem } from '../searches';
import { validPage } from '../validation';

export function listSearchJobResults(
  state: WorldState,
  caller: Caller,
  input: api.ListSearchJobResultsInput,
): api.ListSearchJobResultsOutput {
  const page = validPage(findSearch(state, caller, input.SearchJobIdentifier).found, input, {
    service: 'backup-search',
    operation: 'ListSearchJobResults',
    parent: input.SearchJobIdentifier,
    keyOf: (item) => JSON.stringify(showItem(item)),
  });
  return { Results: page.items.map(showItem), NextToken: page.nextToken };
}
