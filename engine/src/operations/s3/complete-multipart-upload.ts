/**
 * CompleteMultipartUpload: the parts that are named become one object.
 *
 * Source   S3 API reference 2006-03-01; S3 user guide, "Checking object integrity" (checksums of parts).
 */
import type {
  CompletedPart,
  CompleteMultipartUploadCommandInput,
  CompleteMultipartUploadCommandOutput,
} from '@aws-sdk/client-s3';
import { Bodies, Body } from '../../domain/bodies';
import type { Upload, UploadPart } from '../../domain/buckets';
import type { Checksum } from '../../domain/stored-objects';
import type { WorldState } from '../../domain/world-state';
import { given } from '../backup/shapes';
import type { Caller } from '../caller';
import { digestOf } from '../../kernel/digests';
import { givenOf } from '../checksums';
import { AwsFault } from '../fault';
import { findBucket, liveObject, shownVersion } from '../find-bucket';
import { findUpload } from '../find-upload';
import { refuseWrite } from '../object-conditions';
import { quoted, shownChecksum, shownEncryption } from '../stored-object';

/** Of every part but the last. */
const LEAST_PART_BYTES = 5 * 1024 * 1024;

export function completeMultipartUpload(
  state: WorldState,
  caller: Caller,
  input: CompleteMultipartUploadCommandInput,
): Omit<CompleteMultipartUploadCommandOutput, '$metadata'> {
  const bucket = findBucket(state, caller, input);
  const upload = findUpload(bucket, input);
  const { key, headers, metadata, tags, acl } = upload;
  refuseWrite(liveObject(bucket, key), input);
  const parts = partsOf(upload, input.MultipartUpload?.Parts ?? []);
  const body = Body.join(parts.map((part) => part.body));
  const checksum = checksumOfParts(upload, parts, state.buckets.bodies);
  const said = givenOf(input);
  if (said !== undefined && checksum?.algorithm === said.algorithm && checksum.value !== said.value) {
    throw new AwsFault('BadDigest', `The ${said.algorithm} you specified did not match the calculated checksum.`);
  }
  const put = state.buckets.put(bucket, {
    ...{ key, headers, metadata, tags, acl, checksum },
    deleteMarker: false,
    sizeBytes: body.sizeBytes,
    etag: etagOfParts(parts),
    body,
    partSizes: parts.map((part) => part.body.sizeBytes),
  });
  bucket.endUpload(upload);
  return given({
    Location: `http://${bucket.name}.s3.amazonaws.com/${key}`,
    Bucket: bucket.name,
    Key: key,
    ETag: quoted(put.etag),
    VersionId: shownVersion(bucket, put),
    ...shownChecksum(checksum),
    ...shownEncryption(headers),
  });
}

function partsOf(upload: Upload, named: readonly CompletedPart[]): UploadPart[] {
  if (named.length === 0) {
    throw new AwsFault(
      'MalformedXML',
      'The XML you provided was not well-formed or did not validate against our published schema',
    );
  }
  let last = 0;
  return named.map(({ PartNumber: number = 0, ETag: etag = '' }, index) => {
    const part = upload.parts.get(number);
    if (part === undefined || etag.replaceAll('"', '') !== part.etag) {
      throw new AwsFault(
        'InvalidPart',
        "One or more of the specified parts could not be found. The part may not have been uploaded, or the specified entity tag may not match the part's entity tag.",
      );
    }
    if (number <= last) {
      throw new AwsFault(
        'InvalidPartOrder',
        'The list of parts was not in ascending order. Parts must be ordered by part number.',
      );
    }
    if (index < named.length - 1 && part.body.sizeBytes < LEAST_PART_BYTES) {
      throw new AwsFault('EntityTooSmall', 'Your proposed upload is smaller than the minimum allowed size');
    }
    last = number;
    return part;
  });
}

/** Source: S3 user guide, "Checking object integrity": the MD5 of those of the parts, and how many there are. */
function etagOfParts(parts: readonly UploadPart[]): string {
  const md5 =
    digestOf(
      'MD5',
      parts.map(({ etag }) => Buffer.from(etag, 'hex')),
    ) ?? '';
  return `${Buffer.from(md5, 'base64').toString('hex')}-${parts.length}`;
}

/** Of the whole where the upload was begun so, else of the checksums of the parts. */
function checksumOfParts(upload: Upload, parts: readonly UploadPart[], bodies: Bodies): Checksum | undefined {
  const { checksumAlgorithm: algorithm, fullChecksum } = upload;
  if (algorithm === undefined) {
    return undefined;
  }
  const given = parts.flatMap(({ checksum }) => checksum ?? []);
  const composite = () =>
    given.length < parts.length
      ? undefined
      : digestOf(
          algorithm,
          given.map((one) => Buffer.from(one, 'base64')),
        );
  const value = fullChecksum ? bodies.digest(Body.join(parts.map(({ body }) => body)), algorithm) : composite();
  return value === undefined
    ? undefined
    : { algorithm, value: fullChecksum ? value : `${value}-${parts.length}`, composite: !fullChecksum };
}
