/**
 * GetBucketOwnershipControls.
 *
 * Source   S3 API reference 2006-03-01.
 */
import type {
  GetBucketOwnershipControlsCommandInput,
  GetBucketOwnershipControlsCommandOutput,
} from '@aws-sdk/client-s3';
import type { WorldState } from '../../domain/world-state';
import { readSetting } from '../bucket-settings';
import type { Caller } from '../caller';

export function getBucketOwnershipControls(
  state: WorldState,
  caller: Caller,
  input: GetBucketOwnershipControlsCommandInput,
): Omit<GetBucketOwnershipControlsCommandOutput, '$metadata'> {
  return { OwnershipControls: readSetting(state, caller, input, 'ownership') };
}
