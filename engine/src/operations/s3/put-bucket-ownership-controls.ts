/**
 * PutBucketOwnershipControls.
 *
 * Source   S3 API reference 2006-03-01.
 */
import type { PutBucketOwnershipControlsCommandInput } from '@aws-sdk/client-s3';
import type { WorldState } from '../../domain/world-state';
import { writeSetting } from '../bucket-settings';
import type { Caller } from '../caller';

export function putBucketOwnershipControls(
  state: WorldState,
  caller: Caller,
  input: PutBucketOwnershipControlsCommandInput,
): void {
  writeSetting(state, caller, input, 'ownership', input.OwnershipControls);
}
