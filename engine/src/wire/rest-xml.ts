/**
 * restXml: as restJson1, with bodies in XML, and headers and payloads that say more of the answer.
 *
 * Pure: a request in, an input out; an output in, an answer out.
 * Source   https://smithy.io/2.0/aws/protocols/aws-restxml-protocol.html (read 2026-11-26); the codec of @aws-sdk/core.
 */
import { FromStringShapeDeserializer, ToStringShapeSerializer } from '@smithy/core/protocols';
import type { NormalizedSchema } from '@smithy/core/schema';
import { Body } from '../domain/bodies';
import { AwsFault } from '../operations/fault';
import { bindingsOf, boundValues, isBound, Matched } from './http-bindings';
import { textOf, WireAnswer, WireRequest } from './message';
import { bytes } from './rest-json';
import type { Operation, PayloadCodec } from './service';

/** Headers are dates of HTTP, everything else of RFC 3339, unless a trait says otherwise. */
const FORMATS = { httpBindings: true, timestampFormat: { useTrait: true, default: 5 } } as const;
/** An answer that is no larger is in memory. */
const MOST_WHOLE_BYTES = 1024 * 1024;
const STRINGS = new FromStringShapeDeserializer(FORMATS);

/** The input that a request carries. */
export async function readInput(codec: PayloadCodec, matched: Matched, request: WireRequest): Promise<unknown> {
  const { input: shape } = matched.operation;
  const input: Record<string, unknown> = {};
  const { payload, bodied } = bindingsOf(matched.operation);
  if (payload !== undefined) {
    const value =
      request.held === undefined ? await payloadOf(codec, payload[1], request.body) : Body.of(request.held.bytes);
    if (value !== undefined) {
      input[payload[0]] = value;
    }
  } else if (request.body.length > 0 && bodied) {
    Object.assign(input, await read(codec, shape, request.body));
  }
  return Object.assign(input, boundValues(STRINGS, matched, request));
}

/** The answer to an operation that went well. */
export function writeOutput(codec: PayloadCodec, operation: Operation, output: unknown): WireAnswer {
  let status = operation.http?.[2] ?? 200;
  const headers: Record<string, string> = {};
  if (operation.output.isUnitSchema()) {
    return { status, headers, body: new Uint8Array(0) };
  }
  const body: Record<string, unknown> = {};
  let payload: [NormalizedSchema, unknown] | undefined;
  let bodied = false;
  for (const [name, member] of operation.output.structIterator()) {
    const { httpResponseCode, httpHeader, httpPrefixHeaders, httpPayload } = member.getMergedTraits();
    const value = (output as Record<string, unknown> | undefined)?.[name];
    bodied ||= !isBound(member) && httpResponseCode === undefined;
    if (httpPayload !== undefined) {
      payload = [member, value];
    } else if (value === undefined || value === null) {
      continue;
    } else if (httpResponseCode !== undefined) {
      status = Number(value);
    } else if (httpHeader !== undefined) {
      headers[httpHeader.toLowerCase()] = headerOf(member, value);
    } else if (httpPrefixHeaders !== undefined) {
      for (const [key, text] of Object.entries(value as Record<string, string>)) {
        headers[`${httpPrefixHeaders}${key}`.toLowerCase()] = text;
      }
    } else {
      body[name] = value;
    }
  }
  if (payload !== undefined) {
    return payloadAnswer(codec, status, headers, payload);
  }
  if (!bodied || status === 204) {
    return { status, headers, body: new Uint8Array(0) };
  }
  return { status, headers: xmlHeaders(headers), body: write(codec, operation.output, body) };
}

/** An error as S3 writes it. Source: S3 API reference, "REST error responses". */
export function faultBody(code: string, message: string, requestId: string, details: object = {}): Uint8Array {
  const parts = Object.entries({
    ...{ Code: code, Message: message },
    ...(details as Record<string, string>),
    ...{ RequestId: requestId, HostId: requestId },
  });
  const inner = parts.map(([name, text]) => `<${name}>${escapeXml(text)}</${name}>`).join('');
  return bytes(`<?xml version="1.0" encoding="UTF-8"?>\n<Error>${inner}</Error>`);
}

export function escapeXml(value: string): string {
  const names: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
  return value.replace(/[&<>"]/g, (one) => names[one] ?? one);
}

function payloadAnswer(
  codec: PayloadCodec,
  status: number,
  headers: Record<string, string>,
  [member, value]: [NormalizedSchema, unknown],
): WireAnswer {
  if (member.isStructSchema()) {
    const body = value === undefined ? new Uint8Array(0) : write(codec, member, value);
    return { status, headers: xmlHeaders(headers), body };
  }
  const type = headers['content-type'] ?? (member.isBlobSchema() ? 'binary/octet-stream' : 'text/plain');
  if (value instanceof Body && value.sizeBytes > MOST_WHOLE_BYTES) {
    const streamed = { streams: true, streamed: value };
    return { status, headers: { ...headers, 'content-type': type }, body: new Uint8Array(0), ...streamed };
  }
  const whole = value instanceof Body ? value.bytes() : value;
  const body = whole === undefined ? new Uint8Array(0) : bytes(whole as Uint8Array | string);
  const answer = { status, headers: { ...headers, 'content-type': type }, body };
  return member.isStreaming() ? { ...answer, streams: true } : answer;
}

function write(codec: PayloadCodec, schema: NormalizedSchema, value: unknown): Uint8Array {
  const serializer = codec.createSerializer();
  serializer.write(schema, value);
  return bytes(`<?xml version="1.0" encoding="UTF-8"?>\n${serializer.flush() as string}`);
}

function xmlHeaders(headers: Record<string, string>): Record<string, string> {
  return { ...headers, 'content-type': 'application/xml' };
}

function headerOf(member: NormalizedSchema, value: unknown): string {
  const strings = new ToStringShapeSerializer(FORMATS);
  strings.write(member, value);
  return strings.flush();
}

async function payloadOf(codec: PayloadCodec, member: NormalizedSchema, body: Uint8Array): Promise<unknown> {
  if (member.isBlobSchema()) {
    return body;
  }
  if (body.length === 0) {
    return undefined;
  }
  return member.isStructSchema() ? read(codec, member, body) : textOf(body);
}

/** Source: S3 API reference, error codes. */
async function read(codec: PayloadCodec, schema: NormalizedSchema, body: Uint8Array): Promise<unknown> {
  try {
    return await codec.createDeserializer().read(schema, textOf(body));
  } catch {
    throw new AwsFault(
      'MalformedXML',
      'The XML you provided was not well-formed or did not validate against our published schema',
    );
  }
}
