/**
 * DeleteBucketEncryption: what S3 does by itself comes back.
 *
 * Source   S3 API reference 2006-03-01.
 */
import type { DeleteBucketEncryptionCommandInput } from '@aws-sdk/client-s3';
import type { WorldState } from '../../domain/world-state';
import { removeSetting } from '../bucket-settings';
import type { Caller } from '../caller';

export function deleteBucketEncryption(
  state: WorldState,
  caller: Caller,
  input: DeleteBucketEncryptionCommandInput,
): void {
  state.buckets.describe(removeSetting(state, caller, input, 'encryption'), { encryptedWith: undefined });
}
