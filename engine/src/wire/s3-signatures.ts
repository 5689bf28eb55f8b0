/**
 * Signatures that S3 alone has: those of chunks, and of the policy of a form.
 *
 * Pure: what was signed in, an answer out.
 * Source   S3 API reference, "Signature calculations: transferring payload in multiple chunks", "… with trailing headers",
 *          "Authenticating requests: browser-based uploads using POST" (read 2026-11-27).
 */
import { createHmac } from 'node:crypto';
import type { WireRequest } from './message';
import { ChunkMarks, ChunkReader } from './s3-chunks';
import type { Signature } from './signature';

/** Of no bytes. */
const EMPTY_SHA256 = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';
const CHUNK = 'AWS4-HMAC-SHA256-PAYLOAD';
const TRAILER = 'AWS4-HMAC-SHA256-TRAILER';

/** What each chunk of a body says of its signature. */
export function marksOf({ body, held }: WireRequest): ChunkMarks | undefined {
  if (held !== undefined) {
    return held.marks;
  }
  const reader = new ChunkReader(true);
  // Only the marks are asked for: what is read are views of the body.
  void [...reader.read(body)];
  return reader.marks;
}

/** Whether a secret makes the signature of each chunk behind that of the request, and of what comes behind the last. */
export function areChunksSignedWith(secret: string, request: WireRequest, given: Signature): boolean {
  const marks = marksOf(request);
  if (marks === undefined) {
    return false;
  }
  const key = signingKey(secret, given);
  const scope = [given.day, given.region, given.signingName, 'aws4_request'].join('/');
  const signed = (kind: string, before: string, ...hashes: string[]) =>
    hmac(key, [kind, given.time, scope, before, ...hashes].join('\n')).toString('hex');
  let before = given.hex;
  for (const { hash, signature } of marks.chunks) {
    before = signed(CHUNK, before, EMPTY_SHA256, hash);
    if (before !== signature) {
      return false;
    }
  }
  const trails = (request.headers['x-amz-content-sha256'] ?? '').endsWith('-TRAILER');
  return !trails || signed(TRAILER, before, marks.trailer.hash) === marks.trailer.signature;
}

/** Whether a secret makes the signature of the policy of a form. */
export function isPolicySignedWith(secret: string, policy: string, given: Signature): boolean {
  return hmac(signingKey(secret, given), policy).toString('hex') === given.hex;
}

function signingKey(secret: string, { day, region, signingName }: Signature): Buffer {
  return [day, region, signingName, 'aws4_request'].reduce<Buffer>(
    (key, part) => hmac(key, part),
    Buffer.from(`AWS4${secret}`),
  );
}

function hmac(key: Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text, 'utf8').digest();
}
