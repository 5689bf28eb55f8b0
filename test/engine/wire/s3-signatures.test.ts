// What S3 verifies beside the signature of a request: chunks of a body one by one, the hash of a body, URLs that are signed, by either version.
import { CreateBucketCommand, GetObjectCommand, NoSuchKey, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { HttpFront } from '../../../engine/src/host/http-front';
import { ServedWorlds } from '../../../engine/src/host/served-worlds';
import { areChunksSignedWith, marksOf } from '../../../engine/src/wire/s3-signatures';
import type { Signature } from '../../../engine/src/wire/signature';
import {
  ACCOUNT,
  CREDENTIALS,
  putChunks,
  REGION,
  requestFor,
  said,
  sha256,
  SIGNED,
  signer,
  TRAILING,
} from '../../support/signed-s3';

const Bucket = 'pictures';

let front: HttpFront;
let client: S3Client;

beforeAll(async () => {
  const env = { partition: 'aws', account: ACCOUNT, region: REGION };
  const worlds = new ServedWorlds({ env, start: Date.UTC(2027, 0, 1), seed: 1, version: '0', enforceIam: true });
  front = await HttpFront.open(worlds);
  client = new S3Client({ region: REGION, endpoint: front.url, credentials: CREDENTIALS, forcePathStyle: true });
  await client.send(new CreateBucketCommand({ Bucket }));
});

afterAll(async () => {
  client.destroy();
  await front.close();
});

const sendChunks = (chunks: readonly string[], kind: string, forge?: (body: string) => string) =>
  putChunks(front.url, `/${Bucket}/chunks`, chunks, kind, forge);

const FORGED = [
  403,
  'SignatureDoesNotMatch',
  'The request signature we calculated does not match the signature you provided. Check your key and signing method.',
];
const other = (hex: string) => (hex.startsWith('0') ? '1' : '0') + hex.slice(1);
const LARGE = 'x'.repeat(1_500_000);

// Small bodies stay in memory, large ones go to a file while they come.
describe.each([
  ['small', ['hello'.repeat(2000), ' world']],
  ['large', [LARGE, LARGE]],
])('a %s body whose chunks are signed', (_, chunks) => {
  test.each([SIGNED, TRAILING])('is taken as %s', async (kind) => {
    expect(await sendChunks(chunks, kind)).toEqual([200, '', '']);
    const { Body } = await client.send(new GetObjectCommand({ Bucket, Key: 'chunks' }));
    expect(await Body?.transformToString()).toBe(chunks.join(''));
  });

  test.each<[string, string, (body: string) => string]>([
    ['bytes of a chunk', SIGNED, (body) => body.replace(/[ox](?=\r\n)/, 'y')],
    ['a signature', SIGNED, (body) => body.replace(/(?<=chunk-signature=)[0-9a-f]{64}/, other)],
    [
      'the signature of the last chunk',
      SIGNED,
      (body) => body.replace(/(?<=\r\n0;chunk-signature=)[0-9a-f]{64}/, other),
    ],
    ['no signature', SIGNED, (body) => body.replace(/;chunk-signature=[0-9a-f]{64}/, '')],
    ['the signature of the trailer', TRAILING, (body) => body.replace(/(?<=trailer-signature:)[0-9a-f]{64}/, other)],
    ['no signature of the trailer', TRAILING, (body) => body.replace(/x-amz-trailer-signature:.*\r\n/, '')],
    [
      'another header behind it',
      TRAILING,
      (body) => body.replace('x-amz-trailer-s', 'x-amz-meta-a:b\r\nx-amz-trailer-s'),
    ],
  ])('and that has %s of somebody else is refused (%s)', async (_what, kind, forge) => {
    await client.send(new PutObjectCommand({ Bucket, Key: 'chunks', Body: 'before' }));
    expect(await sendChunks(chunks, kind, forge)).toEqual(FORGED);
    const { Body } = await client.send(new GetObjectCommand({ Bucket, Key: 'chunks' }));
    expect(await Body?.transformToString()).toBe('before');
  });
});

// What is small and behind which another chunk comes: S3 says which one that is, and how small the first was.
test.each<[string, string[], string, string]>([
  ['small', ['x'.repeat(8191), 'y'], '2', '8191'],
  ['small', ['x'.repeat(8192), 'y', 'z'], '3', '1'],
  ['large', [LARGE, 'y', LARGE], '3', '1'],
])('a %s body with a small chunk before the last is refused, however it is signed', async (_, chunks, chunk, size) => {
  for (const kind of [SIGNED, TRAILING]) {
    expect(await sendChunks(chunks, kind)).toEqual([
      ...[403, 'InvalidChunkSizeError'],
      'Only the last chunk is allowed to have a size less than 8192 bytes',
    ]);
  }
  const lines = [...chunks, ''].map((one) => `${one.length.toString(16)}\r\n${one}${one === '' ? '' : '\r\n'}`);
  const asked = requestFor(front.url, 'PUT', `/${Bucket}/chunks`, {
    'content-encoding': 'aws-chunked',
    'x-amz-content-sha256': 'STREAMING-UNSIGNED-PAYLOAD-TRAILER',
  });
  const { host: _host, ...headers } = (await signer().sign({ ...asked, body: '' })).headers;
  const body = `${lines.join('')}\r\n`;
  const text = await (await fetch(`${front.url}/${Bucket}/chunks`, { method: 'PUT', headers, body })).text();
  expect(text).toContain(`<Chunk>${chunk}</Chunk><BadChunkSize>${size}</BadChunkSize>`);
});

test('the last chunk may be small, and one of 8192 bytes is not', async () => {
  expect(await sendChunks(['x'.repeat(8192), 'y'], SIGNED)).toEqual([200, '', '']);
  expect(await sendChunks(['y'], SIGNED)).toEqual([200, '', '']);
});

test.each(['GET', 'PUT'])(
  'a %s that does not say what its body is is refused before its signature is looked at',
  async (method) => {
    const asked = requestFor(front.url, method, `/${Bucket}/unsaid`);
    const {
      host: _,
      'x-amz-content-sha256': _hash,
      ...headers
    } = (await signer().sign({ ...asked, body: '' })).headers;
    const body = method === 'PUT' ? 'one' : undefined;
    const answer = await fetch(`${front.url}${asked.path}`, { method, headers, ...(body !== undefined && { body }) });
    const text = 'Missing required header for this request: x-amz-content-sha256';
    expect(await said(answer)).toEqual([400, 'InvalidRequest', text]);
  },
);

// The examples of the S3 API reference: 66,560 times `a`, in chunks of 65,536 bytes and the rest.
const EXAMPLE = {
  ...{ accessKeyId: 'AKIAIOSFODNN7EXAMPLE', day: '20130524', region: 'us-east-1', signingName: 's3', at: undefined },
  ...{ signedHeaders: [], time: '20130524T000000Z', token: undefined, expiresSeconds: undefined },
};

test.each<[string, string, readonly string[], string]>([
  [
    SIGNED,
    '4f232c4386841ef735655705268965c44a0e4690baa4adea153f7db9fa80a0a9',
    [
      'ad80c730a21e5b8d04586a2213dd63b9a0e99e0e2307b0ade35a65485a288648',
      '0055627c9e194cb4542bae2aa5492e3c1575bbb81b612b7d234b86a503ef5497',
      'b6c6ea8a5354eaf15b3cb7646744f4275b71ea724fed81ceb9323e279d449df9',
    ],
    '\r\n',
  ],
  [
    TRAILING,
    '106e2a8a18243abcf37539882f36619c00e2dfc72633413f02d3b74544bfeb8e',
    [
      'b474d8862b1487a5145d686f57f013e54db672cee1c953b3010fb58501ef5aa2',
      '1c1344b170168f8e65b41376b44b20fe354e373826ccbbe2c1d40a8cae51e5c7',
      '2ca2aba2005185cf7159c6277faf83795951dd77a3a99e6e65d5c9f85863f992',
    ],
    'x-amz-checksum-crc32c:sOO8/Q==\r\n' +
      'x-amz-trailer-signature:d81f82fc3505edab99d459891051a732e8730629a2e4a59689829ca17fe2e435\r\n\r\n',
  ],
])('the example of AWS for %s', (kind, hex, signatures, end) => {
  const [first, second, last] = signatures;
  const body = Buffer.from(
    `10000;chunk-signature=${first}\r\n${'a'.repeat(65_536)}\r\n` +
      `400;chunk-signature=${second}\r\n${'a'.repeat(1024)}\r\n0;chunk-signature=${last}\r\n${end}`,
  );
  const signature: Signature = { ...EXAMPLE, hex };
  const request = { method: 'PUT', path: '/', query: {}, headers: { 'x-amz-content-sha256': kind }, body };
  const secret = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY';
  expect(marksOf(request)?.chunks.map((one) => one.signature)).toEqual(signatures);
  expect(areChunksSignedWith(secret, request, signature)).toBe(true);
  expect(areChunksSignedWith(`${secret}x`, request, signature)).toBe(false);
});

test.each([
  ['small', 'one'],
  ['large', LARGE],
])('a %s body that is another than its hash says is refused in the words of S3', async (_, body) => {
  const claimed = sha256('two');
  const asked = requestFor(front.url, 'PUT', `/${Bucket}/hashed`, { 'x-amz-content-sha256': claimed });
  const { headers } = await signer().sign({ ...asked, body: '' });
  const { host: _host, ...sent } = headers;
  const answer = await fetch(`${front.url}${asked.path}`, { method: 'PUT', headers: sent, body });
  const text = await answer.clone().text();
  expect(await said(answer)).toEqual([
    ...[400, 'XAmzContentSHA256Mismatch'],
    "The provided 'x-amz-content-sha256' header does not match what was computed.",
  ]);
  expect(text).toContain(`<ClientComputedContentSHA256>${claimed}</ClientComputedContentSHA256>`);
  expect(text).toContain(`<S3ComputedContentSHA256>${sha256(body)}</S3ComputedContentSHA256>`);
  await expect(client.send(new GetObjectCommand({ Bucket, Key: 'hashed' }))).rejects.toBeInstanceOf(NoSuchKey);
});

test('a hash that is none is refused', async () => {
  const asked = requestFor(front.url, 'PUT', `/${Bucket}/hashed`, { 'x-amz-content-sha256': 'none' });
  const { headers } = await signer().sign({ ...asked, body: 'one' });
  const { host: _, ...sent } = headers;
  const answer = await fetch(`${front.url}${asked.path}`, { method: 'PUT', headers: sent, body: 'one' });
  const text = 'x-amz-content-sha256 must be UNSIGNED-PAYLOAD, or a valid sha256 value.';
  expect(await said(answer)).toEqual([400, 'InvalidArgument', text]);
});

/** A URL for an object, signed when and for how long. */
async function presigned(
  options: { expiresIn?: number; at?: number; method?: string } = {},
  query: Record<string, string> = {},
): Promise<URL> {
  const { expiresIn = 60, at = Date.now(), method = 'GET' } = options;
  const asked = {
    ...requestFor(front.url, method, `/${Bucket}/shown`, { 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' }),
    query,
  };
  // The signer itself refuses more than a week.
  const signingDate = new Date(at);
  const most = Math.min(expiresIn, 604_800);
  const signed = await signer().presign(asked, { expiresIn: most, signingDate });
  const url = new URL(`${front.url}${asked.path}`);
  Object.entries(signed.query ?? {}).forEach(([name, value]) => url.searchParams.set(name, String(value)));
  if (most !== expiresIn) {
    url.searchParams.set('X-Amz-Expires', String(expiresIn));
  }
  return url;
}

describe('a presigned URL', () => {
  beforeAll(async () => {
    await client.send(new PutObjectCommand({ Bucket, Key: 'shown', Body: 'one', CacheControl: 'no-store' }));
  });

  test('gives the object, with the headers that it says', async () => {
    const asked = {
      'response-cache-control': 'max-age=1',
      'response-content-disposition': 'attachment; filename="a b.txt"',
      'response-content-encoding': 'identity',
      'response-content-language': 'de',
      'response-content-type': 'text/x-plain',
      'response-expires': 'Fri, 01 Jan 2027 00:00:00 GMT',
    };
    for (const method of ['GET', 'HEAD']) {
      const answer = await fetch(await presigned({ method }, asked), { method });
      expect([answer.status, await answer.text()]).toEqual([200, method === 'GET' ? 'one' : '']);
      const shown = Object.keys(asked).map((name) => [name, answer.headers.get(name.replace('response-', ''))]);
      expect(Object.fromEntries(shown)).toEqual(asked);
    }
    expect((await fetch(await presigned())).headers.get('cache-control')).toBe('no-store');
  });

  const week = 604_800;
  // prettier-ignore
  test.each<[string, { expiresIn?: number; at?: number }, number, string]>([
    ['until its time is over',        { expiresIn: 60, at: -50_000 },        200, ''],
    ['no more when its time is over', { expiresIn: 60, at: -70_000 },        403, 'AccessDenied: Request has expired'],
    ['not before it was signed',      { at: 16 * 60_000 },                   403, 'AccessDenied: Request is not yet valid'],
    ['for a week',                    { expiresIn: week, at: -86_400_000 },  200, ''],
    ['for no more than a week',       { expiresIn: week + 1 },               400,
      'AuthorizationQueryParametersError: X-Amz-Expires must be less than a week (in seconds); that is, the given X-Amz-Expires must be less than 604800 seconds'],
    ['not for less than no time',     { expiresIn: -1 },                     400,
      'AuthorizationQueryParametersError: X-Amz-Expires must be non-negative'],
  ])('holds %s', async (_, { expiresIn = 60, at = 0 }, status, why) => {
    const url = await presigned({ expiresIn: Math.max(expiresIn, 0), at: Date.now() + at });
    url.searchParams.set('X-Amz-Expires', String(expiresIn));
    const [code, name, message] = await said(await fetch(url));
    expect([code, [name, message].filter(Boolean).join(': ')]).toEqual([status, why]);
  });

  test.each<[string, string, unknown[]]>([
    ['X-Amz-Signature', '0'.repeat(64), FORGED],
    ['X-Amz-Expires', '61', FORGED],
    ['response-content-type', 'text/html', FORGED],
    ['X-Amz-Expires', 'soon', [400, 'AuthorizationQueryParametersError', 'X-Amz-Expires should be a number']],
    [
      'X-Amz-Algorithm',
      'AWS4-HMAC-SHA1',
      [400, 'AuthorizationQueryParametersError', expect.stringContaining('only supports')],
    ],
  ])('is refused with another %s: %s', async (name, value, refusal) => {
    const url = await presigned();
    url.searchParams.set(name, value);
    expect(await said(await fetch(url))).toEqual(refusal);
  });

  test('is refused without all that signs it', async () => {
    const url = await presigned();
    url.searchParams.delete('X-Amz-Date');
    const [status, name, message] = await said(await fetch(url));
    expect([status, name]).toEqual([400, 'AuthorizationQueryParametersError']);
    expect(message).toMatch(/^Query-string authentication version 4 requires the X-Amz-Algorithm, /);
  });

  test.each([
    ['in its query', `?AWSAccessKeyId=${ACCOUNT}&Expires=4000000000&Signature=abc%3D`, {}],
    ['in its header', '', { authorization: `AWS ${ACCOUNT}:abc=` }],
  ])('of version 2, %s, is refused as by every bucket made after June 2020', async (_, query, headers) => {
    const answer = await fetch(`${front.url}/${Bucket}/shown${query}`, { headers });
    const text = 'The authorization mechanism you have provided is not supported. Please use AWS4-HMAC-SHA256.';
    expect(await said(answer)).toEqual([400, 'InvalidRequest', text]);
  });
});
