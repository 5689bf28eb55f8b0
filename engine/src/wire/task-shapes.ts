/**
 * What a task of Step Functions gives to an operation and gets from it, as JSON with names in Step Functions' own case.
 *
 * Pure: schemas and values in, values out.
 * Source   the developer guide of Step Functions, "Learning to use AWS service SDK integrations"; answers of AWS to tasks of
 *          S3 and Step Functions as localstack/localstack has recorded them (bodies are text; one that is put is written as
 *          JSON, with its quotes; an object for a text is its JSON).
 * Assumed  Times are ISO 8601, with milliseconds where there are some; in optimized integrations they are milliseconds. A
 *          number is never taken for a text, nor the other way round.
 */
import type { NormalizedSchema } from '@smithy/core/schema';
import { Body } from '../domain/bodies';
import { dateOf, SECOND, shortInstant, tryParseInstant } from '../kernel/instant';

/** What a member is called, by its name in the API model. */
export type Naming = (name: string) => string;

/** Parameters that Step Functions does not hand on; the message says which. */
export class UnfitParameters extends Error {}

type Members = Readonly<Record<string, unknown>>;

/**
 * The input of an operation.
 *
 * @param required members that have to be there
 * @throws UnfitParameters
 */
export function readParameters(
  schema: NormalizedSchema,
  given: unknown,
  naming: Naming,
  required: readonly string[],
): Members {
  const input = isMembers(given) ? readMembers(schema, given, naming) : {};
  const missing = required.find((name) => input[name] === undefined);
  if (missing !== undefined) {
    throw new UnfitParameters(`The field '${naming(missing)}' is required but was missing`);
  }
  return input;
}

function readMembers(schema: NormalizedSchema, given: Members, naming: Naming): Members {
  const members = new Map([...schema.structIterator()].map(([name, member]) => [naming(name), { name, member }]));
  const read = Object.entries(given).flatMap(([field, value]) => {
    const found = members.get(field);
    if (found === undefined) {
      throw new UnfitParameters(`The field '${field}' is not supported by Step Functions`);
    }
    return value === null ? [] : [[found.name, readValue(found.member, value, naming, field)]];
  });
  return Object.fromEntries(read) as Members;
}

function readValue(schema: NormalizedSchema, value: unknown, naming: Naming, field: string): unknown {
  if (schema.isDocumentSchema()) {
    return value;
  }
  if (schema.isListSchema()) {
    return Array.isArray(value)
      ? value.map((one) => readValue(schema.getValueSchema(), one, naming, field))
      : wrong(field, 'an ARRAY');
  }
  if (schema.isMapSchema() || schema.isStructSchema()) {
    if (!isMembers(value)) {
      return wrong(field, 'an OBJECT');
    }
    return schema.isStructSchema()
      ? readMembers(schema, value, naming)
      : Object.fromEntries(
          Object.entries(value).map(([key, one]) => [key, readValue(schema.getValueSchema(), one, naming, field)]),
        );
  }
  return readSimple(schema, value, field);
}

function readSimple(schema: NormalizedSchema, value: unknown, field: string): unknown {
  if (schema.isBlobSchema()) {
    return Buffer.from(typeof value === 'string' && !schema.isStreaming() ? value : JSON.stringify(value));
  }
  if (schema.isTimestampSchema()) {
    const at = typeof value === 'number' ? value * SECOND : tryParseInstant(String(value));
    return at === undefined ? wrong(field, 'a TIMESTAMP') : dateOf(at);
  }
  if (schema.isBooleanSchema()) {
    return typeof value === 'boolean' ? value : wrong(field, 'a BOOLEAN');
  }
  if (schema.isNumericSchema()) {
    return typeof value === 'number' ? value : wrong(field, 'a NUMBER');
  }
  if (typeof value === 'object') {
    return JSON.stringify(value);
  }
  return typeof value === 'string' ? value : wrong(field, 'a STRING');
}

function wrong(field: string, what: string): never {
  throw new UnfitParameters(`The value for the field '${field}' must be ${what}`);
}

/** The result of a task. What an output has beside its shape stays away. */
export function writeResult(schema: NormalizedSchema, value: unknown, naming: Naming, millis: boolean): unknown {
  const write = (inner: NormalizedSchema, one: unknown) => writeResult(inner, one, naming, millis);
  if (value instanceof Body) {
    return textOf(value.bytes());
  }
  if (schema.isListSchema()) {
    return Array.isArray(value) ? value.map((one) => write(schema.getValueSchema(), one)) : [];
  }
  if (schema.isMapSchema() && isMembers(value)) {
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, write(schema.getValueSchema(), one)]));
  }
  if (schema.isStructSchema() && isMembers(value)) {
    const members = [...schema.structIterator()].flatMap(([name, member]) => {
      const one = value[name];
      return one === undefined || one === null ? [] : [[naming(name), write(member, one)]];
    });
    return Object.fromEntries(members) as Members;
  }
  if (schema.isUnitSchema()) {
    return {};
  }
  if (value instanceof Date) {
    return millis ? value.getTime() : shortInstant(value.getTime());
  }
  return ArrayBuffer.isView(value) ? textOf(value as Uint8Array) : value;
}

function textOf(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');
}

function isMembers(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
