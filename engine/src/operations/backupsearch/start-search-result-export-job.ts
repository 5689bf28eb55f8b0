/**
 * StartSearchResultExportJob.
 *
 * Source   B5.5/2, section 15; API StartSearchResultExportJobInput.
 * Assumed  The results of a search that is still RUNNING are not exported.
 */
import { BackupLimits } from '@holdfast/model';
import type { WorldState } from '../../domain/world-state';
import type * as api from '../generated/backupsearch';
import type { Caller } from '../caller';
import { findSearch, refuseBeyond, repeated } from '../searches';
import { invalid, needed } from '../validation';

export function startSearchResultExportJob(
  state: WorldState,
  caller: Caller,
  input: api.StartSearchResultExportJobInput,
): api.StartSearchResultExportJobOutput {
  const { searches } = state;
  const search = findSearch(state, caller, input.SearchJobIdentifier);
  const to = needed(input.ExportSpecification, 'ExportSpecification').s3ExportSpecification;
  const bucket = needed(to?.DestinationBucket, 'DestinationBucket');
  const { partition, account, region } = caller;
  const jobs = searches.listExports(caller);
  const before = repeated(state, jobs, input.ClientToken);
  if (before !== undefined) {
    return { ExportJobArn: before.arn, ExportJobIdentifier: before.id };
  }
  if (search.state === 'RUNNING' || search.state === 'STOPPING') {
    throw invalid(`Search job ${search.id} is ${search.state}.`);
  }
  const running = jobs.filter((job) => job.state === 'RUNNING').length;
  refuseBeyond(running + 1, BackupLimits.SEARCH_EXPORT_JOBS, 'search-export-job', search.id);
  const job = searches.startExport({
    env: { partition, account, region },
    search,
    bucket,
    prefix: to?.DestinationPrefix,
    roleArn: input.RoleArn,
    token: input.ClientToken,
    tags: input.Tags ?? {},
  });
  return { ExportJobArn: job.arn, ExportJobIdentifier: job.id };
}
