/**
 * GetBucketLifecycleConfiguration.
 *
 * Source   S3 API reference 2006-03-01.
 */
import type {
  GetBucketLifecycleConfigurationCommandInput,
  GetBucketLifecycleConfigurationCommandOutput,
} from '@aws-sdk/client-s3';
import type { WorldState } from '../../domain/world-state';
import { readSetting } from '../bucket-settings';
import type { Caller } from '../caller';

export function getBucketLifecycleConfiguration(
  state: WorldState,
  caller: Caller,
  input: GetBucketLifecycleConfigurationCommandInput,
): Omit<GetBucketLifecycleConfigurationCommandOutput, '$metadata'> {
  return { ...readSetting(state, caller, input, 'lifecycle') };
}
