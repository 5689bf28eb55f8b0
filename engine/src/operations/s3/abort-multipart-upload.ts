/**
 * AbortMultipartUpload: its parts are gone.
 *
 * Source   S3 API reference 2006-03-01.
 */
import type { AbortMultipartUploadCommandInput } from '@aws-sdk/client-s3';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { findBucket } from '../find-bucket';
import { findUpload } from '../find-upload';

export function abortMultipartUpload(state: WorldState, caller: Caller, input: AbortMultipartUploadCommandInput): void {
  const bucket = findBucket(state, caller, input);
  bucket.endUpload(findUpload(bucket, input));
}
