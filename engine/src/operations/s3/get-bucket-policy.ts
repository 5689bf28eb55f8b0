/**
 * GetBucketPolicy.
 *
 * Source   S3 API reference 2006-03-01.
 */
import type { GetBucketPolicyCommandInput, GetBucketPolicyCommandOutput } from '@aws-sdk/client-s3';
import type { WorldState } from '../../domain/world-state';
import { readSetting } from '../bucket-settings';
import type { Caller } from '../caller';

export function getBucketPolicy(
  state: WorldState,
  caller: Caller,
  input: GetBucketPolicyCommandInput,
): Omit<GetBucketPolicyCommandOutput, '$metadata'> {
  return { ...readSetting(state, caller, input, 'policy') };
}
