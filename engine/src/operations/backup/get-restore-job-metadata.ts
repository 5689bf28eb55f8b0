/**
 * GetRestoreJobMetadata.
 *
 * Source   B8/2.
 */
import type { GetRestoreJobMetadataInput, GetRestoreJobMetadataOutput } from '@aws-sdk/client-backup';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { findRestoreJob } from '../find-restore-job';

export function getRestoreJobMetadata(
  state: WorldState,
  caller: Caller,
  input: GetRestoreJobMetadataInput,
): GetRestoreJobMetadataOutput {
  const job = findRestoreJob(state, caller, input.RestoreJobId);
  return { RestoreJobId: job.id, Metadata: { ...job.request.metadata } };
}
