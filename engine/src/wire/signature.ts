/**
 * What a request says of who signed it, and whether a secret makes that signature.
 *
 * Pure: a request in, an answer out.
 * Source   IAM user guide, "AWS Signature Version 4 for API requests"; the signing itself is the SDK's own (decision 0030).
 */
import { Sha256 } from '@smithy/core/checksum';
import { SignatureV4 } from '@smithy/signature-v4';
import { dateOf, Instant, tryParseInstant } from '../kernel/instant';
import { AwsFault } from '../operations/fault';
import type { WireRequest } from './message';

/** A signature, as it stands in the header `authorization` or in the query of a presigned URL. */
export interface Signature {
  readonly accessKeyId: string;
  /** `20270101`. */
  readonly day: string;
  readonly region: string;
  readonly signingName: string;
  /** In lower case. */
  readonly signedHeaders: readonly string[];
  readonly hex: string;
  /** As sent, e.g. `20270101T000000Z`. */
  readonly time: string;
  /** The same; undefined when the request says none that can be read. */
  readonly at: Instant | undefined;
  readonly token: string | undefined;
  /** How long a presigned URL holds; undefined for a header. */
  readonly expiresSeconds: number | undefined;
}

const SCOPE = /^([^/]+)\/(\d{8})\/([^/]+)\/([^/]+)\/aws4_request$/;
const PAYLOAD_HASH = 'x-amz-content-sha256';
const UNSIGNED_PAYLOAD = 'UNSIGNED-PAYLOAD';
/** Parameters that a presigned URL has by being signed. */
const OF_SIGNING = [
  'X-Amz-Algorithm',
  'X-Amz-Credential',
  'X-Amz-Date',
  'X-Amz-Expires',
  'X-Amz-SignedHeaders',
  'X-Amz-Signature',
];

/** Those of a presigned URL that are not there. */
export function missingOfUrl({ query }: WireRequest): readonly string[] {
  return OF_SIGNING.filter((name) => query[name] === undefined);
}

/** The parts of a header, and where each stands in it. */
const CREDENTIAL = /[ ,]Credential=([^, ]+)/;
const SIGNED_HEADERS = /[ ,]SignedHeaders=([^, ]+)/;
const SIGNATURE = /[ ,]Signature=([^, ]+)/;

/** The signature of a request; undefined when it has none. */
export function signatureOf(request: WireRequest): Signature | undefined {
  const header = request.headers['authorization'];
  if (header !== undefined) {
    const part = (pattern: RegExp) => pattern.exec(header)?.[1] ?? '';
    return signatureFrom(part(CREDENTIAL), {
      signedHeaders: part(SIGNED_HEADERS).toLowerCase().split(';'),
      hex: part(SIGNATURE),
      time: request.headers['x-amz-date'] ?? '',
      token: request.headers['x-amz-security-token'],
      expiresSeconds: undefined,
    });
  }
  return signatureFrom(parameter(request, 'X-Amz-Credential') ?? '', {
    signedHeaders: (parameter(request, 'X-Amz-SignedHeaders') ?? '').toLowerCase().split(';'),
    hex: parameter(request, 'X-Amz-Signature') ?? '',
    time: parameter(request, 'X-Amz-Date') ?? '',
    token: parameter(request, 'X-Amz-Security-Token'),
    expiresSeconds: Number(parameter(request, 'X-Amz-Expires') ?? NaN),
  });
}

/** Whether a request is signed as S3 was before 2014. */
export function isOfVersion2({ headers, query }: WireRequest): boolean {
  const inQuery = ['AWSAccessKeyId', 'Signature', 'Expires'].every((name) => name in query);
  return (headers['authorization'] ?? '').startsWith('AWS ') || (inQuery && !('SignatureVersion' in query));
}

/**
 * Source   AWS News Blog, "Amazon S3 update – SigV2 deprecation period extended & modified": buckets made after 2020-06-24 take version 4
 *          alone, as Regions that came after 2014 do; the text: S3's answers there.
 *
 * @throws AwsFault for every request that is signed so: all buckets of a World are younger
 */
export function refuseVersion2(request: WireRequest): void {
  if (isOfVersion2(request)) {
    const text = 'The authorization mechanism you have provided is not supported. Please use AWS4-HMAC-SHA256.';
    throw new AwsFault('InvalidRequest', text);
  }
}

/** Whether the secret of the key makes the signature of the request. */
export async function isSignedWith(secret: string, request: WireRequest, given: Signature): Promise<boolean> {
  const { prefix, path } = request;
  // What was sent is the prefix alone, or with a slash.
  const sent = prefix === undefined ? [path] : path === '/' ? [prefix, `${prefix}/`] : [`${prefix}${path}`];
  for (const one of sent) {
    if (await isPathSignedWith(secret, { ...request, path: one }, given)) {
      return true;
    }
  }
  return false;
}

/** What S3 does not look at, or says itself of what was sent. */
const MAY_BE_UNSIGNED: readonly string[] = [PAYLOAD_HASH, 'x-amz-user-agent'];

