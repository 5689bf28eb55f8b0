/**
 * ListMultipartUploads: by key, then the oldest first.
 *
 * Source   S3 API reference 2006-03-01. Assumed: prefixes are not rolled up.
 */
import type { ListMultipartUploadsCommandInput, ListMultipartUploadsCommandOutput } from '@aws-sdk/client-s3';
import type { WorldState } from '../../domain/world-state';
import { dateOf } from '../../kernel/instant';
import { given } from '../backup/shapes';
import type { Caller } from '../caller';
import { findBucket, ownerOf } from '../find-bucket';
import { mostOf } from '../list-objects';

export function listMultipartUploads(
  state: WorldState,
  caller: Caller,
  input: ListMultipartUploadsCommandInput,
): Omit<ListMultipartUploadsCommandOutput, '$metadata'> {
  const bucket = findBucket(state, caller, input);
  const { KeyMarker: key = '', UploadIdMarker: id = '' } = input;
  const sorted = [...bucket.uploads.values()].sort((a, b) => (a.key === b.key ? 0 : a.key < b.key ? -1 : 1));
  const begun = sorted.findIndex((upload) => upload.key === key && upload.id === id);
  const found = (begun < 0 ? sorted.filter((upload) => upload.key > key) : sorted.slice(begun + 1)).filter((upload) =>
    upload.key.startsWith(input.Prefix ?? ''),
  );
  const page = found.slice(0, mostOf(input.MaxUploads));
  const last = page.length < found.length ? page.at(-1) : undefined;
  const Owner = ownerOf(bucket.env.account);
  return given({
    Bucket: bucket.name,
    KeyMarker: key,
    UploadIdMarker: id,
    NextKeyMarker: last?.key,
    NextUploadIdMarker: last?.id,
    MaxUploads: input.MaxUploads ?? 1000,
    IsTruncated: last !== undefined,
    Prefix: input.Prefix,
    Uploads: page.map((upload) => ({
      UploadId: upload.id,
      Key: upload.key,
      Initiated: dateOf(upload.startedAt),
      StorageClass: 'STANDARD' as const,
      Owner,
      Initiator: Owner,
    })),
  });
}
