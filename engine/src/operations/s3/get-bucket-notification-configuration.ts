/**
 * GetBucketNotificationConfiguration.
 *
 * Source   S3 API reference 2006-03-01.
 */
import type {
  GetBucketNotificationConfigurationCommandInput,
  GetBucketNotificationConfigurationCommandOutput,
} from '@aws-sdk/client-s3';
import type { WorldState } from '../../domain/world-state';
import { readSetting } from '../bucket-settings';
import type { Caller } from '../caller';

export function getBucketNotificationConfiguration(
  state: WorldState,
  caller: Caller,
  input: GetBucketNotificationConfigurationCommandInput,
): Omit<GetBucketNotificationConfigurationCommandOutput, '$metadata'> {
  return { ...readSetting(state, caller, input, 'notification') };
}