/**
 * Whether a request has headers that S3 would obey, and that whoever signed did not mean.
 *
 * Source   S3 user guide, "Authenticating Requests: Using the Authorization Header": `x-amz-*` headers must be signed.
 */
export function hasUnsigned({ headers }: WireRequest, { signedHeaders }: Signature): boolean {
  const given = Object.keys(headers).filter((name) => name.startsWith('x-amz-') && !MAY_BE_UNSIGNED.includes(name));
  return given.some((name) => !signedHeaders.includes(name));
}

/**
 * Whether a request to S3 does not say what its body is.
 *
 * Source   S3 API reference, "Authenticating Requests: Using the Authorization Header": `x-amz-content-sha256` is required of
 *          all; of a presigned URL it is not.
 */
export function lacksBodyHash({ headers }: WireRequest, { signingName, expiresSeconds }: Signature): boolean {
  return signingName === 's3' && expiresSeconds === undefined && headers[PAYLOAD_HASH] === undefined;
}

async function isPathSignedWith(secret: string, request: WireRequest, given: Signature): Promise<boolean> {
  const { accessKeyId, region, signingName, signedHeaders, time, at, day, expiresSeconds } = given;
  if (at === undefined || !time.startsWith(day) || !signedHeaders.includes('host')) {
    return false;
  }
  const signingDate = dateOf(at);
  const signer = new SignatureV4({
    credentials: { accessKeyId, secretAccessKey: secret },
    region,
    service: signingName,
    sha256: Sha256,
    uriEscapePath: signingName !== 's3',
    applyChecksum: false,
  });
  const headers = Object.fromEntries(signedHeaders.map((name) => [name, request.headers[name] ?? '']));
  const message = { method: request.method, protocol: 'http:', hostname: '', path: request.path, body: request.body };
  if (expiresSeconds === undefined) {
    const claimed = request.headers[PAYLOAD_HASH];
    // S3 says itself that a body is another than its hash (s3.ts): what is signed is the hash that was sent.
    const isOfS3 = signingName === 's3' && claimed !== undefined;
    if (!isOfS3 && /^[0-9a-f]{64}$/.test(claimed ?? '') && claimed !== (await hashOf(request))) {
      return false;
    }
    // What is held elsewhere is no body here: its hash stands for it.
    const said = isOfS3 ? claimed : request.held === undefined ? undefined : (claimed ?? (await hashOf(request)));
    const hash: Record<string, string> =
      said !== undefined && !signedHeaders.includes(PAYLOAD_HASH) ? { [PAYLOAD_HASH]: said } : {};
    const signed = await signer.sign(
      { ...message, headers: { ...headers, ...hash }, query: { ...request.query } as Record<string, string> },
      {
        signingDate,
        signableHeaders: new Set(signedHeaders),
        unsignableHeaders: new Set(Object.keys(hash)),
      },
    );
    return signed.headers['authorization']?.endsWith(`Signature=${given.hex}`) === true && given.hex !== '';
  }
  const rest = Object.entries(request.query).filter(([name]) => !OF_SIGNING.includes(name));
  const query = Object.fromEntries(rest) as Record<string, string>;
  const hash =
    parameter(request, 'X-Amz-Content-Sha256') ?? (signingName === 's3' ? UNSIGNED_PAYLOAD : await hashOf(request));
  const presigned = await signer.presign(
    { ...message, headers: { ...headers, [PAYLOAD_HASH]: headers[PAYLOAD_HASH] ?? hash }, query },
    {
      signingDate,
      expiresIn: expiresSeconds,
      signableHeaders: new Set(signedHeaders),
      unsignableHeaders: new Set([PAYLOAD_HASH]),
      unhoistableHeaders: new Set([PAYLOAD_HASH, ...signedHeaders]),
    },
  );
  return presigned.query?.['X-Amz-Signature'] === given.hex;
}

/** A signature, of whose parts each stands somewhere else; undefined when its credential has no scope. */
export function signatureFrom(
  credential: string,
  rest: Omit<Signature, 'accessKeyId' | 'day' | 'region' | 'signingName' | 'at'>,
): Signature | undefined {
  const at = tryParseInstant(rest.time.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'));
  const [, accessKeyId, day, region, signingName] = SCOPE.exec(credential) ?? [];
  return accessKeyId === undefined || day === undefined || region === undefined || signingName === undefined
    ? undefined
    : { accessKeyId, day, region, signingName, at, ...rest };
}

function parameter({ query }: WireRequest, name: string): string | undefined {
  const value = query[name];
  return value === undefined ? undefined : [value].flat()[0];
}

async function hashOf({ body, held }: WireRequest): Promise<string> {
  if (held !== undefined) {
    return Buffer.from(held.bytes.digests['SHA256'] ?? '', 'base64').toString('hex');
  }
  const hash = new Sha256();
  hash.update(body);
  return Buffer.from(await hash.digest()).toString('hex');
}
