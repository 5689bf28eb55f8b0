/**
 * ListParts.
 *
 * Source   S3 API reference 2006-03-01.
 */
import type { ListPartsCommandInput, ListPartsCommandOutput } from '@aws-sdk/client-s3';
import type { WorldState } from '../../domain/world-state';
import { dateOf } from '../../kernel/instant';
import { given } from '../backup/shapes';
import type { Caller } from '../caller';
import { findBucket, ownerOf } from '../find-bucket';
import { findUpload } from '../find-upload';
import { mostOf } from '../list-objects';
import { quoted } from '../stored-object';

export function listParts(
  state: WorldState,
  caller: Caller,
  input: ListPartsCommandInput,
): Omit<ListPartsCommandOutput, '$metadata'> {
  const bucket = findBucket(state, caller, input);
  const upload = findUpload(bucket, input);
  const marker = Number(input.PartNumberMarker ?? 0);
  const found = [...upload.parts].filter(([number]) => number > marker).sort(([a], [b]) => a - b);
  const page = found.slice(0, mostOf(input.MaxParts));
  const truncated = page.length < found.length;
  const { checksumAlgorithm: algorithm } = upload;
  return given({
    Bucket: bucket.name,
    Key: upload.key,
    UploadId: upload.id,
    PartNumberMarker: String(marker),
    NextPartNumberMarker: truncated ? String(page.at(-1)?.[0]) : undefined,
    MaxParts: input.MaxParts ?? 1000,
    IsTruncated: truncated,
    Owner: ownerOf(bucket.env.account),
    StorageClass: 'STANDARD' as const,
    Parts: page.map(([PartNumber, { body, etag, at, checksum }]) => ({
      PartNumber,
      LastModified: dateOf(at),
      ETag: quoted(etag),
      Size: body.sizeBytes,
      ...(algorithm !== undefined && checksum !== undefined && { [`Checksum${algorithm}`]: checksum }),
    })),
  });
}
