/**
 * What S3 does beside restXml: a bucket in the host or the path, operations told apart by flags, bodies in chunks.
 *
 * Pure: a request in, a request or an operation out.
 * Source   S3 user guide, "Virtual hosting of buckets"; S3 API reference, "Signature calculations: transferring payload in
 *          multiple chunks" and "… with trailing headers" (read 2026-11-26).
 */
import { createHash } from 'node:crypto';
import { AwsFault } from '../operations/fault';
import type { Matched } from './http-bindings';
import type { WireAnswer, WireRequest } from './message';
import { bytes } from './rest-json';
import { ChunkReader, encodingsOf, isChunked, LEAST_CHUNK_BYTES, type SmallChunk } from './s3-chunks';
import type { Operation, Service } from './service';

const SERVICE_HOST =
  /^(?:(.+)\.)?s3(?:[.-][a-z0-9-]+)*\.(?:amazonaws\.com(?:\.cn)?|localhost(?:\.localstack\.cloud)?)$/;
const OTHER_HOST = /^(?:(.+)\.)?localhost(?:\.localstack\.cloud)?$/;

interface Route {
  readonly operation: Operation;
  readonly method: string;
  /** What its path is about. */
  readonly level: Level;
  /** Flags of the query, with the value that each must have; any value where it is empty. */
  readonly flags: readonly (readonly [string, string])[];
  /** Parameters and headers without which it is another operation. */
  readonly needs: readonly { readonly in: 'query' | 'headers'; readonly name: string }[];
}

type Level = 'service' | 'bucket' | 'key';

/** Bucket and key of a request; as sent, and undefined where it has none. */
interface Address {
  readonly bucket: string | undefined;
  readonly key: string | undefined;
}

/** The operations of S3. */
class S3Routes {
  private readonly routes: readonly Route[];

  constructor(service: Service) {
    this.routes = [...service.operations.values()].flatMap((operation) => routeOf(operation) ?? []);
  }

  find(request: WireRequest): Matched | undefined {
    const { bucket, key } = addressOf(request);
    const level: Level = bucket === undefined ? 'service' : key === undefined ? 'bucket' : 'key';
    const able = this.routes.filter(
      (route) =>
        route.method === request.method &&
        route.level === level &&
        route.flags.every(
          ([name, value]) => name in request.query && (value === '' || request.query[name] === value),
        ) &&
        route.needs.every((need) => need.name in request[need.in]),
    );
    // What asks for more is meant, where a request has it all; what is still alike is told apart by name, if at all.
    const named = request.query['x-id'];
    const rank = ({ operation }: Route) => Number(operation.name === named);
    const [found] = able.sort(
      (a, b) => b.flags.length - a.flags.length || b.needs.length - a.needs.length || rank(b) - rank(a) || byName(a, b),
    );
    return found && { operation: found.operation, labels: { Bucket: decoded(bucket), Key: decoded(key) } };
  }
}

const ROUTES = new WeakMap<Service, S3Routes>();

/** The routes of a service: one for all Worlds. */
export function routesOf(service: Service): S3Routes {
  const made = ROUTES.get(service) ?? new S3Routes(service);
  ROUTES.set(service, made);
  return made;
}

/** A request whose body came in chunks, with the body whole, and trailers among the headers. */
export function unchunked(request: WireRequest): WireRequest {
  const { headers, held } = request;
  if (held?.fault !== undefined) {
    throw held.fault === 'too large' ? tooLarge() : incomplete();
  }
  if (!isChunked(headers)) {
    refuseOtherHash(request);
    return request;
  }
  const reader = new ChunkReader();
  const body = held === undefined ? Buffer.concat([...reader.read(request.body)]) : request.body;
  refuseSmall(held === undefined ? reader.small : held.small);
  const size = held?.bytes.sizeBytes ?? body.length;
  const expected = headers['x-amz-decoded-content-length'];
  if ((held === undefined && !reader.isWhole) || (expected !== undefined && Number(expected) !== size)) {
    throw incomplete();
  }
  const left = encodingsOf(headers)
    .filter((one) => one !== 'aws-chunked' && one !== '')
    .join(',');
  const { 'content-encoding': _, ...others } = headers;
  const more = { ...(held?.trailers ?? reader.trailers), ...(left !== '' && { 'content-encoding': left }) };
  return { ...request, headers: { ...others, ...more, 'content-length': String(size) }, body };
}

/**
 * Source   S3's answers in issues 2727 of aws/aws-sdk-cpp (its status), 6859 of aws/aws-sdk-js-v3 and 1683 of versity/versitygw
 *          (read 2026-11-27).
 *
 * @throws AwsFault where a chunk that is not the last was too small
 */
