/**
 * PutBucketNotificationConfiguration. It is kept; nobody is notified.
 *
 * Source   S3 API reference 2006-03-01.
 */
import type { PutBucketNotificationConfigurationCommandInput } from '@aws-sdk/client-s3';
import type { WorldState } from '../../domain/world-state';
import { writeSetting } from '../bucket-settings';
import type { Caller } from '../caller';

export function putBucketNotificationConfiguration(
  state: WorldState,
  caller: Caller,
  input: PutBucketNotificationConfigurationCommandInput,
): void {
  writeSetting(state, caller, input, 'notification', input.NotificationConfiguration);
}
