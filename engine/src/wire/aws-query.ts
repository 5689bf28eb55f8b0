/**
 * awsQuery, and EC2's dialect of it: a form with `Action`, answered in XML.
 *
 * Pure: a request in, an input out; an output in, an answer out.
 * Source   https://smithy.io/2.0/aws/protocols/aws-query-protocol.html and aws-ec2-query-protocol.html (read 2026-11-26).
 *          EC2 writes the names of members with a capital, lists without `member`, and answers without a Result.
 */
import { FromStringShapeDeserializer } from '@smithy/core/protocols';
import type { NormalizedSchema } from '@smithy/core/schema';
import { textOf, WireAnswer, WireRequest } from './message';
import { bytes } from './rest-json';
import type { Operation, Service } from './service';

const STRINGS = new FromStringShapeDeserializer({
  httpBindings: false,
  timestampFormat: { useTrait: true, default: 5 },
});

/** A form as a tree: `Tags.member.1.Key` is a branch under `Tags`. */
interface Tree {
  value?: string;
  readonly branches: Map<string, Tree>;
}

export function findOperation(service: Service, request: WireRequest): Operation | undefined {
  const form = formOf(request);
  // Several versions of one service could share an address; ours are one each.
  return service.operations.get(form.get('Action') ?? '');
}

/** Whether a service speaks the query protocol, in either dialect. */
export function speaksQuery({ protocol }: Service): boolean {
  return protocol === 'awsQuery' || protocol === 'ec2Query';
}

export async function readInput(service: Service, operation: Operation, request: WireRequest): Promise<unknown> {
  const root: Tree = { branches: new Map() };
  for (const [key, value] of formOf(request)) {
    let at = root;
    for (const part of key.split('.')) {
      const next: Tree = at.branches.get(part) ?? { branches: new Map() };
      at.branches.set(part, next);
      at = next;
    }
    at.value = value;
  }
  return operation.input.isUnitSchema() ? {} : read(operation.input, root, isEc2(service));
}

export function writeOutput(service: Service, operation: Operation, output: unknown, requestId: string): WireAnswer {
  const { name } = operation;
  const inner = operation.output.isUnitSchema() ? '' : write(operation.output, output ?? {});
  if (isEc2(service)) {
    const id = `<requestId>${escape(requestId)}</requestId>`;
    const flat = `<${name}Response xmlns="${escape(service.xmlNamespace)}">${id}${inner}</${name}Response>`;
    return { status: 200, headers: { 'content-type': 'text/xml' }, body: bytes(flat) };
  }
  const result = operation.output.isUnitSchema() ? '' : `<${name}Result>${inner}</${name}Result>`;
  const meta = `<ResponseMetadata><RequestId>${escape(requestId)}</RequestId></ResponseMetadata>`;
  const xml = `<${name}Response xmlns="${escape(service.xmlNamespace)}">${result}${meta}</${name}Response>`;
  return { status: 200, headers: { 'content-type': 'text/xml' }, body: bytes(xml) };
}

export function writeFault(
  service: Service,
  code: string,
  message: string,
  sender: boolean,
  requestId: string,
): Uint8Array {
  if (isEc2(service)) {
    const named = `<Error><Code>${escape(code)}</Code><Message>${escape(message)}</Message></Error>`;
    return bytes(`<Response><Errors>${named}</Errors><RequestID>${escape(requestId)}</RequestID></Response>`);
  }
  const type = sender ? 'Sender' : 'Receiver';
  const error = `<Error><Type>${type}</Type><Code>${escape(code)}</Code><Message>${escape(message)}</Message></Error>`;
  const id = `<RequestId>${escape(requestId)}</RequestId>`;
  return bytes(`<ErrorResponse xmlns="${escape(service.xmlNamespace)}">${error}${id}</ErrorResponse>`);
}

function isEc2(service: Service): boolean {
  return service.protocol === 'ec2Query';
}

function formOf(request: WireRequest): URLSearchParams {
  const query = Object.entries(request.query).flatMap(([key, value]) =>
    [value].flat().map((one): [string, string] => [key, String(one)]),
  );
  return new URLSearchParams(request.body.length === 0 ? query : textOf(request.body));
}

