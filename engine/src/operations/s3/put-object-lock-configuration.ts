/**
 * PutObjectLockConfiguration. It is kept; objects are not held.
 *
 * Source   S3 API reference 2006-03-01.
 */
import type { PutObjectLockConfigurationCommandInput } from '@aws-sdk/client-s3';
import type { WorldState } from '../../domain/world-state';
import { writeSetting } from '../bucket-settings';
import type { Caller } from '../caller';
import { AwsFault } from '../fault';
import { findBucket } from '../find-bucket';

export function putObjectLockConfiguration(
  state: WorldState,
  caller: Caller,
  input: PutObjectLockConfigurationCommandInput,
): void {
  if (findBucket(state, caller, input).versioning !== 'Enabled') {
    throw new AwsFault(
      'InvalidBucketState',
      "Versioning must be 'Enabled' on the bucket to apply a Object Lock configuration",
    );
  }
  writeSetting(state, caller, input, 'object-lock', input.ObjectLockConfiguration);
}
