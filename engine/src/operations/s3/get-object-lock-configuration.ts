/**
 * GetObjectLockConfiguration.
 *
 * Source   S3 API reference 2006-03-01.
 */
import type {
  GetObjectLockConfigurationCommandInput,
  GetObjectLockConfigurationCommandOutput,
} from '@aws-sdk/client-s3';
import type { WorldState } from '../../domain/world-state';
import { readSetting } from '../bucket-settings';
import type { Caller } from '../caller';

export function getObjectLockConfiguration(
  state: WorldState,
  caller: Caller,
  input: GetObjectLockConfigurationCommandInput,
): Omit<GetObjectLockConfigurationCommandOutput, '$metadata'> {
  return { ObjectLockConfiguration: readSetting(state, caller, input, 'object-lock') };
}
