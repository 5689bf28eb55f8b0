/**
 * DeleteBucketOwnershipControls.
 *
 * Source   S3 API reference 2006-03-01.
 */
import type { DeleteBucketOwnershipControlsCommandInput } from '@aws-sdk/client-s3';
import type { WorldState } from '../../domain/world-state';
import { removeSetting } from '../bucket-settings';
import type { Caller } from '../caller';

export function deleteBucketOwnershipControls(
  state: WorldState,
  caller: Caller,
  input: DeleteBucketOwnershipControlsCommandInput,
): void {
  removeSetting(state, caller, input, 'ownership');
}
