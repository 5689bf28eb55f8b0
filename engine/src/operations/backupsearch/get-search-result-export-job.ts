/**
 * GetSearchResultExportJob.
 *
 * Source   API model 2018-05-10 of backup-search.
 */
import type { WorldState } from '../../domain/world-state';
import type * as api from '../generated/backupsearch';
import type { Caller } from '../caller';
import { findExport, showExport } from '../searches';

export function getSearchResultExportJob(
  state: WorldState,
  caller: Caller,
  input: api.GetSearchResultExportJobInput,
): api.GetSearchResultExportJobOutput {
  const job = findExport(state, caller, input.ExportJobIdentifier);
  const { bucket, prefix } = job.request;
  const s3ExportSpecification = { DestinationBucket: bucket, DestinationPrefix: prefix };
  return { ...showExport(job), ExportSpecification: { s3ExportSpecification } };
}
