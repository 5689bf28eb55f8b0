/**
 * PutBucketLogging.
 *
 * Source   S3 API reference 2006-03-01.
 */
import type { PutBucketLoggingCommandInput } from '@aws-sdk/client-s3';
import type { WorldState } from '../../domain/world-state';
import { writeSetting } from '../bucket-settings';
import type { Caller } from '../caller';

export function putBucketLogging(state: WorldState, caller: Caller, input: PutBucketLoggingCommandInput): void {
  writeSetting(state, caller, input, 'logging', input.BucketLoggingStatus);
}
