/**
 * GetBucketLogging.
 *
 * Source   S3 API reference 2006-03-01.
 */
import type { GetBucketLoggingCommandInput, GetBucketLoggingCommandOutput } from '@aws-sdk/client-s3';
import type { WorldState } from '../../domain/world-state';
import { readSetting } from '../bucket-settings';
import type { Caller } from '../caller';

export function getBucketLogging(
  state: WorldState,
  caller: Caller,
  input: GetBucketLoggingCommandInput,
): Omit<GetBucketLoggingCommandOutput, '$metadata'> {
  return { ...readSetting(state, caller, input, 'logging') };
}