function refuseSmall(small: SmallChunk | undefined): void {
  if (small !== undefined) {
    const members = { Chunk: String(small.chunk), BadChunkSize: String(small.sizeBytes) };
    const text = `Only the last chunk is allowed to have a size less than ${LEAST_CHUNK_BYTES} bytes`;
    throw new AwsFault('InvalidChunkSizeError', text, { members });
  }
}

const SHA256 = /^[0-9a-f]{64}$/;

/**
 * Source   S3's answers in issue #2 of grosskur/lua-resty-aws, and #2 of solectrus/postgres-s3-backup (read 2026-11-27).
 *
 * @throws AwsFault where the body is not the one whose hash the request says
 */
function refuseOtherHash({ headers, body, held }: WireRequest): void {
  const claimed = headers['x-amz-content-sha256'];
  if (claimed === undefined || claimed === 'UNSIGNED-PAYLOAD') {
    return;
  }
  if (!SHA256.test(claimed)) {
    throw new AwsFault('InvalidArgument', 'x-amz-content-sha256 must be UNSIGNED-PAYLOAD, or a valid sha256 value.');
  }
  const known = held?.bytes.digests['SHA256'];
  const made =
    known === undefined
      ? createHash('sha256').update(body).digest('hex')
      : Buffer.from(known, 'base64').toString('hex');
  if (made !== claimed) {
    const text = "The provided 'x-amz-content-sha256' header does not match what was computed.";
    const members = { ClientComputedContentSHA256: claimed, S3ComputedContentSHA256: made };
    throw new AwsFault('XAmzContentSHA256Mismatch', text, { members });
  }
}

/** What S3 answers otherwise than its model says. */
export function finished(operation: Operation, request: WireRequest, answer: WireAnswer): WireAnswer {
  const { headers } = answer;
  if (operation.name === 'GetBucketLocation') {
    // The element itself is the value. Source: S3 API reference, GetBucketLocation.
    return { ...answer, body: unwrapped(answer.body) };
  }
  const status = request.method === 'GET' && headers['content-range'] !== undefined ? 206 : answer.status;
  return request.method === 'HEAD' ? { ...answer, status, body: new Uint8Array(0) } : { ...answer, status };
}

function routeOf(operation: Operation): Route | undefined {
  const [method = '', template = ''] = operation.http ?? [];
  const [path, query] = template.split('?');
  const members = [...operation.input.structIterator()];
  const bucket = members.some(([name, member]) => name === 'Bucket' && member.getMergedTraits().httpLabel);
  const level = path === '/{Key+}' ? 'key' : path === '/' ? (bucket ? 'bucket' : 'service') : undefined;
  if (level === undefined) {
    return undefined;
  }
  const flags = [...new URLSearchParams(query)].filter(([name]) => name !== 'x-id');
  const needs = operation.required.flatMap((name): Route['needs'][number][] => {
    const { httpQuery, httpHeader } = operation.input.getMemberSchemas()[name]?.getMergedTraits() ?? {};
    return httpQuery !== undefined
      ? [{ in: 'query', name: httpQuery }]
      : httpHeader !== undefined
        ? [{ in: 'headers', name: httpHeader.toLowerCase() }]
        : [];
  });
  return { operation, method, level, flags, needs };
}

function byName(a: Route, b: Route): number {
  return a.operation.name < b.operation.name ? -1 : 1;
}

export function addressOf({ path, headers }: WireRequest): Address {
  const host = (headers['host'] ?? '').replace(/:\d+$/, '').toLowerCase();
  const named = (SERVICE_HOST.exec(host) ?? OTHER_HOST.exec(host))?.[1];
  const [bucket, rest] = named === undefined ? splitOnce(path.replace(/^\//, '')) : [named, path.replace(/^\//, '')];
  return { bucket: bucket === '' ? undefined : bucket, key: rest === '' ? undefined : rest };
}

function splitOnce(path: string): [string, string] {
  const at = path.indexOf('/');
  return at < 0 ? [path, ''] : [path.slice(0, at), path.slice(at + 1)];
}

function decoded(text = ''): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new AwsFault('InvalidURI', "Couldn't parse the specified URI.");
  }
}

/** Source: S3 API reference, error codes. */
function tooLarge(): AwsFault {
  return new AwsFault('EntityTooLarge', 'Your proposed upload exceeds the maximum allowed object size.');
}

/** Source: as above. */
function incomplete(): AwsFault {
  return new AwsFault(
    'IncompleteBody',
    'You did not provide the number of bytes specified by the Content-Length HTTP header.',
  );
}

function unwrapped(body: Uint8Array): Uint8Array {
  const location = /<LocationConstraint>([^<]*)<\/LocationConstraint>/.exec(Buffer.from(body).toString())?.[1] ?? '';
  const xmlns = 'http://s3.amazonaws.com/doc/2006-03-01/';
  return bytes(
    `<?xml version="1.0" encoding="UTF-8"?>\n<LocationConstraint xmlns="${xmlns}">${location}</LocationConstraint>`,
  );
}
