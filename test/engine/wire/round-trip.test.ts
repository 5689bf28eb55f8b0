// Every operation of every service, with every member filled: what the official client sends is what the wire reads, and
// what the wire writes is what the client reads. This is the test that an upgrade of the clients or of @smithy/core meets.
import { HttpResponse } from '@smithy/core/protocols';
import { NormalizedSchema } from '@smithy/core/schema';
import { loadClient } from '../../../engine/src/host/load-client';
import * as json from '../../../engine/src/wire/aws-json';
import * as query from '../../../engine/src/wire/aws-query';
import type { WireAnswer, WireRequest } from '../../../engine/src/wire/message';
import * as rest from '../../../engine/src/wire/rest-json';
import * as xml from '../../../engine/src/wire/rest-xml';
import * as s3 from '../../../engine/src/wire/s3';
import { SentRequest, wireRequest } from '../../../engine/src/testing/client';
import { Operation, Service } from '../../../engine/src/wire/service';
import { SERVICES } from '../../../engine/src/wire/services';

const DEPTH = 5;
/** Bodies that stream are no part of what the engine has. */
const LEFT_OUT = new Set(['Invoke', 'InvokeAsync', 'InvokeWithResponseStream', 'WriteGetObjectResponse']);

function streams(shape: NormalizedSchema): boolean {
  return shape.isStructSchema() && [...shape.structIterator()].some(([, member]) => member.isStreaming());
}

/** Members that the client itself reads, so that no text will do. */
const GIVEN: Readonly<Record<string, string | undefined>> = {
  // Becomes a part of the host, and the client signs for several Regions then.
  EndpointId: undefined,
  Bucket: 'my-bucket',
  // A checksum is given, and none made.
  ChecksumAlgorithm: 'SHA256',
  // Keys are encoded, and their digests made, on the way out.
  SSECustomerKey: undefined,
  CopySourceSSECustomerKey: undefined,
};

type Command = new (input: object) => object;
interface Client {
  send(command: object): Promise<Record<string, unknown>>;
}

/** A value for a shape: text with what XML, URLs and JSON each have to escape. */
function valueOf(schema: NormalizedSchema, name: string, depth: number): unknown {
  if (schema.isStructSchema()) {
    const members = [...schema.structIterator()].filter(([, member]) => depth > 0 || isSimple(member));
    // One member of a union may be given.
    const given = schema.isUnionSchema() ? members.slice(0, 1) : members;
    return Object.fromEntries(given.map(([key, member]) => [key, valueOf(member, key, depth - 1)]));
  }
  if (schema.isListSchema()) {
    const item = schema.getValueSchema();
    if (depth > 0 || isSimple(item)) {
      return [valueOf(item, name, depth - 1), valueOf(item, name, depth - 1)];
    }
    // An empty list without a tag of its own is no different from none in XML.
    return schema.getMergedTraits().xmlFlattened === undefined ? [] : undefined;
  }
  if (schema.isMapSchema()) {
    return depth > 0 ? { 'key one': valueOf(schema.getValueSchema(), name, depth - 1) } : {};
  }
  if (schema.isTimestampSchema()) {
    return new Date('2027-01-01T05:00:00Z');
  }
  if (schema.isBooleanSchema()) {
    return true;
  }
  if (schema.isNumericSchema()) {
    return 7;
  }
  if (schema.isBlobSchema()) {
    return new TextEncoder().encode('blob é');
  }
  if (Object.hasOwn(GIVEN, name)) {
    return GIVEN[name];
  }
  // A document of JSON is text under this trait.
  return schema.getMergedTraits().mediaType === 'application/json' ? '{"a":1}' : `${name} é&<"> a/b:c`;
}

function isSimple(schema: NormalizedSchema): boolean {
  return !schema.isStructSchema() && !schema.isListSchema() && !schema.isMapSchema();
}

async function read(
  service: Service,
  routes: rest.Routes,
  request: WireRequest,
): Promise<[string | undefined, unknown]> {
  if (service.protocol === 'restJson1') {
    const matched = routes.find(request);
    return [matched?.operation.name, matched && (await rest.readInput(service.codec, matched, request))];
  }
  if (service.protocol === 'restXml') {
    const matched = s3.routesOf(service).find(request);
    const whole = s3.unchunked(request);
    return [matched?.operation.name, matched && (await xml.readInput(service.codec, matched, whole))];
  }
  const operation = (query.speaksQuery(service) ? query : json).findOperation(service, request);
  if (operation === undefined) {
    return [undefined, undefined];
  }
  const input = query.speaksQuery(service)
    ? await query.readInput(service, operation, request)
    : await json.readInput(service, operation, request);
  return [operation.name, input];
}

function write(service: Service, operation: Operation, request: WireRequest, output: unknown): WireAnswer {
  switch (service.protocol) {
    case 'restJson1':
      return rest.writeOutput(service.codec, operation, output);
    case 'restXml':
      return s3.finished(operation, request, xml.writeOutput(service.codec, operation, output));
    case 'awsQuery':
    case 'ec2Query':
      return query.writeOutput(service, operation, output, 'id');
    default:
      return json.writeOutput(service, operation, output);
  }
}

