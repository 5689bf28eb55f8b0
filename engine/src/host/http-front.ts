/**
 * A World behind a socket of this machine: HTTP in, the wire's answers out.
 *
 * Owns     the socket, which no other machine reaches.
 * Source   design.md section 2, Endpoint. Signatures are not verified; they say account, Region and service.
 */
import * as http from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { WireAnswer, WireRequest } from '../wire/message';
import { maxBodyBytes } from '../wire/scope';
import type { BodyStore } from './bodies/body-store';
import { carriesObject, takeIn } from './bodies/intake';

const LOOPBACK = '127.0.0.1';
/**
 * Names that mean this machine; any other in a request is a page of a browser that was made to ask. The last is a public
 * name of 127.0.0.1, which wrappers of other emulators use.
 */
const OWN_NAMES =
  /^(127\.0\.0\.1|\[::1\]|localhost|([a-z0-9-]+\.)+localhost|([a-z0-9-]+\.)*localhost\.localstack\.cloud)$/i;
/** Addresses of this machine, as a socket has them. */
const OWN_ADDRESSES = /^(127\.|::1$|::ffff:127\.)/;
/** Limits against clients that hold sockets open. */
export interface FrontLimits {
  readonly requestMs: number;
  readonly headersMs: number;
  /** How long a connection stays while nothing is asked. */
  readonly idleMs: number;
  /** How often both are looked at. */
  readonly checkMs: number;
  readonly connections: number;
  readonly headerBytes: number;
}

/** No client of AWS comes near. */
const LIMITS: FrontLimits = {
  requestMs: 60_000,
  headersMs: 10_000,
  // Longer than clients keep one by themselves: those of Go 90 s, of Java 60 s. Node's go by what they are told.
  idleMs: 120_000,
  checkMs: 5_000,
  connections: 1000,
  headerBytes: 16 * 1024,
};
/** What this machine alone may send: a World as a document. */
const MAX_OWN_BODY_BYTES = 256 * 1024 * 1024;

/** Where a front listens. */
export interface FrontProps {
  /** A free one unless given. */
  readonly port?: number;
  /** Address to listen on; that of this machine alone unless given. */
  readonly host?: string;
  /** Further names that requests may have for their host, in lower case. */
  readonly allowedHosts?: readonly string[];
  /** Paths that this machine alone may ask for. */
  readonly ownPaths?: RegExp;
  /** Told of each fault of the engine itself, and at which request. */
  readonly onFault?: (fault: unknown, at: string) => void;
  /** Those above unless given. */
  readonly limits?: Partial<FrontLimits>;
}

/** Whoever answers. */
export interface Answering {
  answer(request: WireRequest): Promise<WireAnswer>;
  /** Where bodies go that are too large for memory; without it none may be. */
  readonly bodies?: BodyStore;
}

export class HttpFront {
  /** The first fault of the engine itself: the client was answered with an error, and the host has to tell. */
  fault: unknown;

  private constructor(
    private readonly server: http.Server,
    private readonly answering: Answering,
    private readonly props: FrontProps,
    private readonly requestMs: number,
  ) {}

