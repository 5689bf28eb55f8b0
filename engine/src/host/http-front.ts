/**
 * A World behind a socket of this machine: HTTP in, the wire's answers out.
 *
 * Owns     the socket, which no other machine reaches.
 * Source   design.md section 2, Endpoint. Signatures are not verified; they say account, Region and service.
 */
import * as http from 'node:http';
import type { AddressInfo } from 'node:net';
import type { WireAnswer, WireRequest } from '../wire/message';

const HOST = '127.0.0.1';
/** Names that mean this machine; any other in a request is a page of a browser that was made to ask. */
const OWN_NAMES = /^(127\.0\.0\.1|\[::1\]|localhost|[a-z0-9.-]+\.localhost)(:\d+)?$/i;
/** More than any request of the services that are emulated. */
const MAX_BODY_BYTES = 8 * 1024 * 1024;

/** Whoever answers. */
export interface Answering {
  answer(request: WireRequest): Promise<WireAnswer>;
}

export class HttpFront {
  /** The first fault of the engine itself: the client was answered with an error, and the host has to tell. */
  fault: unknown;

  private constructor(
    private readonly server: http.Server,
    private readonly answering: Answering,
  ) {}

  /** Listens on a free port. */
  static async open(answering: Answering): Promise<HttpFront> {
    const server = http.createServer();
    const front = new HttpFront(server, answering);
    server.on('request', (request, response) => void front.serve(request, response));
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(0, HOST, resolve);
    });
    return front;
  }

  get url(): string {
    return `http://${HOST}:${(this.server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    await new Promise<void>((resolve) => {
      this.server.close(() => resolve());
      this.server.closeAllConnections();
    });
  }

  private async serve(request: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
    if (!OWN_NAMES.test(request.headers.host ?? '')) {
      response.writeHead(403).end('this host is not answered\n');
      return;
    }
    try {
      const body = await bodyOf(request);
      if (body === undefined) {
        response.writeHead(413).end();
        return;
      }
      const answer = await this.answering.answer(wireRequest(request, body));
      response.writeHead(answer.status, answer.headers).end(answer.body);
    } catch (fault) {
      this.fault ??= fault;
      response.writeHead(400, { 'x-amzn-errortype': 'InternalFailure' }).end();
    }
  }
}

/** The body of a request; undefined when it is too large. */
async function bodyOf(request: http.IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MAX_BODY_BYTES) {
      return undefined;
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function wireRequest(request: http.IncomingMessage, body: string): WireRequest {
  const [path = '', text = ''] = splitOnce(request.url ?? '/', '?');
  const query: Record<string, string | readonly string[]> = {};
  const parameters = new URLSearchParams(text);
  for (const name of new Set(parameters.keys())) {
    const values = parameters.getAll(name);
    query[name] = values.length === 1 ? (values[0] ?? '') : values;
  }
  const headers = Object.fromEntries(
    Object.entries(request.headers).map(([name, value]) => [name, [value ?? ''].flat().join(', ')]),
  );
  return { method: request.method ?? 'GET', path, query, headers, body };
}

function splitOnce(text: string, mark: string): [string, string] {
  const at = text.indexOf(mark);
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + mark.length)];
}
