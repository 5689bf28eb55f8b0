/**
 * Whom a signed request names: the scope of its credential, and what goes by the service in it.
 *
 * Pure: a header in, its parts out. Signatures are not looked at here.
 * Units    bytes.
 */

/** The scope of a credential. Parts of an unsigned request are empty. */
export interface Scope {
  readonly accessKeyId: string;
  readonly region: string;
  readonly signingName: string;
}

const SCOPE = /Credential=([^/]+)\/\d{8}\/([^/]+)\/([^/]+)\/aws4_request/;
const MIB = 1024 * 1024;

/**
 * The largest body of a request that is held in memory whole, by service: Lambda takes 50 MB of code and its base64.
 * Objects of S3 that come to a server or a World are not (host/bodies); those that a function writes end at 256 MiB a request.
 */
const MAX_BODY_BYTES: Readonly<Record<string, number>> = { s3: 256 * MIB, lambda: 70 * MIB };
/** More than any request of the other services. */
const MAX_OTHER_BODY_BYTES = 8 * MIB;

export function scopeOf(authorization = ''): Scope {
  const [, accessKeyId = '', region = '', signingName = ''] = SCOPE.exec(authorization) ?? [];
  return { accessKeyId, region, signingName };
}

/** How large the body of a request may be; a form of S3 is signed inside of it. */
export function maxBodyBytes(authorization: string | undefined, contentType = ''): number {
  const isForm = authorization === undefined && contentType.startsWith('multipart/form-data');
  return MAX_BODY_BYTES[isForm ? 's3' : scopeOf(authorization).signingName] ?? MAX_OTHER_BODY_BYTES;
}