/** Bytes of any realm as plain numbers, so that they compare. */
function plain(value: unknown): unknown {
  if (ArrayBuffer.isView(value)) {
    return `bytes ${Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('base64')}`;
  }
  if (value instanceof Date || Object.prototype.toString.call(value) === '[object Date]') {
    return (value as Date).toISOString();
  }
  if (Array.isArray(value)) {
    return value.map(plain);
  }
  return typeof value === 'object' && value !== null
    ? Object.fromEntries(Object.entries(value).map(([key, one]) => [key, plain(one)]))
    : value;
}

/** Members that the body of an answer does not carry: status, headers, and empty answers. */
function inBody(operation: Operation, value: Record<string, unknown>): Record<string, unknown> {
  if (operation.http?.[2] === 204) {
    return {};
  }
  const bound = [...operation.output.structIterator()].filter(([, member]) => {
    const traits = member.getMergedTraits();
    return traits.httpHeader !== undefined || traits.httpResponseCode !== undefined;
  });
  return Object.fromEntries(Object.entries(value).filter(([key]) => !bound.some(([name]) => name === key)));
}

// A service without an official client is held by boto3 and the AWS CLI (backup-search.test.ts).
const OFFICIAL = Object.entries(SERVICES).filter(([, service]) => 'client' in service);

test.each(OFFICIAL)(
  '%s: every operation comes through in both directions',
  async (_, { signingName }) => {
    const module = loadClient(signingName);
    if (module === undefined) {
      throw new Error(`no client for ${signingName}`);
    }
    const service = new Service(signingName, module);
    const routes = new rest.Routes(service);
    const ClientClass = Object.entries(module).find(([name]) => /^[A-Za-z0-9]+Client$/.test(name))?.[1] as new (
      config: object,
    ) => Client;
    const wrong: string[] = [];
    let through = 0;
    for (const operation of service.operations.values()) {
      if (LEFT_OUT.has(operation.name) || streams(operation.output)) {
        continue;
      }
      const input = (operation.input.isUnitSchema() ? {} : valueOf(operation.input, 'in', DEPTH)) as object;
      const output = (operation.output.isUnitSchema() ? {} : valueOf(operation.output, 'out', DEPTH)) as Record<
        string,
        unknown
      >;
      let got: [string | undefined, unknown] = [undefined, undefined];
      const requestHandler = {
        handle: async (request: SentRequest) => {
          const sent = wireRequest(request);
          got = await read(service, routes, sent);
          const answer = write(service, operation, sent, output);
          return {
            response: new HttpResponse({ statusCode: answer.status, headers: answer.headers, body: answer.body }),
          };
        },
      };
      const config = {
        region: 'us-east-1',
        credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
        requestHandler,
        maxAttempts: 1,
      };
      const client = new ClientClass({ ...config, endpoint: 'http://localhost', md5: false });
      const { $metadata: metadata, ...answered } = await client.send(
        new (module[`${operation.name}Command`] as Command)(input),
      );
      const same = (a: unknown, b: unknown): boolean =>
        JSON.stringify(sorted(plain(a))) === JSON.stringify(sorted(plain(b)));
      // EC2's form has no word for an empty list or structure.
      const sent = service.protocol === 'ec2Query' ? withoutEmpty(plain(input)) : input;
      if (got[0] !== operation.name || !same(got[1] ?? {}, sent ?? {})) {
        wrong.push(
          `${operation.name} input: sent ${JSON.stringify(plain(input))}, read ${got[0]} ${JSON.stringify(plain(got[1]))}`,
        );
      }
      if (metadata === undefined || !same(inBody(operation, answered), inBody(operation, output))) {
        wrong.push(
          `${operation.name} output: wrote ${JSON.stringify(plain(output))}, read ${JSON.stringify(plain(answered))}`,
        );
      }
      through++;
    }
    expect(wrong.map((line) => line.slice(0, 600))).toEqual([]);
    // EBS has six operations, one of them a stream.
    expect(through).toBeGreaterThan(Math.min(5, service.operations.size - 2));
  },
  60_000,
);

/** The value without lists and structures that have nothing in them; undefined where nothing is left. */
function withoutEmpty(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  const left = Object.entries(value).flatMap(([key, one]) => {
    const lean = withoutEmpty(one);
    return lean === undefined ? [] : [[key, lean] as const];
  });
  if (left.length === 0) {
    return undefined;
  }
  return Array.isArray(value) ? left.map(([, one]) => one) : Object.fromEntries(left);
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(sorted);
  }
  return typeof value === 'object' && value !== null
    ? Object.fromEntries(
        Object.entries(value)
          .sort(([a], [b]) => (a < b ? -1 : 1))
          .map(([key, one]) => [key, sorted(one)]),
      )
    : value;
}
