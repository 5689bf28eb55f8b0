/**
 * GetBucketRequestPayment.
 *
 * Source   S3 API reference 2006-03-01.
 */
import type { GetBucketRequestPaymentCommandInput, GetBucketRequestPaymentCommandOutput } from '@aws-sdk/client-s3';
import type { WorldState } from '../../domain/world-state';
import { readSetting } from '../bucket-settings';
import type { Caller } from '../caller';

export function getBucketRequestPayment(
  state: WorldState,
  caller: Caller,
  input: GetBucketRequestPaymentCommandInput,
): Omit<GetBucketRequestPaymentCommandOutput, '$metadata'> {
  return { ...readSetting(state, caller, input, 'request-payment') };
}
