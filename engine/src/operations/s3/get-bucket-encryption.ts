/**
 * GetBucketEncryption.
 *
 * Source   S3 API reference 2006-03-01.
 */
import type { GetBucketEncryptionCommandInput, GetBucketEncryptionCommandOutput } from '@aws-sdk/client-s3';
import type { WorldState } from '../../domain/world-state';
import { readSetting } from '../bucket-settings';
import type { Caller } from '../caller';

export function getBucketEncryption(
  state: WorldState,
  caller: Caller,
  input: GetBucketEncryptionCommandInput,
): Omit<GetBucketEncryptionCommandOutput, '$metadata'> {
  return { ServerSideEncryptionConfiguration: readSetting(state, caller, input, 'encryption') };
}
