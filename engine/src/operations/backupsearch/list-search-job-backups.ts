/**
 * ListSearchJobBackups.
 *
 * Source   API model 2018-05-10 of backup-search.
 */
import type { SearchedPoint } from '../../domain/searches';
import type { WorldState } from '../../domain/world-state';
import { dateOf } from '../../kernel/instant';
import type * as api from '../generated/backupsearch';
import type { Caller } from '../caller';
import { findSearch } from '../searches';
import { validPage } from '../validation';

export function listSearchJobBackups(
  state: WorldState,
  caller: Caller,
  input: api.ListSearchJobBackupsInput,
): api.ListSearchJobBackupsOutput {
  const page = validPage(findSearch(state, caller, input.SearchJobIdentifier).points, input, {
    service: 'backup-search',
    operation: 'ListSearchJobBackups',
    parent: input.SearchJobIdentifier,
    keyOf: ({ index, resourceArn }) => `${index} ${resourceArn}`,
  });
  return { Results: page.items.map(show), NextToken: page.nextToken };
}

function show({ index, resourceArn, resourceType, status, message }: SearchedPoint): api.SearchJobBackupsResult {
  return {
    Status: status,
    StatusMessage: message,
    ResourceType: resourceType === 'EBS' ? 'EBS' : 'S3',
    BackupResourceArn: index.pointArn,
    SourceResourceArn: resourceArn,
    IndexCreationTime: dateOf(index.createdAt),
    BackupCreationTime: dateOf(index.pointCreatedAt),
  };
}
