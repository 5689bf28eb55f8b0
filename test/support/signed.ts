import { SignatureV4 } from '@smithy/signature-v4';
import { Sha256 } from '@smithy/core/checksum';

export interface SignedBy {
  /** What requests are signed with, e.g. `mpa`. */
  readonly service: string;
  readonly region: string;
  readonly accessKeyId: string;
  readonly secretAccessKey?: string;
}

/** Sends a signed request with a body of JSON, for services that have no official client. */
export async function sendSigned(
  url: string,
  { service, region, accessKeyId, secretAccessKey = 'holdfast' }: SignedBy,
  [method, path, body]: readonly [method: string, path: string, body?: object],
) {
  const { host, hostname, port } = new URL(url);
  const [pathname = '', search = ''] = path.split('?');
  const credentials = { accessKeyId, secretAccessKey };
  const signer = new SignatureV4({ credentials, region, sha256: Sha256, service });
  const text = body === undefined ? undefined : JSON.stringify(body);
  const signed = await signer.sign({
    method,
    protocol: 'http:',
    hostname,
    port: Number(port),
    path: pathname,
    query: Object.fromEntries(new URLSearchParams(search)),
    headers: { host, ...(text !== undefined && { 'content-type': 'application/json' }) },
    body: text,
  });
  const { host: _, ...headers } = signed.headers;
  const answer = await fetch(`${url}${path}`, { method, headers, ...(text !== undefined && { body: text }) });
  const said = await answer.text();
  return {
    status: answer.status,
    error: answer.headers.get('x-amzn-errortype'),
    body: said === '' ? {} : JSON.parse(said),
  };
}
