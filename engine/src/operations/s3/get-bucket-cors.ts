/**
 * GetBucketCors.
 *
 * Source   S3 API reference 2006-03-01.
 */
import type { GetBucketCorsCommandInput, GetBucketCorsCommandOutput } from '@aws-sdk/client-s3';
import type { WorldState } from '../../domain/world-state';
import { readSetting } from '../bucket-settings';
import type { Caller } from '../caller';

export function getBucketCors(
  state: WorldState,
  caller: Caller,
  input: GetBucketCorsCommandInput,
): Omit<GetBucketCorsCommandOutput, '$metadata'> {
  return { ...readSetting(state, caller, input, 'cors') };
}
