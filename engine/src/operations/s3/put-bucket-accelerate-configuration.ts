/**
 * PutBucketAccelerateConfiguration.
 *
 * Source   S3 API reference 2006-03-01.
 */
import type { PutBucketAccelerateConfigurationCommandInput } from '@aws-sdk/client-s3';
import type { WorldState } from '../../domain/world-state';
import { writeSetting } from '../bucket-settings';
import type { Caller } from '../caller';

export function putBucketAccelerateConfiguration(
  state: WorldState,
  caller: Caller,
  input: PutBucketAccelerateConfigurationCommandInput,
): void {
  writeSetting(state, caller, input, 'accelerate', input.AccelerateConfiguration);
}