  /**
   * Listens.
   *
   * @throws Error of the system when the port is taken, or the address is none of this machine
   */
  static async open(answering: Answering, props: FrontProps = {}): Promise<HttpFront> {
    const limits = { ...LIMITS, ...props.limits };
    const server = http.createServer({
      // Of bodies that are large: each piece has its time.
      requestTimeout: 0,
      headersTimeout: limits.headersMs,
      keepAliveTimeout: limits.idleMs,
      connectionsCheckingInterval: limits.checkMs,
      maxHeaderSize: limits.headerBytes,
    });
    server.maxConnections = limits.connections;
    forgiveOwnStalls(server, limits);
    const front = new HttpFront(server, answering, props, limits.requestMs);
    server.on('request', (request, response) => void front.serve(request, response));
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(props.port ?? 0, props.host ?? LOOPBACK, resolve);
    });
    return front;
  }

  get url(): string {
    const { address, family, port } = this.server.address() as AddressInfo;
    return `http://${family === 'IPv6' ? `[${address}]` : address}:${port}`;
  }

  async close(): Promise<void> {
    await new Promise<void>((resolve) => {
      this.server.close(() => resolve());
      this.server.closeAllConnections();
    });
  }

  /**
   * Clients are told half of how long their connection stays. A process that was busy closes what grew idle meanwhile before
   * it reads what came: the request would be lost, and its client could not say whether it was done.
   */
  private kept({ shouldKeepAlive }: http.ServerResponse): http.OutgoingHttpHeaders {
    const seconds = Math.floor(this.server.keepAliveTimeout / 2000);
    return shouldKeepAlive ? { connection: 'keep-alive', 'keep-alive': `timeout=${seconds}` } : {};
  }

  private refusalOf(request: http.IncomingMessage): string | undefined {
    const name = (request.headers.host ?? '').replace(/:\d+$/, '').toLowerCase();
    const { allowedHosts = [], ownPaths } = this.props;
    if (!OWN_NAMES.test(name) && !allowedHosts.includes(name)) {
      return `host '${name}' is not answered; --allow-host ${name} would`;
    }
    if (isOfAnotherSite(request, allowedHosts)) {
      return 'pages of other sites are not answered';
    }
    if (ownPaths?.test(request.url ?? '') !== true) {
      return undefined;
    }
    if (isOfAnotherPage(request)) {
      return 'control is for pages of this server alone';
    }
    const own = OWN_ADDRESSES.test(request.socket.remoteAddress ?? '');
    return own ? undefined : 'control is for this machine alone';
  }

  private limitOf({ url = '', headers }: http.IncomingMessage): number {
    return this.props.ownPaths?.test(url) === true
      ? MAX_OWN_BODY_BYTES
      : maxBodyBytes(headers.authorization, headers['content-type']);
  }

  private async serve(request: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
    const refusal = this.refusalOf(request);
    if (refusal !== undefined) {
      response.writeHead(403, { 'content-type': 'text/plain' }).end(`${refusal}\n`);
      return;
    }
    let answering = false;
    try {
      const asked = await this.take(request, response);
      if (asked === undefined) {
        response.writeHead(413).end();
        return;
      }
      answering = true;
      const answer = await this.answering.answer(asked);
      answering = false;
      await this.write(request, response, answer);
    } catch (fault) {
      // Not by the request: one whose body was read counts as destroyed.
      const open = !response.headersSent && !request.socket.destroyed;
      if (answering || open) {
        this.tell(fault, request);
      }
      if (!open) {
        // Its client is gone, or was told that it took too long.
        request.socket.destroy();
        return;
      }
      response.writeHead(400, { 'x-amzn-errortype': 'InternalFailure', 'content-length': 0 }).end();
    }
  }

  private tell(fault: unknown, { method = '', url = '' }: http.IncomingMessage): void {
    this.fault ??= fault;
    this.props.onFault?.(fault, `${method} ${url}`);
  }

  /** A request with its body, wherever that is; undefined when it is too large. */
  private async take(request: http.IncomingMessage, response: http.ServerResponse): Promise<WireRequest | undefined> {
    const head = wireHead(request);
    const { bodies } = this.answering;
    const isObject = bodies !== undefined && carriesObject(head);
    const pieces = () => inTime(request, response, this.requestMs, isObject);
    if (isObject) {
      return takeIn(bodies, head, pieces());
    }
    const body = await bodyOf(request, this.limitOf(request), pieces);
    return body && { ...head, body };
  }

  private async write(request: http.IncomingMessage, response: http.ServerResponse, answer: WireAnswer): Promise<void> {
    // What is not read any more cannot be followed by another request.
    response.shouldKeepAlive &&= request.complete;
    // A client that reads nothing of its answer is let go; while something moves, it may take as long as it needs.
    request.socket.setTimeout(this.requestMs);
    const { status, headers, body, streamed } = answer;
    const bodiless = request.method === 'HEAD' || status === 204 || status === 304;
    const { 'content-length': said, ...others } = headers;
    const length = bodiless ? said : (streamed?.sizeBytes ?? body.length);
    // The length last: behind it Node takes the bytes of a disposition for text in UTF-8, and refuses them.
    const head = { ...others, ...this.kept(response), ...(length !== undefined && { 'content-length': length }) };
    if (streamed === undefined) {
      // One write, with its length: the Go SDK asks again when headers and body come apart.
      response.writeHead(status, head).end(body);
      return;
    }
    try {
      response.writeHead(status, head);
      await pipeline(Readable.from(streamed.read(), { objectMode: false }), response);
    } finally {
      streamed.close?.();
    }
  }
}

