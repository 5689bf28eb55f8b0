/**
 * GetBucketVersioning.
 *
 * Source   S3 API reference 2006-03-01.
 */
import type { GetBucketVersioningCommandInput, GetBucketVersioningCommandOutput } from '@aws-sdk/client-s3';
import type { WorldState } from '../../domain/world-state';
import { readSetting } from '../bucket-settings';
import type { Caller } from '../caller';

export function getBucketVersioning(
  state: WorldState,
  caller: Caller,
  input: GetBucketVersioningCommandInput,
): Omit<GetBucketVersioningCommandOutput, '$metadata'> {
  return { ...readSetting(state, caller, input, 'versioning') };
}
