/**
 * GetBucketAccelerateConfiguration.
 *
 * Source   S3 API reference 2006-03-01.
 */
import type {
  GetBucketAccelerateConfigurationCommandInput,
  GetBucketAccelerateConfigurationCommandOutput,
} from '@aws-sdk/client-s3';
import type { WorldState } from '../../domain/world-state';
import { readSetting } from '../bucket-settings';
import type { Caller } from '../caller';

export function getBucketAccelerateConfiguration(
  state: WorldState,
  caller: Caller,
  input: GetBucketAccelerateConfigurationCommandInput,
): Omit<GetBucketAccelerateConfigurationCommandOutput, '$metadata'> {
  return { ...readSetting(state, caller, input, 'accelerate') };
}
