// Requests as no client would send them: right ones of the official clients, with names and values of the fuzzer, of which
// something is then broken.
import { NormalizedSchema } from '@smithy/core/schema';
import { loadClient } from '../../../../engine/src/host/load-client';
import { SERVICES } from '../../../../engine/src/wire/services';
import { SentRequest, wireRequest } from '../../../../engine/src/testing/client';
import { OPERATIONS } from '../../../../engine/src/wire/generated/operations';
import type { WireRequest } from '../../../../engine/src/wire/message';
import { ClientModule, Operation, Service } from '../../../../engine/src/wire/service';
import type { Draw } from '../../simulation/draw';

const DEPTH = 4;
const HOSTILE = [
  ...['', ' ', '.', '..', '../../etc/passwd', '/etc/passwd', 'file:///etc/passwd', '__proto__', 'constructor', 'null'],
  ...['toString', 'a'.repeat(5000), '%00', '\u0000', '\ud800', '🔥'.repeat(50), '<a>&"\'', '${jndi:x}', '-1', '1e999'],
  ...['arn:aws:backup:::', 'arn:aws:iam::999999999999:role/x', 'arn', ':::::::', 'cron(* * * * ? *)', 'rate(1 minute)'],
  ...['{"Version":"2012-10-17","Statement":[]}', '{"Statement":', '[[[[', '2027-13-45T99:00:00Z', '*', '?', '\r\nX: y'],
];

/** One service with a client that sends nothing. */
interface Sendable {
  readonly service: Service;
  readonly operations: readonly Operation[];
  /** What the official client would send, or one that the model describes. */
  request(operation: Operation, input: unknown): Promise<SentRequest | undefined>;
}

/** Names that answers told of, so that requests reach what is there. */
export class Known {
  private readonly names: string[] = ['default', 'vault', '111111111111'];

  /** Keeps some of the texts of an answer. */
  hear(answer: string, draw: Draw): void {
    for (const [, text = ''] of answer.matchAll(/[">]([A-Za-z0-9:/_.@-]{3,200})["<]/g)) {
      if (this.names.length < 500) {
        this.names.push(text);
      } else if (draw.oneIn(4)) {
        this.names[draw.below(this.names.length)] = text;
      }
    }
  }

  pick(draw: Draw): string {
    return draw.pick(this.names);
  }
}

export class Requests {
  private constructor(private readonly services: readonly Sendable[]) {}

  /** @param only the service that they are for, by its signing name; all of them unless given */
  static load(only?: string): Requests {
    const official = Object.values(SERVICES).filter((service) => 'client' in service);
    const names = new Set(official.map(({ signingName }) => signingName));
    const services = Object.keys(OPERATIONS)
      .filter((name) => only === undefined || name === only)
      .map((name) => sendable(name, names.has(name)));
    return new Requests(services.filter(({ operations }) => operations.length > 0));
  }

  /** The next request; undefined where the client itself refuses to send it. */
  async next(draw: Draw, known: Known): Promise<WireRequest | undefined> {
    const { operations, request } = draw.pick(this.services);
    const operation = draw.pick(operations);
    const sent = await request(operation, valueOf(operation.input, draw, known, DEPTH));
    if (sent === undefined) {
      return undefined;
    }
    let broken = wireRequest(sent);
    for (let times = draw.below(3); times > 0; times--) {
      broken = draw.pick(BREAKERS)(broken, draw);
    }
    return broken;
  }
}

function sendable(signingName: string, official: boolean): Sendable {
  const module = loadClient(signingName);
  if (module === undefined) {
    throw new Error(`no client for ${signingName}`);
  }
  const service = new Service(signingName, module);
  const known = new Set(Object.keys(OPERATIONS[signingName]?.() ?? {}));
  const operations = [...service.operations.values()].filter(({ name }) => known.has(name));
  // Whoever has no official client has no commands to start from.
  return { service, operations, request: official ? sender(module) : rawSender(signingName) };
}

