/**
 * PutBucketEncryption: the key that backups find the bucket encrypted with, too.
 *
 * Source   S3 API reference 2006-03-01.
 */
import type { PutBucketEncryptionCommandInput } from '@aws-sdk/client-s3';
import type { WorldState } from '../../domain/world-state';
import { keyArnIn } from '../bucket-key';
import { writeSetting } from '../bucket-settings';
import type { Caller } from '../caller';

export function putBucketEncryption(state: WorldState, caller: Caller, input: PutBucketEncryptionCommandInput): void {
  const setting = input.ServerSideEncryptionConfiguration;
  const bucket = writeSetting(state, caller, input, 'encryption', setting);
  state.buckets.describe(bucket, { encryptedWith: keyArnIn(state, bucket.env, setting ?? { Rules: [] }) });
}
