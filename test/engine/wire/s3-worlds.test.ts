// S3 behind the path or the header of a World: buckets in the path and in the host, each request signed and verified.
import { GetObjectCommand, PutObjectCommand, S3Client, S3ClientConfig } from '@aws-sdk/client-s3';
import {
  CompleteMultipartUploadCommand,
  CreateBucketCommand,
  CreateMultipartUploadCommand,
  ListBucketsCommand,
  paginateListObjectsV2,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { SignatureV4 } from '@smithy/signature-v4';
import { Sha256 } from '@smithy/core/checksum';
import * as http from 'node:http';
import { HttpFront } from '../../../engine/src/host/http-front';
import { ServedWorlds } from '../../../engine/src/host/served-worlds';
import { CONTROL_PATHS } from '../../../engine/src/wire/world-path';

const ACCOUNT = '111111111111';
const REGION = 'eu-central-1';
const Bucket = 'pictures';
const Key = 'a b/é+&/x.txt';
const PART_BYTES = 5 * 1024 * 1024;

/** Every name is this machine: not each resolver knows that of names below localhost. */
const agent = new http.Agent({
  keepAlive: true,
  lookup: (_, options, found) =>
    options.all === true ? found(null, [{ address: '127.0.0.1', family: 4 }]) : found(null, '127.0.0.1', 4),
});

let front: HttpFront;

beforeEach(async () => {
  const env = { partition: 'aws', account: ACCOUNT, region: REGION };
  const worlds = new ServedWorlds({ env, start: Date.UTC(2027, 0, 1), seed: 1, version: '0', enforceIam: true });
  front = await HttpFront.open(worlds, { ownPaths: CONTROL_PATHS });
});

afterEach(async () => {
  await front.close();
});

afterAll(() => agent.destroy());

interface Way {
  readonly host: string;
  readonly path?: string;
  readonly header?: string;
  readonly forcePathStyle: boolean;
}

const CREDENTIALS = { accessKeyId: ACCOUNT, secretAccessKey: 'holdfast' };

type Sent = Parameters<SignatureV4['presign']>[0];

/** Looks at a request, or changes it, on its way. */
function before(look: (request: Sent) => void) {
  return (next: (sent: { readonly request: Sent }) => unknown) => (sent: { readonly request: Sent }) => {
    look(sent.request);
    return next(sent);
  };
}

function clientOf({ host, path = '', header, forcePathStyle }: Way): S3Client {
  const config: S3ClientConfig = {
    endpoint: `http://${host}:${new URL(front.url).port}${path}`,
    region: REGION,
    credentials: CREDENTIALS,
    forcePathStyle,
    maxAttempts: 1,
    requestHandler: new NodeHttpHandler({ httpAgent: agent }),
  };
  const client = new S3Client(config);
  if (header !== undefined) {
    const named = (request: Sent) => void (request.headers['x-holdfast-world'] = header);
    client.middlewareStack.add(before(named) as never, { step: 'build' });
  }
  return client;
}

/** An address that anybody may fetch, as the SDK's own presigner makes it: the request of the client, signed in its query. */
async function presigned(client: S3Client, command: GetObjectCommand | PutObjectCommand): Promise<http.RequestOptions> {
  let request: Sent | undefined;
  client.middlewareStack.addRelativeTo(
    before((sent) => (request ??= structuredClone({ ...sent, body: undefined }))) as never,
    { name: 'presigned', relation: 'before', toMiddleware: 'httpSigningMiddleware', override: true },
  );
  await client.send(command as GetObjectCommand);
  client.middlewareStack.remove('presigned');
  const { headers, ...rest } = request as Sent;
  const service = { service: 's3', uriEscapePath: false, applyChecksum: false };
  const signer = new SignatureV4({ credentials: CREDENTIALS, region: REGION, sha256: Sha256, ...service });
  const kept = Object.fromEntries(Object.entries(headers).filter(([name]) => /^(host|x-holdfast-world)$/.test(name)));
  const unsignableHeaders = new Set(['x-holdfast-world']);
  const payload = { 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' };
  const options = { expiresIn: 60, unsignableHeaders, unhoistableHeaders: unsignableHeaders };
  const signed = await signer.presign({ ...rest, headers: { ...kept, ...payload } }, options);
  const query = new URLSearchParams(signed.query as Record<string, string>);
  const { 'x-amz-content-sha256': _, ...sentHeaders } = signed.headers;
  const { hostname, port, method, path } = signed;
  return { hostname, port, method, path: `${path}?${query.toString()}`, headers: sentHeaders, agent };
}

function fetched(options: http.RequestOptions, body?: string): Promise<[status: number | undefined, text: string]> {
  return new Promise((resolve, reject) => {
    const sent = http.request(options, (response) => {
      let text = '';
      response.on('data', (chunk: Buffer) => (text += chunk.toString()));
      response.on('end', () => resolve([response.statusCode, text]));
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

/** All that a bucket is for, by one client. */
async function used(client: S3Client): Promise<void> {
  const text = async (name: string) =>
    (await client.send(new GetObjectCommand({ Bucket, Key: name }))).Body?.transformToString();
  await client.send(new CreateBucketCommand({ Bucket }));
  await client.send(new PutObjectCommand({ Bucket, Key, Body: 'one' }));
  expect(await text(Key)).toBe('one');

  const { UploadId } = await client.send(new CreateMultipartUploadCommand({ Bucket, Key: 'big' }));
  const parts = ['x'.repeat(PART_BYTES), 'end'];
  const Parts = await Promise.all(
    parts.map(async (Body, index) => {
      const PartNumber = index + 1;
      const sent = await client.send(new UploadPartCommand({ Bucket, Key: 'big', UploadId, PartNumber, Body }));
      return { PartNumber, ETag: sent.ETag, ChecksumCRC32: sent.ChecksumCRC32 };
    }),
  );
  await client.send(new CompleteMultipartUploadCommand({ Bucket, Key: 'big', UploadId, MultipartUpload: { Parts } }));
  expect(await text('big')).toBe(parts.join(''));

  const listed: (string | undefined)[] = [];
  for await (const { Contents = [] } of paginateListObjectsV2({ client, pageSize: 1 }, { Bucket })) {
    listed.push(...Contents.map((one) => one.Key));
  }
  expect(listed).toEqual([Key, 'big']);

  const read = await presigned(client, new GetObjectCommand({ Bucket, Key }));
  expect(await fetched(read)).toEqual([200, 'one']);
  const [status, said] = await fetched({ ...read, path: read.path?.replace(/Signature=../, 'Signature=00') ?? '' });
  expect([status, said]).toEqual([403, expect.stringContaining('SignatureDoesNotMatch')]);
  const write = await presigned(client, new PutObjectCommand({ Bucket, Key, Body: 'one' }));
  expect(await fetched(write, 'two')).toEqual([200, '']);
  expect(await text(Key)).toBe('two');
  // Whoever holds the address says no more of the object than whoever signed it.
  const more = { ...write, headers: { ...write.headers, 'x-amz-meta-by': 'a stranger' } };
  const [refused, why] = await fetched(more, 'three');
  expect([refused, why]).toEqual([403, expect.stringContaining('<Code>AccessDenied</Code>')]);
  expect(why).toContain('There were headers present in the request which were not signed');
  expect(await text(Key)).toBe('two');
}

// prettier-ignore
test.each<[string, Way]>([
  ['its path, buckets in the path', { host: '127.0.0.1', path: '/_world/a', forcePathStyle: true }],
  ['its path, an address for a host', { host: '127.0.0.1', path: '/_world/a', forcePathStyle: false }],
  ['its path, buckets in the host', { host: 'localhost', path: '/_world/a', forcePathStyle: false }],
  ['its path, buckets in the host of S3', { host: 's3.eu-central-1.localhost', path: '/_world/a', forcePathStyle: false }],
  ['its header, buckets in the path', { host: 'localhost', header: 'a', forcePathStyle: true }],
  ['its header, buckets in the host', { host: 'localhost', header: 'a', forcePathStyle: false }],
])('a World named by %s, has buckets that no other World has', async (_, way) => {
  const client = clientOf(way);
  await used(client);
  const bucketsOf = async (other: Way) => {
    const { Buckets = [] } = await clientOf(other).send(new ListBucketsCommand({}));
    return Buckets.map(({ Name }) => Name);
  };
  const plain = { host: '127.0.0.1', forcePathStyle: true };
  expect(await bucketsOf({ ...plain, path: '/_world/a' })).toEqual([Bucket]);
  expect(await bucketsOf({ ...plain, header: 'a' })).toEqual([Bucket]);
  expect([await bucketsOf(plain), await bucketsOf({ ...plain, header: 'b' })]).toEqual([[], []]);
});
