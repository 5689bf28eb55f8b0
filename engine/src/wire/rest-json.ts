/**
 * restJson1: an operation is a method and a path, its input spread over path, query, headers and body.
 *
 * Pure: a request in, an input out; an output in, an answer out.
 * Source   the http bindings in the client's schemas; https://smithy.io/2.0/aws/protocols/aws-restjson1-protocol.html
 *          (read 2026-11-26).
 */
import { FromStringShapeDeserializer } from '@smithy/core/protocols';
import type { NormalizedSchema } from '@smithy/core/schema';
import { Body } from '../domain/bodies';
import { bindingsOf, boundValues, Matched, Member } from './http-bindings';
import { textOf, WireAnswer, WireRequest } from './message';
import type { Operation, PayloadCodec, Service } from './service';

interface Route {
  readonly operation: Operation;
  readonly method: string;
  readonly pattern: RegExp;
  /** The first part of the path; undefined where that is a label. */
  readonly begin: string | undefined;
  readonly labels: readonly string[];
  /** Query parameters that the path itself asks for, e.g. `?delete`. */
  readonly literal: Readonly<Record<string, string>>;
  /** How much of the path is literal: the more, the earlier it is tried. */
  readonly weight: number;
}

const STRINGS = new FromStringShapeDeserializer({
  httpBindings: true,
  timestampFormat: { useTrait: true, default: 7 },
});

/** The routes of a service, the most literal first. */
export class Routes {
  private readonly routes: readonly Route[];
  /** Those that a request of a method, with a path that begins so, may be for. */
  private readonly near = new Map<string, readonly Route[]>();

  constructor(service: Service) {
    this.routes = [...service.operations.values()]
      .flatMap((operation) => (operation.http === undefined ? [] : [routeOf(operation, operation.http)]))
      .sort((a, b) => b.weight - a.weight || (a.operation.name < b.operation.name ? -1 : 1));
    for (const { method, begin } of this.routes) {
      const near = this.routes.filter((one) => one.method === method && [begin ?? '', undefined].includes(one.begin));
      this.near.set(`${method} ${begin ?? ''}`, near);
    }
  }

  find(request: WireRequest): Matched | undefined {
    const path = request.path.replace(/\/+$/, '');
    const { method } = request;
    const near = this.near.get(`${method} ${path.split('/', 2)[1] ?? ''}`) ?? this.near.get(`${method} `) ?? [];
    for (const route of near) {
      const found = route.pattern.exec(path);
      if (found !== null && Object.keys(route.literal).every((key) => key in request.query)) {
        const labels = route.labels.map((label, index) => [label, decoded(found[index + 1] ?? '')]);
        return { operation: route.operation, labels: Object.fromEntries(labels) as Record<string, string> };
      }
    }
    return undefined;
  }
}

const MADE = new WeakMap<Service, Routes>();

/** The routes of a service, made once. */
export function routesOf(service: Service): Routes {
  const made = MADE.get(service) ?? new Routes(service);
  MADE.set(service, made);
  return made;
}

/** The input that a request carries. */
export async function readInput(codec: PayloadCodec, matched: Matched, request: WireRequest): Promise<unknown> {
  const { operation } = matched;
  const input: Record<string, unknown> = {};
  const { payload, bodied } = bindingsOf(operation);
  if (request.held !== undefined && payload !== undefined) {
    input[payload[0]] = Body.of(request.held.bytes);
  } else if (request.body.length > 0 && payload === undefined && bodied) {
    Object.assign(input, objectOf(await codec.createDeserializer().read(operation.input, textOf(request.body))));
  } else if (request.body.length > 0 && payload !== undefined) {
    const [name, member] = payload;
    input[name] = await payloadOf(codec, member, request.body);
  }
  return Object.assign(input, boundValues(STRINGS, matched, request));
}

function objectOf(read: unknown): object {
  if (typeof read !== 'object' || read === null || Array.isArray(read)) {
    throw new TypeError('the body must be an object');
  }
  return read;
}

/** A label as text; one with broken escapes stays as it is, and names nothing. */
function decoded(label: string): string {
  try {
    return decodeURIComponent(label);
  } catch {
    return label;
  }
}

/** The answer to an operation that went well. Members that are bound to status, headers or the whole body go there. */
export function writeOutput(codec: PayloadCodec, operation: Operation, output: unknown): WireAnswer {
  let status = operation.http?.[2] ?? 200;
  const headers: Record<string, string> = { 'content-type': 'application/json' };
  if (operation.output.isUnitSchema() || status === 204) {
    return { status, headers, body: new Uint8Array(0) };
  }
  const rest: Record<string, unknown> = { ...(output as object | undefined) };
  let body: Uint8Array | undefined;
  let streams = false;
  for (const [name, member] of placedOf(operation)) {
    const { httpResponseCode, httpHeader, httpPayload } = member.getMergedTraits();
    const value = rest[name];
    if (httpResponseCode !== undefined && value !== undefined) {
      status = Number(value);
    } else if (httpHeader !== undefined && value !== undefined) {
      headers[httpHeader.toLowerCase()] = String(value);
    } else if (httpPayload !== undefined && member.isBlobSchema()) {
      body = (value as Uint8Array | undefined) ?? new Uint8Array(0);
      streams = member.isStreaming();
    } else {
      continue;
    }
    delete rest[name];
  }
  if (body !== undefined) {
    return { status, headers, body, ...(streams && { streams }) };
  }
  const serializer = codec.createSerializer();
  serializer.write(operation.output, rest);
  return { status, headers, body: bytes(serializer.flush()) };
}

/** Members of an output that may have a place outside the body. */
function placedOf(operation: Operation): readonly Member[] {
  const known = PLACED.get(operation);
  if (known !== undefined) {
    return known;
  }
  const placed = [...operation.output.structIterator()].filter(([, member]) => {
    const { httpResponseCode, httpHeader, httpPayload } = member.getMergedTraits();
    return [httpResponseCode, httpHeader, httpPayload].some((trait) => trait !== undefined);
  });
  PLACED.set(operation, placed);
  return placed;
}

const PLACED = new WeakMap<Operation, readonly Member[]>();

export function bytes(data: string | Uint8Array): Uint8Array {
  return typeof data === 'string' ? new TextEncoder().encode(data) : data;
}

function routeOf(operation: Operation, [method, template]: readonly [string, string, number]): Route {
  const [path = '', query = ''] = template.split('?');
  const labels: string[] = [];
  const pattern = path
    .replace(/\/+$/, '')
    .split('/')
    .map((segment) => {
      const label = /^\{([^}+]+)(\+?)\}$/.exec(segment);
      if (label === null) {
        return segment.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
      }
      labels.push(label[1] ?? '');
      return label[2] === '+' ? '(.+)' : '([^/]+)';
    })
    .join('/');
  const literal = Object.fromEntries(new URLSearchParams(query));
  const weight = path.split('/').filter((segment) => segment !== '' && !segment.startsWith('{')).length;
  const asked = Object.keys(literal).length;
  const [first = ''] = path.split('/').slice(1);
  const begin = first.startsWith('{') ? undefined : first;
  return { operation, method, pattern: new RegExp(`^${pattern}$`), begin, labels, literal, weight: weight * 2 + asked };
}

async function payloadOf(codec: PayloadCodec, member: NormalizedSchema, body: Uint8Array): Promise<unknown> {
  if (member.isStructSchema()) {
    return codec.createDeserializer().read(member, textOf(body));
  }
  return member.isBlobSchema() ? body : textOf(body);
}
