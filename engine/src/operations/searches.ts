/**
 * Search and export jobs that calls of backup-search name, and how they are shown.
 *
 * Pure: reads the World.
 * Source   API model 2018-05-10 of backup-search. Assumed: the texts.
 */
import { BackupLimits } from '@holdfast/model';
import type { ExportJob, FoundItem, SearchJob } from '../domain/searches';
import type { WorldState } from '../domain/world-state';
import { dateOf, HOUR, Instant } from '../kernel/instant';
import type { ResultItem } from './generated/backupsearch';
import { given, toDate } from './backup/shapes';
import type { Caller } from './caller';
import { AwsFault } from './fault';
import { needed } from './validation';

export function findSearch({ searches }: WorldState, caller: Caller, id: string | undefined): SearchJob {
  const asked = needed(id, 'SearchJobIdentifier');
  return found(searches.list(caller), (job) => job.id === asked, 'search-job', asked);
}

export function findExport({ searches }: WorldState, caller: Caller, id: string | undefined): ExportJob {
  const asked = needed(id, 'ExportJobIdentifier');
  return found(searches.listExports(caller), (job) => job.id === asked, 'search-export-job', asked);
}

/** A job of either kind, for calls about tags. */
export function findSearchTagged(
  { searches }: WorldState,
  caller: Caller,
  arn: string | undefined,
): SearchJob | ExportJob {
  const asked = needed(arn, 'ResourceArn');
  const jobs = [...searches.list(caller), ...searches.listExports(caller)];
  return found(jobs, (job) => job.arn === asked, 'resource', asked);
}

function found<T>(jobs: readonly T[], is: (job: T) => boolean, resourceType: string, resourceId: string): T {
  const job = jobs.find(is);
  if (job === undefined) {
    const message = `Cannot find ${resourceType} ${resourceId}`;
    throw new AwsFault('ResourceNotFoundException', message, { members: { message, resourceId, resourceType } });
  }
  return job;
}

/** What an earlier call with the same token began, while the token counts (Source API StartSearchJobInput). */
export function repeated<
  T extends { readonly createdAt: Instant; readonly request: { readonly token: string | undefined } },
>(state: WorldState, jobs: readonly T[], token: string | undefined): T | undefined {
  const since = state.now - BackupLimits.SEARCH_TOKEN_HOURS * HOUR;
  return jobs.find(({ createdAt, request }) => token !== undefined && request.token === token && createdAt >= since);
}

/** Assumed: exception and codes for what is beyond a quota. */
export function refuseBeyond(count: number, most: number, resourceType: string, resourceId: string): void {
  if (count > most) {
    const message = `At most ${most} of ${resourceType} are allowed.`;
    const members = { message, resourceId, resourceType, serviceCode: 'backup-search', quotaCode: resourceType };
    throw new AwsFault('ServiceQuotaExceededException', message, { members });
  }
}

export function scopeSummary({ points }: SearchJob): object {
  return {
    TotalRecoveryPointsToScanCount: points.length,
    TotalItemsToScanCount: points.reduce((sum, { scanned }) => sum + scanned, 0),
  };
}

/** What lists and calls for one job have in common. */
export function showSearch(job: SearchJob): { SearchJobIdentifier: string; SearchJobArn: string; CreationTime: Date } {
  return {
    SearchJobIdentifier: job.id,
    SearchJobArn: job.arn,
    CreationTime: dateOf(job.createdAt),
    ...given({
      Name: job.request.name,
      CompletionTime: toDate(job.completedAt),
      StatusMessage: job.message,
      SearchScopeSummary: scopeSummary(job),
      Status: job.state,
    }),
  };
}

export function showExport(job: ExportJob): { ExportJobIdentifier: string } {
  return {
    ExportJobIdentifier: job.id,
    ...given({
      ExportJobArn: job.arn,
      Status: job.state,
      CreationTime: dateOf(job.createdAt),
      CompletionTime: toDate(job.completedAt),
      StatusMessage: job.message,
      SearchJobArn: job.request.search.arn,
    }),
  };
}

export function showItem({ point, item }: FoundItem): ResultItem {
  const common = {
    BackupResourceArn: point.index.pointArn,
    SourceResourceArn: point.resourceArn,
    BackupVaultName: point.vaultName,
    CreationTime: toDate(item.createdAt),
  };
  return item.type === 'S3'
    ? {
        S3ResultItem: {
          ...common,
          ObjectKey: item.key,
          ObjectSize: item.sizeBytes,
          ETag: item.etag,
          VersionId: item.versionId,
        },
      }
    : {
        EBSResultItem: {
          ...common,
          FileSystemIdentifier: item.fileSystemIdentifier,
          FilePath: item.filePath,
          FileSize: item.sizeBytes,
          LastModifiedTime: dateOf(item.modifiedAt),
        },
      };
}
