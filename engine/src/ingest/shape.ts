/**
 * Plain data held against a table of fields: the first value that does not fit is refused, with its place.
 *
 * Pure. Unknown fields are refused too, since a misspelt optional field would be a silent skip.
 */
import { IngestRefusal } from './artifact';

/** More names than this are not compared with a mistyped one. */
const MOST_COMPARED = 2000;

/** What a value may be. */
export type Shape =
  'text' | 'number' | 'boolean' | 'any' | 'text-map' | 'boolean-map' | { readonly listOf: Shape } | Fields;

/** An object with these fields and no others. */
export interface Fields {
  readonly fields: Readonly<Record<string, Field>>;
}

export interface Field {
  readonly shape: Shape;
  readonly required?: boolean;
  /** Whether a rule of the model says that it is missing, beside all other findings. */
  readonly ruled?: boolean;
}

/** A field that may be left out. */
export function optional(shape: Shape): Field {
  return { shape };
}

/** A field that must be there. */
export function required(shape: Shape): Field {
  return { shape, required: true };
}

/** A field that must be there, which a rule of the model says where it is not. */
export function ruled(shape: Shape): Field {
  return { shape, required: true, ruled: true };
}

/**
 * Refuses a value that is not of a shape.
 *
 * @throws IngestRefusal naming the place, what may stand there and what does
 */
export function refuseShape(value: unknown, shape: Shape, file: string, place: string): void {
  if (typeof shape === 'string') {
    refuseScalar(value, shape, file, place);
  } else if ('listOf' in shape) {
    if (!Array.isArray(value)) {
      throw unfit(file, place, 'a list', value);
    }
    value.forEach((item, index) => refuseShape(item, shape.listOf, file, `${place}[${index}]`));
  } else {
    refuseFields(value, shape, file, place);
  }
}

function refuseFields(value: unknown, { fields }: Fields, file: string, place: string): void {
  if (!isObject(value)) {
    throw unfit(file, place, 'an object', value);
  }
  for (const [key, item] of Object.entries(value)) {
    const field = Object.hasOwn(fields, key) ? fields[key] : undefined;
    if (field === undefined) {
      throw new IngestRefusal(file, under(place, key), unknownKey(key, Object.keys(fields)));
    }
    if (item !== undefined) {
      refuseShape(item, field.shape, file, under(place, key));
    }
  }
  for (const [key, field] of Object.entries(fields)) {
    if (field.required === true && field.ruled !== true && value[key] === undefined) {
      throw new IngestRefusal(file, under(place, key), 'is not set');
    }
  }
}

function refuseScalar(value: unknown, shape: Exclude<Shape, object>, file: string, place: string): void {
  switch (shape) {
    case 'any':
      return;
    case 'text':
      if (typeof value !== 'string') {
        throw unfit(file, place, 'text', value);
      }
      return;
    case 'number':
      if (typeof value !== 'number' || !Number.isFinite(value)) {
        throw unfit(file, place, 'a number', value);
      }
      return;
    case 'boolean':
      if (typeof value !== 'boolean') {
        throw unfit(file, place, 'true or false', value);
      }
      return;
    default:
      if (!isObject(value)) {
        throw unfit(file, place, 'an object', value);
      }
      for (const [key, item] of Object.entries(value)) {
        refuseShape(item, shape === 'text-map' ? 'text' : 'boolean', file, under(place, key));
      }
  }
}

/** `is not a field here; did you mean 'rules'?` */
export function unknownKey(key: string, known: readonly string[]): string {
  const near = nearestOf(key, known);
  return `is not a field here; ${near === undefined ? `the fields are ${known.join(', ')}` : `did you mean ${near}?`}`;
}

/** The one of the known names that a mistyped one most likely is; undefined when it is like none. */
export function nearestOf(name: string, known: readonly string[]): string | undefined {
  const most = Math.max(2, name.length / 2);
  const [nearest] = known
    .filter((candidate) => Math.abs(candidate.length - name.length) <= most)
    .slice(0, MOST_COMPARED)
    .map((candidate) => ({ candidate, edits: distance(name, candidate) }))
    .sort((a, b) => a.edits - b.edits);
  return nearest !== undefined && nearest.edits <= most ? nearest.candidate : undefined;
}

/** Edits that make one text the other, letter case aside. */
function distance(left: string, right: string): number {
  const [a, b] = [left.toLowerCase().slice(0, 100), right.toLowerCase()];
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      next.push(Math.min((next[j - 1] ?? 0) + 1, (row[j] ?? 0) + 1, (row[j - 1] ?? 0) + same));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function unfit(file: string, place: string, wanted: string, value: unknown): IngestRefusal {
  const hint = wanted === 'text' && (typeof value === 'number' || typeof value === 'boolean') ? ' (quote it)' : '';
  return new IngestRefusal(file, place, `must be ${wanted}, got ${shown(value)}${hint}`);
}

function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length <= 80 ? text : `${text.slice(0, 79)}…`;
}

function under(place: string, key: string): string {
  return place === '' ? key : `${place}.${key}`;
}
