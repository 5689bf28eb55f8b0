/**
 * The official SDK in process: a client of the user's own class whose requests go to a World instead of a socket.
 *
 * Owns     nothing. Requests are serialized, signed and parsed as always.
 * Source   design.md section 4, in-process SDK.
 */
import { Readable } from 'node:stream';
import { HttpResponse } from '@smithy/core/protocols';
import type { BodyStore } from '../host/bodies/body-store';
import { carriesObject, takeIn } from '../host/bodies/intake';
import type { ContentRunner } from '../host/content/content-runner';
import type { WireAnswer, WireRequest } from '../wire/message';
import type { Answerer } from '../wire/answer';

/** Whose client it is. */
export interface ClientProps {
  /** Account of the caller; that of the World when not given. */
  readonly account?: string;
  /** Region of the client; that of the World when not given. */
  readonly region?: string;
  /** ARN of the principal that calls, for a World whose policies decide; nobody in particular when not given. */
  readonly principal?: string;
}

/** What a client of the SDK is made with here. */
export interface ClientConfig {
  readonly region: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  readonly requestHandler: InProcessHandler;
  readonly maxAttempts: number;
}

/** A function that sends commands as a client would. */
export type Sender = <Output>(command: object) => Promise<Output>;

/**
 * The `send` of a client, reached past a stub on its class: mocks replace it there, and would answer themselves.
 */
export function senderOf(client: object): Sender {
  const own = Object.getPrototypeOf(client) as object;
  const base = Object.getPrototypeOf(own) as { readonly send: (this: object, command: object) => Promise<unknown> };
  return <Output>(command: object) => base.send.call(client, command) as Promise<Output>;
}

/** The part of a signed request that the wire reads. */
export interface SentRequest {
  readonly method: string;
  readonly path: string;
  readonly query?: Readonly<Record<string, string | readonly string[] | null>>;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/** A `requestHandler` that answers from a World. */
export class InProcessHandler {
  readonly metadata = { handlerProtocol: 'http/1.1' };

  /** @param contents where bodies go that are too large for memory; without it none is */
  constructor(
    private readonly answerer: Pick<Answerer, 'answer'>,
    private readonly contents?: ContentRunner,
  ) {}

  async handle(request: SentRequest): Promise<{ response: HttpResponse }> {
    const answer = await this.answer(request);
    const body = answer.streams === true ? streamOf(answer) : answer.body;
    return { response: new HttpResponse({ statusCode: answer.status, headers: answer.headers, body }) };
  }

  private async answer(request: SentRequest): Promise<WireAnswer> {
    const sent = await takeRequest(request, this.contents?.bodies);
    if (this.contents === undefined) {
      return this.answerer.answer(sent);
    }
    const answer = await this.contents.whileOffered(sent, () => this.answerer.answer(sent));
    await this.contents.sweepBodies();
    return answer;
  }

  /** Nothing to close. */
  destroy(): void {}

  updateHttpClientConfig(): void {}

  httpHandlerConfigs(): Record<string, never> {
    return {};
  }
}

/** A request of the SDK with its body, which may be a stream of Node, or any other that can be iterated. */
async function takeRequest(request: SentRequest, bodies: BodyStore | undefined): Promise<WireRequest> {
  const { body } = request;
  if (typeof body !== 'object' || body === null || !(Symbol.asyncIterator in body)) {
    return wireRequest(request);
  }
  const { body: _, ...head } = wireRequest({ ...request, body: undefined });
  const pieces = piecesOf(body as AsyncIterable<Uint8Array | string>);
  if (bodies !== undefined && carriesObject(head)) {
    return takeIn(bodies, head, pieces);
  }
  const all: Uint8Array[] = [];
  for await (const piece of pieces) {
    all.push(piece);
  }
  return { ...head, body: Buffer.concat(all) };
}

async function* piecesOf(body: AsyncIterable<Uint8Array | string>): AsyncGenerator<Uint8Array> {
  for await (const piece of body) {
    yield typeof piece === 'string' ? Buffer.from(piece) : piece;
  }
}

/** What comes bit by bit is a stream to the client, whatever it was before. */
function streamOf({ body, streamed }: WireAnswer): Readable {
  return streamed === undefined
    ? Readable.from([body])
    : Readable.from(streamed.read(), { objectMode: false }).once('close', () => streamed.close?.());
}

/** A request of the SDK as the wire reads it. */
export function wireRequest(request: SentRequest): WireRequest {
  const query: Record<string, string | readonly string[]> = {};
  for (const [key, value] of Object.entries(request.query ?? {})) {
    query[key] = value ?? '';
  }
  const headers = Object.fromEntries(Object.entries(request.headers).map(([key, value]) => [key.toLowerCase(), value]));
  return { method: request.method, path: request.path, query, headers, body: bytesOf(request.body) };
}

function bytesOf(body: unknown): Uint8Array {
  if (ArrayBuffer.isView(body)) {
    return new Uint8Array(body.buffer, body.byteOffset, body.byteLength);
  }
  return new TextEncoder().encode(typeof body === 'string' ? body : '');
}