/** Requests of restJson1 by the traits of the model: path, query and a body of JSON. */
function rawSender(signingName: string): Sendable['request'] {
  const scope = `111111111111/20270101/eu-central-1/${signingName}/aws4_request`;
  const authorization = `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=${'0'.repeat(64)}`;
  return async ({ http, input: shape }, input) => {
    const [method, template] = http ?? ['POST', '/'];
    const given = new Map(Object.entries((input ?? {}) as Record<string, unknown>));
    let path = template;
    const query: Record<string, string | string[]> = {};
    for (const [name, member] of shape.structIterator()) {
      const { httpLabel, httpQuery } = member.getMergedTraits();
      const value = given.get(name);
      if (httpLabel !== undefined) {
        path = path.replace(`{${name}}`, encodeURIComponent(wellFormed(value ?? 'x')));
        given.delete(name);
      } else if (typeof httpQuery === 'string' && value !== undefined) {
        query[httpQuery] = Array.isArray(value) ? value.map(String) : String(value);
        given.delete(name);
      }
    }
    const body = JSON.stringify(Object.fromEntries(given), (_, value: unknown) =>
      value instanceof Date ? value.getTime() / 1000 : value,
    );
    return { method, path, query, headers: { authorization, 'content-type': 'application/json' }, body };
  };
}

/** A text that can stand in a path: halves of a character cannot. */
function wellFormed(value: unknown): string {
  return Buffer.from(String(value)).toString();
}

type Send = (command: object) => Promise<unknown>;

function sender(module: ClientModule): Sendable['request'] {
  let caught: SentRequest | undefined;
  const handle = (request: SentRequest): never => {
    caught = request;
    throw new Error('sent');
  };
  const ClientClass = Object.entries(module).find(([name]) => /^[A-Za-z0-9]+Client$/.test(name))?.[1] as new (
    config: object,
  ) => { send: Send };
  const client = new ClientClass({
    region: 'eu-central-1',
    endpoint: 'http://127.0.0.1',
    forcePathStyle: true,
    credentials: { accessKeyId: '111111111111', secretAccessKey: 'secret' },
    requestHandler: { handle },
    maxAttempts: 1,
  });
  return async ({ name }, input) => {
    caught = undefined;
    const Command = module[`${name}Command`] as new (input: unknown) => object;
    await client.send(new Command(input)).catch(() => undefined);
    return caught;
  };
}

/** A value of a shape, mostly of the right type. */
function valueOf(schema: NormalizedSchema, draw: Draw, known: Known, depth: number): unknown {
  if (schema.isStructSchema()) {
    const members = [...schema.structIterator()].filter(() => !draw.oneIn(depth > 2 ? 3 : 2));
    const given = schema.isUnionSchema() ? members.slice(0, 1) : members;
    return depth === 0
      ? {}
      : Object.fromEntries(given.map(([key, member]) => [key, valueOf(member, draw, known, depth - 1)]));
  }
  if (schema.isListSchema()) {
    return Array.from({ length: depth === 0 ? 0 : draw.below(3) }, () =>
      valueOf(schema.getValueSchema(), draw, known, depth - 1),
    );
  }
  if (schema.isMapSchema()) {
    const keys = depth === 0 ? [] : Array.from({ length: draw.below(3) }, () => textOf(draw, known));
    return Object.fromEntries(keys.map((key) => [key, valueOf(schema.getValueSchema(), draw, known, depth - 1)]));
  }
  if (schema.isTimestampSchema()) {
    return new Date(draw.pick([0, Date.UTC(2027, 0, 2), Date.UTC(2099, 0, 1), 8.64e15]));
  }
  if (schema.isBooleanSchema()) {
    return draw.oneIn(2);
  }
  if (schema.isNumericSchema()) {
    return draw.pick([0, 1, -1, 7, 35, 100, 36_500, 2 ** 31, 1.5, 2 ** 53]);
  }
  return schema.isBlobSchema() ? new TextEncoder().encode(textOf(draw, known)) : textOf(draw, known);
}