/**
 * Whether a page of another site made a browser ask. Such a request may carry a signature in its query, and the browser
 * asks nobody before it sends it.
 *
 * Source   Fetch standard, "Origin header"; W3C Fetch Metadata Request Headers, `Sec-Fetch-Site`.
 */
function isOfAnotherSite({ headers }: http.IncomingMessage, allowedHosts: readonly string[]): boolean {
  const { origin } = headers;
  const name = /^https?:\/\/(\[[0-9a-f:]+\]|[^:/]+)(?::\d+)?$/i.exec(origin ?? '')?.[1]?.toLowerCase() ?? '';
  return origin === undefined
    ? headers['sec-fetch-site'] === 'cross-site'
    : !OWN_NAMES.test(name) && !allowedHosts.includes(name);
}

/**
 * Whether a page that another server of this machine gave out made a browser ask. A link there may lead here; nothing else.
 *
 * Source   as above; ports of one host are one site, and each its own origin.
 */
function isOfAnotherPage({ headers }: http.IncomingMessage): boolean {
  const { origin, host = '' } = headers;
  const site = headers['sec-fetch-site'];
  return origin === undefined
    ? site === 'same-site' && headers['sec-fetch-mode'] !== 'navigate'
    : origin.toLowerCase() !== `http://${host.toLowerCase()}`;
}

/**
 * Lets no client go for headers that this process itself had no time to read: one that was busy looks at its connections
 * before it reads what came meanwhile. A look that comes late is passed over; by the next, what came is read.
 */
function forgiveOwnStalls(server: http.Server, { headersMs, checkMs }: FrontLimits): void {
  let lookedAt = performance.now();
  // Node reads it at each look; with none of both limits it looks at nothing.
  Object.defineProperty(server, 'headersTimeout', {
    get: () => {
      const lateMs = performance.now() - lookedAt - checkMs;
      lookedAt += lateMs + checkMs;
      return lateMs > checkMs / 2 ? 0 : headersMs;
    },
  });
}

/** The body of a request; undefined when it is too large. */
async function bodyOf(
  request: http.IncomingMessage,
  limit: number,
  pieces: () => AsyncIterable<Buffer>,
): Promise<Uint8Array | undefined> {
  const { 'content-length': length, 'transfer-encoding': coding } = request.headers;
  if (Number(length ?? 0) > limit) {
    return undefined;
  }
  if (coding === undefined && Number(length ?? 0) === 0) {
    // To wait for the end of nothing takes as long as to answer a small call.
    return new Uint8Array(0);
  }
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of pieces()) {
    size += chunk.length;
    if (size > limit) {
      return undefined;
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** The pieces of a body, which is let go when it takes too long: all of it, or each piece. */
async function* inTime(
  request: http.IncomingMessage,
  response: http.ServerResponse,
  ms: number,
  each: boolean,
): AsyncGenerator<Buffer> {
  const timer = setTimeout(() => {
    response.writeHead(408, { connection: 'close' }).end(() => request.destroy());
  }, ms);
  try {
    for await (const piece of request as AsyncIterable<Buffer>) {
      yield piece;
      if (each) {
        timer.refresh();
      }
    }
  } finally {
    clearTimeout(timer);
  }
}

function wireHead(request: http.IncomingMessage): Omit<WireRequest, 'body'> {
  const [path = '', text = ''] = splitOnce(request.url ?? '/', '?');
  const query: Record<string, string | readonly string[]> = {};
  if (text !== '') {
    const parameters = new URLSearchParams(text);
    for (const name of new Set(parameters.keys())) {
      const values = parameters.getAll(name);
      query[name] = values.length === 1 ? (values[0] ?? '') : values;
    }
  }
  const headers = Object.fromEntries(
    Object.entries(request.headers).map(([name, value]) => [name, [value ?? ''].flat().join(', ')]),
  );
  return { method: request.method ?? 'GET', path, query, headers };
}

function splitOnce(text: string, mark: string): [string, string] {
  const at = text.indexOf(mark);
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + mark.length)];
}
