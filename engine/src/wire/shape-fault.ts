/**
 * Whether what a message carried has the types of its operation's shape.
 *
 * Pure: a schema and a value in, what is wrong out. Bounds are not looked at here, nor members that are required.
 * Source   https://smithy.io/2.0/spec/simple-types.html, aggregate-types.html (read 2026-11-26): what each shape may hold.
 */
import type { NormalizedSchema } from '@smithy/core/schema';
import { Body } from '../domain/bodies';

/** A sentence on the first value of a wrong type; undefined when there is none. */
export function shapeFault(schema: NormalizedSchema, value: unknown, place = ''): string | undefined {
  // Null is as good as absent in every protocol.
  if (value === undefined || value === null || schema.isDocumentSchema() || schema.isUnitSchema()) {
    return undefined;
  }
  if (schema.isListSchema()) {
    if (!Array.isArray(value)) {
      return wrong(place, 'a list', value);
    }
    const hole = schema.getMergedTraits().sparse === undefined ? value.findIndex((one) => one === null) : -1;
    return hole >= 0
      ? wrong(`${place}[${hole}]`, 'a value', null)
      : firstFault(value.map((one, index) => [schema.getValueSchema(), one, `${place}[${index}]`]));
  }
  if (schema.isStructSchema() || schema.isMapSchema()) {
    return isRecord(value) ? membersFault(schema, value, place) : wrong(place, 'an object', value);
  }
  const expected = simpleFault(schema, value);
  return expected === undefined ? undefined : wrong(place, expected, value);
}

type Member = readonly [schema: NormalizedSchema, value: unknown, place: string];

function membersFault(
  schema: NormalizedSchema,
  value: Readonly<Record<string, unknown>>,
  place: string,
): string | undefined {
  const at = (name: string): string => (place === '' ? name : `${place}.${name}`);
  const members: Member[] = schema.isMapSchema()
    ? Object.entries(value).map(([key, one]) => [schema.getValueSchema(), one, at(key)])
    : [...schema.structIterator()].map(([name, member]) => [
        member,
        Object.hasOwn(value, name) ? value[name] : undefined,
        at(name),
      ]);
  return firstFault(members);
}

function firstFault(members: readonly Member[]): string | undefined {
  for (const [schema, value, place] of members) {
    const fault = shapeFault(schema, value, place);
    if (fault !== undefined) {
      return fault;
    }
  }
  return undefined;
}

/** What a simple shape asks for, when the value is something else. */
function simpleFault(schema: NormalizedSchema, value: unknown): string | undefined {
  if (schema.isTimestampSchema()) {
    return isDate(value) && !Number.isNaN(value.getTime()) ? undefined : 'a time';
  }
  if (schema.isBooleanSchema()) {
    return typeof value === 'boolean' ? undefined : 'true or false';
  }
  if (schema.isNumericSchema()) {
    return typeof value === 'number' && Number.isFinite(value) ? undefined : 'a number';
  }
  if (schema.isBlobSchema()) {
    return ArrayBuffer.isView(value) || value instanceof Body ? undefined : 'bytes';
  }
  // Text that holds JSON by its media type comes as an object of its own.
  return !schema.isStringSchema() || typeof value === 'string' || value instanceof String ? undefined : 'text';
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !ArrayBuffer.isView(value);
}

/** A date of any realm. */
function isDate(value: unknown): value is Date {
  return Object.prototype.toString.call(value) === '[object Date]';
}

const MOST_SHOWN = 60;

function wrong(place: string, expected: string, value: unknown): string {
  const shown = isDate(value) ? 'no time' : (JSON.stringify(value) ?? typeof value);
  const short = shown.length > MOST_SHOWN ? `${shown.slice(0, MOST_SHOWN)}…` : shown;
  return `${place === '' ? 'the body' : place} must be ${expected}, got ${short}`;
}