function textOf(draw: Draw, known: Known): string {
  return draw.oneIn(5) ? draw.pick(HOSTILE) : draw.oneIn(3) ? `name-${draw.below(20)}` : known.pick(draw);
}

type Breaker = (request: WireRequest, draw: Draw) => WireRequest;

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

const BREAKERS: readonly Breaker[] = [
  // Cut short.
  (request, draw) => ({ ...request, body: request.body.slice(0, draw.below(request.body.length + 1)) }),
  // Bytes that are no text.
  (request, draw) => {
    const body = Uint8Array.from(request.body);
    for (let times = Math.min(8, body.length); times > 0; times--) {
      body[draw.below(body.length)] = draw.below(256);
    }
    return { ...request, body };
  },
  // Another encoding.
  (request) => ({ ...request, body: Uint8Array.from(Buffer.from(Buffer.from(request.body).toString(), 'utf16le')) }),
  // Something else altogether.
  (request, draw) => ({
    ...request,
    body: bytes(
      draw.pick(['', 'null', '[]', '"text"', '7', '{', '<a', '<!DOCTYPE a [<!ENTITY b "c">]>', '=&=&=', 'a=b']),
    ),
  }),
  // A value of another type.
  (request, draw) => ({ ...request, body: mistyped(request.body, draw) }),
  // Deep.
  (request, draw) => {
    const deep = draw.pick([100, 5000]);
    const body = draw.oneIn(2) ? '{"BackupPlan":'.repeat(deep) : `${'['.repeat(deep)}${']'.repeat(deep)}`;
    return { ...request, body: bytes(draw.oneIn(3) ? `Action=Subscribe&${'a.'.repeat(deep)}1=2` : body) };
  },
  // Large.
  (request) => ({ ...request, body: bytes(`{"BackupVaultName":"${'x'.repeat(200_000)}"}`) }),
  (request, draw) => ({ ...request, method: draw.pick(['GET', 'PUT', 'POST', 'DELETE', 'HEAD', 'PATCH', 'BREW']) }),
  (request, draw) => {
    const end = draw.pick(['/', '//', '/%ff', '/..%2f..%2f', '/%', '/a/b/c/d', '%00', `/${'a'.repeat(3000)}`]);
    return { ...request, path: draw.oneIn(4) ? end : `${request.path}${end}` };
  },
  (request, draw) => ({
    ...request,
    query: {
      ...request.query,
      [draw.pick(['maxResults', 'nextToken', 'Action', '__proto__', ''])]: draw.pick(HOSTILE),
    },
  }),
  // Headers that are missing, or say something else.
  (request, draw) => {
    const names = Object.keys(request.headers);
    const { [draw.pick(names)]: _, ...headers } = request.headers;
    return { ...request, headers };
  },
  (request, draw) => ({
    ...request,
    headers: { ...request.headers, [draw.pick(Object.keys(request.headers))]: draw.pick(HOSTILE) },
  }),
];

/** JSON with one value replaced by one of another type; any other body with a digit for a letter. */
function mistyped(body: Uint8Array, draw: Draw): Uint8Array {
  const text = Buffer.from(body).toString();
  try {
    const root: unknown = JSON.parse(text);
    const places: [object, string][] = [];
    const visit = (value: unknown): void => {
      for (const [key, one] of Object.entries((typeof value === 'object' ? value : null) ?? {})) {
        places.push([value as object, key]);
        visit(one);
      }
    };
    visit(root);
    const place = draw.tryPick(places);
    if (place !== undefined) {
      const other = draw.pick<unknown>([null, true, 7, -1.5, 'text', [], {}, [{}], { a: { b: [] } }, '2027', 1e300]);
      (place[0] as Record<string, unknown>)[place[1]] = other;
    }
    return bytes(JSON.stringify(root));
  } catch {
    return bytes(text.replace(/=[^&]*/, `.member.${draw.below(5)}.x=7`));
  }
}
