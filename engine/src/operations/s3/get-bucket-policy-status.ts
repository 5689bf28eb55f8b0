/**
 * GetBucketPolicyStatus.
 *
 * Source   S3 API reference 2006-03-01.
 */
import type { GetBucketPolicyStatusCommandInput, GetBucketPolicyStatusCommandOutput } from '@aws-sdk/client-s3';
import type { WorldState } from '../../domain/world-state';
import { readSetting } from '../bucket-settings';
import type { Caller } from '../caller';
import { isPublic } from '../public-policy';

export function getBucketPolicyStatus(
  state: WorldState,
  caller: Caller,
  input: GetBucketPolicyStatusCommandInput,
): Omit<GetBucketPolicyStatusCommandOutput, '$metadata'> {
  return { PolicyStatus: { IsPublic: isPublic(readSetting(state, caller, input, 'policy').Policy) } };
}
