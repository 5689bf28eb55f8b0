/**
 * GetBucketReplication.
 *
 * Source   S3 API reference 2006-03-01.
 */
import type { GetBucketReplicationCommandInput, GetBucketReplicationCommandOutput } from '@aws-sdk/client-s3';
import type { WorldState } from '../../domain/world-state';
import { readSetting } from '../bucket-settings';
import type { Caller } from '../caller';

export function getBucketReplication(
  state: WorldState,
  caller: Caller,
  input: GetBucketReplicationCommandInput,
): Omit<GetBucketReplicationCommandOutput, '$metadata'> {
  return { ReplicationConfiguration: readSetting(state, caller, input, 'replication') };
}
