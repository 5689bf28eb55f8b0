/**
 * Requests whose bodies may be too large for memory: objects of S3 and their parts, blocks of snapshots of EBS, which are many.
 *
 * Owns     what was taken in, until the World has it.
 * Units    bytes.
 * Source   S3 user guide, "Uploading objects" (5 GiB a request, read 2026-11-26); decision 0042.
 */
import type { HeldBytes } from '../../domain/bodies';
import { SNAPSHOT_BLOCK_BYTES } from '../../domain/content-orders';
import type { WireRequest } from '../../wire/message';
import { ChunkReader, isChunked, isSignedInChunks } from '../../wire/s3-chunks';
import { signatureOf } from '../../wire/signature';
import { BodyStore, BodyWriter } from './body-store';

/** Source: S3 API reference, PutObject, UploadPart. */
export const MOST_OBJECT_BYTES = 5 * 1024 ** 3;

const CHECKSUM = /^x-amz-checksum-(?!algorithm$|type$|mode$)(.+)$/;

/** Whether a request writes an object, a part of one, or a block of a snapshot: its bytes need not fit into memory. */
export function carriesObject(request: Omit<WireRequest, 'body'>): boolean {
  const service = request.method === 'PUT' ? signatureOf({ ...request, body: NONE })?.signingName : undefined;
  return service === 's3' || (service === 'ebs' && isBlock(request));
}

const BLOCK_PATH = /^\/snapshots\/[^/]+\/blocks\/[^/]+$/;

/** One of another length is refused whatever it holds. */
function isBlock({ path, headers }: Omit<WireRequest, 'body'>): boolean {
  return BLOCK_PATH.test(path) && Number(headers['content-length']) === SNAPSHOT_BLOCK_BYTES;
}

const NONE = new Uint8Array(0);

/**
 * Takes the body of a request in; small ones are left as they came.
 *
 * @throws whatever the body throws, and the disk; nothing is left then
 */
export async function takeIn(
  store: BodyStore,
  head: Omit<WireRequest, 'body'>,
  body: AsyncIterable<Uint8Array>,
): Promise<WireRequest> {
  const chunks = isChunked(head.headers) ? new ChunkReader(isSignedInChunks(head.headers)) : undefined;
  const mostInMemory = isBlock(head) ? SNAPSHOT_BLOCK_BYTES - 1 : undefined;
  const writer = store.writer(algorithmsOf(head), mostInMemory);
  const sent: Uint8Array[] = [];
  const announced = Number(head.headers['x-amz-decoded-content-length'] ?? head.headers['content-length'] ?? 0);
  let tooLarge = announced > MOST_OBJECT_BYTES;
  if (tooLarge) {
    return { ...head, body: NONE, held: { bytes: await writer.end(), trailers: {}, fault: 'too large' } };
  }
  try {
    for await (const piece of body) {
      for (const bytes of chunks?.read(piece) ?? [piece]) {
        await writer.write(bytes);
      }
      if (writer.sizeBytes > MOST_OBJECT_BYTES) {
        tooLarge = true;
        break;
      }
      keepSmall(sent, piece, writer);
    }
    const bytes = await writer.end();
    if (bytes.id === undefined) {
      return { ...head, body: Buffer.concat(sent) };
    }
    const whole = chunks?.isWhole ?? isWhole(head, bytes);
    const fault = tooLarge ? ('too large' as const) : whole ? undefined : ('incomplete' as const);
    const { trailers = {}, marks, small } = chunks ?? {};
    const told = { ...(marks !== undefined && { marks }), ...(small !== undefined && { small }) };
    const more = { ...told, ...(fault !== undefined && { fault }) };
    return { ...head, body: NONE, held: { bytes, trailers, ...more } };
  } catch (fault) {
    await writer.abandon();
    throw fault;
  }
}

/** As it was sent, for as long as it may be small. */
function keepSmall(sent: Uint8Array[], piece: Uint8Array, { isSmall }: BodyWriter): void {
  if (isSmall) {
    sent.push(Buffer.from(piece));
  } else {
    sent.length = 0;
  }
}

function isWhole({ headers }: Omit<WireRequest, 'body'>, { sizeBytes }: HeldBytes): boolean {
  const { 'content-length': length } = headers;
  return length === undefined || Number(length) === sizeBytes;
}

/** What the request says of its bytes, by whatever name, and what their object is called by. */
function algorithmsOf(head: Omit<WireRequest, 'body'>): string[] {
  const { headers, query } = head;
  const names = [...Object.keys(headers), ...Object.keys(query).map((name) => name.toLowerCase())];
  const trailers = (headers['x-amz-trailer'] ?? '').split(',').map((name) => name.trim().toLowerCase());
  const given = [...names, ...trailers].flatMap((name) => CHECKSUM.exec(name)?.[1]?.toUpperCase() ?? []);
  const claimsHash = /^[0-9a-f]{64}$/.test(headers['x-amz-content-sha256'] ?? '');
  const hashed = claimsHash || isBlock(head) ? ['SHA256'] : [];
  const asked = headers['x-amz-sdk-checksum-algorithm']?.toUpperCase();
  return [...new Set(['MD5', ...hashed, ...given, ...(asked === undefined ? [] : [asked])])];
}
