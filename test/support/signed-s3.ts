// Requests to S3 as they are signed by hand: chunks of a body one by one, and what the official client does not do.
import { Sha256 } from '@smithy/core/checksum';
import { SignatureV4 } from '@smithy/signature-v4';
import { createHash, createHmac } from 'node:crypto';

export const ACCOUNT = '111111111111';
export const REGION = 'eu-central-1';
const SECRET = 'holdfast';
export const CREDENTIALS = { accessKeyId: ACCOUNT, secretAccessKey: SECRET };
export const SIGNED = 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD';
export const TRAILING = `${SIGNED}-TRAILER`;
const EMPTY = createHash('sha256').digest('hex');

export const sha256 = (text: string | Buffer) => createHash('sha256').update(text).digest('hex');
const hmac = (key: string | Buffer, text: string) => createHmac('sha256', key).update(text).digest();

/** The key that signs what a scope names. */
export function signingKey(scope: string, secret = SECRET): Buffer {
  return scope.split('/').reduce((before, part) => hmac(before, part), Buffer.from(`AWS4${secret}`));
}

export function hexOf(key: Buffer, text: string): string {
  return hmac(key, text).toString('hex');
}

export function signer(): SignatureV4 {
  const how = { uriEscapePath: false, applyChecksum: false };
  return new SignatureV4({ credentials: CREDENTIALS, region: REGION, service: 's3', sha256: Sha256, ...how });
}

export function requestFor(url: string, method: string, path: string, headers: Record<string, string> = {}) {
  const { host, hostname, port } = new URL(url);
  return { method, protocol: 'http:', hostname, port: Number(port), path, headers: { host, ...headers } };
}

/** Status, code and message of an answer. */
export async function said(answer: Response): Promise<[number, string, string]> {
  const text = await answer.text();
  const part = (name: string) => new RegExp(`<${name}>([^<]*)</${name}>`).exec(text)?.[1] ?? '';
  return [answer.status, part('Code'), part('Message')];
}

/** Puts an object in chunks that are signed one by one; `forge` changes what goes out. */
export async function putChunks(
  url: string,
  path: string,
  chunks: readonly string[],
  kind: string,
  forge: (body: string) => string = (body) => body,
): Promise<[number, string, string]> {
  const whole = chunks.join('');
  const trailer = `x-amz-checksum-sha256:${createHash('sha256').update(whole).digest('base64')}`;
  const trails = kind === TRAILING;
  const asked = requestFor(url, 'PUT', path, {
    'content-encoding': 'aws-chunked',
    'x-amz-content-sha256': kind,
    'x-amz-decoded-content-length': String(whole.length),
    ...(trails && { 'x-amz-trailer': 'x-amz-checksum-sha256' }),
  });
  const signed = await signer().sign({ ...asked, body: '' }, {});
  const time = signed.headers['x-amz-date'] ?? '';
  const scope = `${time.slice(0, 8)}/${REGION}/s3/aws4_request`;
  const key = signingKey(scope);
  let [, before = ''] = /Signature=([0-9a-f]+)/.exec(signed.headers['authorization'] ?? '') ?? [];
  const lines = [...chunks, ''].map((chunk) => {
    before = hexOf(key, ['AWS4-HMAC-SHA256-PAYLOAD', time, scope, before, EMPTY, sha256(chunk)].join('\n'));
    return `${chunk.length.toString(16)};chunk-signature=${before}\r\n${chunk}${chunk === '' ? '' : '\r\n'}`;
  });
  const last = hexOf(key, ['AWS4-HMAC-SHA256-TRAILER', time, scope, before, sha256(`${trailer}\n`)].join('\n'));
  const end = trails ? `${trailer}\r\nx-amz-trailer-signature:${last}\r\n\r\n` : '\r\n';
  const { host: _, ...headers } = signed.headers;
  return said(await fetch(`${url}${path}`, { method: 'PUT', headers, body: forge(lines.join('') + end) }));
}
