/**
 * PutBucketCors.
 *
 * Source   S3 API reference 2006-03-01.
 */
import type { PutBucketCorsCommandInput } from '@aws-sdk/client-s3';
import type { WorldState } from '../../domain/world-state';
import { writeSetting } from '../bucket-settings';
import type { Caller } from '../caller';

export function putBucketCors(state: WorldState, caller: Caller, input: PutBucketCorsCommandInput): void {
  writeSetting(state, caller, input, 'cors', input.CORSConfiguration);
}