function read(schema: NormalizedSchema, tree: Tree, ec2: boolean): unknown {
  if (schema.isStructSchema()) {
    const value: Record<string, unknown> = {};
    for (const [name, member] of schema.structIterator()) {
      const branch = tree.branches.get(keyOf(name, member, ec2));
      if (branch !== undefined) {
        value[name] = read(member, branch, ec2);
      }
    }
    return value;
  }
  if (schema.isListSchema()) {
    const item = schema.getValueSchema();
    const flat = ec2 || schema.getMergedTraits().xmlFlattened !== undefined;
    const items = flat ? tree : (tree.branches.get(item.getMergedTraits().xmlName ?? 'member') ?? tree);
    return numbered(items).map((one) => read(item, one, ec2));
  }
  if (schema.isMapSchema()) {
    const flat = schema.getMergedTraits().xmlFlattened !== undefined;
    const entries = numbered(flat ? tree : (tree.branches.get('entry') ?? tree));
    const [key, value] = [schema.getKeySchema(), schema.getValueSchema()];
    return Object.fromEntries(
      entries.map((entry) => [
        entry.branches.get(key.getMergedTraits().xmlName ?? 'key')?.value ?? '',
        read(value, entry.branches.get(value.getMergedTraits().xmlName ?? 'value') ?? { branches: new Map() }, ec2),
      ]),
    );
  }
  return STRINGS.read(schema, tree.value ?? '');
}

/** What a member of a structure is called in a form. */
function keyOf(name: string, member: NormalizedSchema, ec2: boolean): string {
  const traits: { readonly xmlName?: string; readonly ec2QueryName?: unknown } = member.getMergedTraits();
  const { xmlName = name, ec2QueryName } = traits;
  if (ec2 && typeof ec2QueryName === 'string') {
    return ec2QueryName;
  }
  return ec2 ? xmlName.charAt(0).toUpperCase() + xmlName.slice(1) : xmlName;
}

function numbered(tree: Tree): Tree[] {
  return [...tree.branches]
    .filter(([key]) => /^\d+$/.test(key))
    .sort(([a], [b]) => Number(a) - Number(b))
    .map(([, branch]) => branch);
}

function write(schema: NormalizedSchema, value: unknown): string {
  if (value === undefined || value === null) {
    return '';
  }
  if (schema.isStructSchema()) {
    const record = value as Readonly<Record<string, unknown>>;
    return [...schema.structIterator()]
      .filter(([name]) => record[name] !== undefined)
      .map(([name, member]) => element(member.getMergedTraits().xmlName ?? name, member, record[name]))
      .join('');
  }
  if (schema.isListSchema()) {
    const item = schema.getValueSchema();
    const name = item.getMergedTraits().xmlName ?? 'member';
    return (value as readonly unknown[]).map((one) => `<${name}>${write(item, one)}</${name}>`).join('');
  }
  if (schema.isMapSchema()) {
    return Object.entries(value as object)
      .map(([key, one]) => `<entry>${entryOf(schema, key, one)}</entry>`)
      .join('');
  }
  return escape(text(schema, value));
}

/** One member of a structure; a flattened list repeats its element. */
function element(name: string, schema: NormalizedSchema, value: unknown): string {
  const flat = schema.getMergedTraits().xmlFlattened !== undefined;
  if (flat && schema.isListSchema()) {
    return (value as readonly unknown[])
      .map((one) => `<${name}>${write(schema.getValueSchema(), one)}</${name}>`)
      .join('');
  }
  if (flat && schema.isMapSchema()) {
    return Object.entries(value as object)
      .map(([key, one]) => `<${name}>${entryOf(schema, key, one)}</${name}>`)
      .join('');
  }
  return `<${name}>${write(schema, value)}</${name}>`;
}

function entryOf(schema: NormalizedSchema, key: string, value: unknown): string {
  const names = [
    schema.getKeySchema().getMergedTraits().xmlName ?? 'key',
    schema.getValueSchema().getMergedTraits().xmlName ?? 'value',
  ];
  return `<${names[0]}>${escape(key)}</${names[0]}><${names[1]}>${write(schema.getValueSchema(), value)}</${names[1]}>`;
}

function text(schema: NormalizedSchema, value: unknown): string {
  if (value instanceof Date) {
    return schema.isTimestampSchema() ? value.toISOString() : String(value);
  }
  return value instanceof Uint8Array ? Buffer.from(value).toString('base64') : String(value);
}

function escape(value: string): string {
  const names: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
  return value.replace(/[&<>"]/g, (one) => names[one] ?? one);
}
