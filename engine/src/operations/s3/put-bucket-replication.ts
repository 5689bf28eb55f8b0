/**
 * PutBucketReplication. It is kept; nothing is replicated.
 *
 * Source   S3 API reference 2006-03-01.
 */
import type { PutBucketReplicationCommandInput } from '@aws-sdk/client-s3';
import type { WorldState } from '../../domain/world-state';
import { writeSetting } from '../bucket-settings';
import type { Caller } from '../caller';
import { AwsFault } from '../fault';
import { findBucket } from '../find-bucket';

export function putBucketReplication(state: WorldState, caller: Caller, input: PutBucketReplicationCommandInput): void {
  if (findBucket(state, caller, input).versioning !== 'Enabled') {
    throw new AwsFault(
      'InvalidRequest',
      "Versioning must be 'Enabled' on the bucket to apply a replication configuration",
    );
  }
  writeSetting(state, caller, input, 'replication', input.ReplicationConfiguration);
}
