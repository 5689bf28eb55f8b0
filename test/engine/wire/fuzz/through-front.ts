// A request through a socket, as a client would send it.
import * as http from 'node:http';
import type { HttpFront } from '../../../../engine/src/host/http-front';
import type { WireAnswer, WireRequest } from '../../../../engine/src/wire/message';

/** Longer than any answer takes: whoever waits so long waits for ever. */
const HANG_MS = 30_000;

/** What a client of HTTP says itself. */
const FRAMING = /^(connection|content-length|expect|host|transfer-encoding|upgrade)$/i;

/**
 * What the front answers; undefined where no client of HTTP can send the request.
 *
 * @throws Error when it answers nothing, or the engine failed
 */
export async function throughFront(front: HttpFront, request: WireRequest): Promise<WireAnswer | undefined> {
  const text = new URLSearchParams(
    Object.entries(request.query).flatMap(([name, value]) =>
      [value].flat().map((one): [string, string] => [name, one]),
    ),
  ).toString();
  const headers = Object.fromEntries(Object.entries(request.headers).filter(([name]) => !FRAMING.test(name)));
  const path = text === '' ? request.path : `${request.path}?${text}`;
  let sent: http.ClientRequest;
  try {
    sent = http.request(front.url, { method: request.method, path, headers: { ...headers, host: 'localhost' } });
  } catch {
    return undefined;
  }
  const answer = await new Promise<WireAnswer>((resolve, reject) => {
    sent.setTimeout(HANG_MS, () => sent.destroy(new Error(`no answer in ${HANG_MS} ms`)));
    sent.on('error', reject);
    sent.on('response', (response) => {
      const pieces: Buffer[] = [];
      response.on('data', (piece: Buffer) => pieces.push(piece));
      response.on('error', reject);
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: {}, body: Buffer.concat(pieces) }));
    });
    sent.end(request.body);
  });
  if (front.fault !== undefined) {
    throw front.fault;
  }
  return answer;
}
