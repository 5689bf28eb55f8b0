/**
 * Objects between S3's API and the bucket: what a call says of one, and what an answer does.
 *
 * Pure.
 * Source   S3 API reference: PutObject, GetObject, HeadObject (read 2026-11-26).
 */
import type { ChecksumType, ServerSideEncryption, StorageClass } from '@aws-sdk/client-s3';
import { Bodies, Body } from '../domain/bodies';
import type { Bucket } from '../domain/buckets';
import type { AclGrant, Checksum, StoredObject } from '../domain/stored-objects';
import { dateOf } from '../kernel/instant';
import { AclMembers, aclOfWrite } from './access-control';
import { given } from './backup/shapes';
import { shownVersion } from './find-bucket';

/** Members that come back as they were given. */
const HEADERS = [
  'CacheControl',
  'ContentDisposition',
  'ContentEncoding',
  'ContentLanguage',
  'ContentType',
  'StorageClass',
  'WebsiteRedirectLocation',
] as const;

type ShownChecksum = { ChecksumType?: ChecksumType } & {
  [K in `Checksum${'CRC32' | 'CRC32C' | 'SHA1' | 'SHA256'}`]?: string;
};

export interface ObjectMembers extends AclMembers {
  readonly Expires?: Date | undefined;
  readonly Metadata?: Readonly<Record<string, string>> | undefined;
  readonly Tagging?: string | undefined;
  readonly ServerSideEncryption?: string | undefined;
  readonly SSEKMSKeyId?: string | undefined;
}

/** What a call says of an object beside its bytes. */
export function aboutObject(
  bucket: Bucket,
  input: ObjectMembers,
): Pick<StoredObject, 'headers' | 'metadata' | 'tags'> & { readonly acl: readonly AclGrant[] | undefined } {
  const members = input as Readonly<Record<string, unknown>>;
  const headers: Record<string, string> = {};
  for (const name of HEADERS) {
    const value = members[name];
    if (typeof value === 'string' && value !== '') {
      headers[name] = value;
    }
  }
  if (input.Expires !== undefined) {
    headers['Expires'] = input.Expires.toISOString();
  }
  Object.assign(headers, encryptionOf(bucket, input));
  return {
    headers,
    metadata: { ...input.Metadata },
    tags: tagsOfHeader(input.Tagging),
    acl: aclOfWrite(bucket, input),
  };
}

/** An object's facts under the members that answers have for them. */
export function shownObject(bucket: Bucket, object: StoredObject) {
  const { headers, metadata } = object;
  const { StorageClass: storage, Expires: expires, ContentType: type = 'binary/octet-stream', ...others } = headers;
  return given({
    ...others,
    ...shownEncryption(headers),
    ContentType: type,
    AcceptRanges: 'bytes',
    ETag: quoted(object.etag),
    LastModified: dateOf(object.createdAt),
    Metadata: metadata,
    VersionId: shownVersion(bucket, object),
    Expires: expires === undefined ? undefined : new Date(expires),
    // Source: HeadObject: S3 leaves the header out for STANDARD.
    StorageClass: storage === 'STANDARD' ? undefined : (storage as StorageClass | undefined),
  });
}

/** What answers to writes say of the encryption. */
export function shownEncryption(headers: StoredObject['headers']): {
  ServerSideEncryption?: ServerSideEncryption;
  SSEKMSKeyId?: string;
} {
  const { ServerSideEncryption: algorithm, SSEKMSKeyId: key } = headers;
  return given({ ServerSideEncryption: algorithm as ServerSideEncryption | undefined, SSEKMSKeyId: key });
}

/** The member of its algorithm, and what it is of. */
export function shownChecksum(checksum: Checksum | undefined): ShownChecksum {
  return checksum === undefined
    ? {}
    : {
        [`Checksum${checksum.algorithm}`]: checksum.value,
        ChecksumType: checksum.composite ? 'COMPOSITE' : 'FULL_OBJECT',
      };
}

export function etagOf(bodies: Bodies, body: Body): string {
  return Buffer.from(bodies.digest(body, 'MD5') ?? '', 'base64').toString('hex');
}

export function quoted(etag: string): string {
  return `"${etag}"`;
}

/** A body as the wire gives it, or as text. Whoever gave bytes may change them later. */
export function bodyOf(body: unknown): Body {
  if (body instanceof Body) {
    return body;
  }
  const given = typeof body === 'string' ? Buffer.from(body) : (body as Uint8Array | undefined);
  return Body.inMemory(Uint8Array.from(given ?? []));
}

/** `a=1&b=2`. */
function tagsOfHeader(tagging = ''): Record<string, string> {
  return Object.fromEntries(new URLSearchParams(tagging));
}

/** What the call asks for, or the bucket. */
function encryptionOf(bucket: Bucket, input: ObjectMembers): Record<string, string> {
  const { ServerSideEncryption, SSEKMSKeyId: key } = input;
  return ServerSideEncryption === undefined
    ? { ...bucket.encryption }
    : { ServerSideEncryption, ...(key !== undefined && { SSEKMSKeyId: key }) };
}
