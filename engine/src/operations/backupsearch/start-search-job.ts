/**
 * StartSearchJob.
 *
 * Source   B5.5/2, section 15; API StartSearchJobInput; service authorization reference: whoever searches needs
 *          backup:ListIndexedRecoveryPointsForSearch, and backup:SearchRecoveryPoint for each point.
 * Assumed  All tags that are asked for have to be there; times of the scope are inclusive; a scope with more points than a
 *          search takes is refused.
 */
import { BackupLimits } from '@holdfast/model';
import type { PointIndex } from '../../domain/index-runs';
import { tagsOfPoint } from '../../domain/tags';
import { placeOf } from '../../domain/vaults';
import type { WorldState } from '../../domain/world-state';
import { dateOf } from '../../kernel/instant';
import type * as api from '../generated/backupsearch';
import { permits, refuseUnless } from '../authorize';
import type { Caller } from '../caller';
import { itemFiltersOf } from '../search-input';
import { refuseBeyond, repeated } from '../searches';
import { invalid, needed } from '../validation';

const LIST = 'backup:ListIndexedRecoveryPointsForSearch';
const SEARCH = 'backup:SearchRecoveryPoint';

export function startSearchJob(
  state: WorldState,
  caller: Caller,
  input: api.StartSearchJobInput,
): api.StartSearchJobOutput {
  const { searches } = state;
  const scope = needed(input.SearchScope, 'SearchScope');
  const [type] = needed(scope.BackupResourceTypes, 'BackupResourceTypes');
  const filters = itemFiltersOf(input.ItemFilters, needed(type, 'BackupResourceTypes'));
  const jobs = searches.list(caller);
  const before = repeated(state, jobs, input.ClientToken);
  if (before !== undefined) {
    return shown(before);
  }
  refuseUnless(state, caller, LIST, '*');
  refuseKey(state, caller, input.EncryptionKeyArn);
  const running = jobs.filter((job) => job.state === 'RUNNING' || job.state === 'STOPPING').length;
  refuseBeyond(running + 1, BackupLimits.SEARCH_JOBS, 'search-job', caller.account);
  const indexes = state.indexes.list().filter((index) => isInScope(state, caller, scope, index));
  refuseBeyond(indexes.length, BackupLimits.RECOVERY_POINTS_OF_SEARCH, 'recovery-point', caller.account);
  const { partition, account, region } = caller;
  const job = searches.start({
    env: { partition, account, region },
    name: input.Name,
    token: input.ClientToken,
    encryptionKeyArn: input.EncryptionKeyArn,
    filters,
    tags: input.Tags ?? {},
    points: indexes
      .sort((a, b) => b.pointCreatedAt - a.pointCreatedAt || (a.pointArn < b.pointArn ? -1 : 1))
      .map((index) => ({ index, refusal: refusalOf(state, caller, index) })),
    asked: { scope, itemFilters: input.ItemFilters ?? {} },
  });
  return shown(job);
}

function shown(job: { arn: string; id: string; createdAt: number }): api.StartSearchJobOutput {
  return { SearchJobArn: job.arn, SearchJobIdentifier: job.id, CreationTime: dateOf(job.createdAt) };
}

/** A point that policies keep from the caller is shown as FAILED (Source API ListSearchJobBackups). */
function refusalOf(state: WorldState, caller: Caller, { pointArn, row }: PointIndex): string | undefined {
  const tags = tagsOfPoint(state.ledger, row);
  return permits(state, caller, SEARCH, { resource: pointArn, tags })
    ? undefined
    : `There is no permission for ${SEARCH} on the recovery point.`;
}

/** Results are written under the key, for the caller, by way of AWS Backup. */
function refuseKey(state: WorldState, caller: Caller, arn: string | undefined): void {
  if (arn === undefined) {
    return;
  }
  const key = state.ledger.keys.tryFindByArn(arn);
  if (key?.state === 'Deleted') {
    throw invalid(`The key ${arn} does not exist.`);
  }
  const context = {
    'kms:ViaService': `backup.${caller.region}.amazonaws.com`,
    'kms:EncryptionContextKeys': ['aws:backup-search:search-job'],
  };
  refuseUnless(state, caller, 'kms:GenerateDataKey', arn, { context, key });
}

function isInScope(state: WorldState, caller: Caller, scope: api.SearchScope, index: PointIndex): boolean {
  const { ledger } = state;
  const resource = ledger.resourceOf(index.series);
  const { CreatedAfter, CreatedBefore } = scope.BackupResourceCreationTime ?? {};
  const isOf = (arns: readonly string[] | undefined, arn: string) =>
    arns === undefined || arns.length === 0 || arns.includes(arn);
  const tags = tagsOfPoint(ledger, index.row);
  return (
    placeOf(ledger.vaultOf(index.series).made.env) === placeOf(caller) &&
    scope.BackupResourceTypes?.includes(resource.service.resourceType as 'S3') === true &&
    isOf(scope.SourceResourceArns, resource.arn) &&
    isOf(scope.BackupResourceArns, index.pointArn) &&
    index.pointCreatedAt >= (CreatedAfter?.getTime() ?? -Infinity) &&
    index.pointCreatedAt <= (CreatedBefore?.getTime() ?? Infinity) &&
    Object.entries(scope.BackupResourceTags ?? {}).every(([key, value]) => tags[key] === value)
  );
}
