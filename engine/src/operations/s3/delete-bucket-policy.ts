/**
 * DeleteBucketPolicy.
 *
 * Source   S3 API reference 2006-03-01.
 */
import type { DeleteBucketPolicyCommandInput } from '@aws-sdk/client-s3';
import type { WorldState } from '../../domain/world-state';
import { removeSetting } from '../bucket-settings';
import type { Caller } from '../caller';

export function deleteBucketPolicy(state: WorldState, caller: Caller, input: DeleteBucketPolicyCommandInput): void {
  removeSetting(state, caller, input, 'policy');
}
