/**
 * PutBucketRequestPayment.
 *
 * Source   S3 API reference 2006-03-01.
 */
import type { PutBucketRequestPaymentCommandInput } from '@aws-sdk/client-s3';
import type { WorldState } from '../../domain/world-state';
import { writeSetting } from '../bucket-settings';
import type { Caller } from '../caller';

export function putBucketRequestPayment(
  state: WorldState,
  caller: Caller,
  input: PutBucketRequestPaymentCommandInput,
): void {
  writeSetting(state, caller, input, 'request-payment', input.RequestPaymentConfiguration);
}
