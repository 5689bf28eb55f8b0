/**
 * PutBucketWebsite. It is kept; no pages are served.
 *
 * Source   S3 API reference 2006-03-01.
 */
import type { PutBucketWebsiteCommandInput } from '@aws-sdk/client-s3';
import type { WorldState } from '../../domain/world-state';
import { writeSetting } from '../bucket-settings';
import type { Caller } from '../caller';

export function putBucketWebsite(state: WorldState, caller: Caller, input: PutBucketWebsiteCommandInput): void {
  writeSetting(state, caller, input, 'website', input.WebsiteConfiguration);
}
