/**
 * GetBucketWebsite.
 *
 * Source   S3 API reference 2006-03-01.
 */
import type { GetBucketWebsiteCommandInput, GetBucketWebsiteCommandOutput } from '@aws-sdk/client-s3';
import type { WorldState } from '../../domain/world-state';
import { readSetting } from '../bucket-settings';
import type { Caller } from '../caller';

export function getBucketWebsite(
  state: WorldState,
  caller: Caller,
  input: GetBucketWebsiteCommandInput,
): Omit<GetBucketWebsiteCommandOutput, '$metadata'> {
  return { ...readSetting(state, caller, input, 'website') };
}
