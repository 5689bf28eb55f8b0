/**
 * The upload in parts that a call names.
 *
 * Pure: reads the World.
 * Source   S3 API reference, error codes (read 2026-11-26).
 */
import type { Bucket, Upload } from '../domain/buckets';
import { AwsFault } from './fault';

export function findUpload(
  bucket: Bucket,
  { UploadId: id = '', Key }: { readonly UploadId?: string | undefined; readonly Key?: string | undefined },
): Upload {
  const upload = bucket.uploads.get(id);
  if (upload === undefined || upload.key !== Key) {
    throw new AwsFault(
      'NoSuchUpload',
      'The specified upload does not exist. The upload ID may be invalid, or the upload may have been aborted or completed.',
    );
  }
  return upload;
}

/** Source: S3 user guide, "Amazon S3 multipart upload limits". */
export function partNumberOf(given: number | undefined): number {
  if (given === undefined || !Number.isInteger(given) || given < 1 || given > 10_000) {
    throw new AwsFault('InvalidArgument', 'Part number must be an integer between 1 and 10000, inclusive');
  }
  return given;
}
