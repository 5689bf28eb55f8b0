/**
 * Members of an input that a request carries outside its body: labels of the path, query, headers.
 *
 * Pure: a request in, values out.
 * Source   https://smithy.io/2.0/spec/http-bindings.html (read 2026-11-26).
 */
import type { FromStringShapeDeserializer } from '@smithy/core/protocols';
import type { NormalizedSchema } from '@smithy/core/schema';
import type { WireRequest } from './message';
import type { Operation } from './service';

/** An operation that a request asks for, and what its path says. */
export interface Matched {
  readonly operation: Operation;
  readonly labels: Readonly<Record<string, string>>;
}

/** A member of a shape with its name. */
export type Member = [name: string, member: NormalizedSchema];

/** Where a request carries the members of an input. */
export interface Bindings {
  /** The member that is the whole body. */
  readonly payload: Member | undefined;
  /** Whether there are members that the body has among others. */
  readonly bodied: boolean;
  readonly outside: readonly Member[];
}

const BINDINGS = new WeakMap<Operation, Bindings>();

/** Those of an operation, found once. */
export function bindingsOf(operation: Operation): Bindings {
  const known = BINDINGS.get(operation);
  if (known !== undefined) {
    return known;
  }
  const members = [...operation.input.structIterator()];
  const payload = members.find(([, member]) => member.getMergedTraits().httpPayload);
  const outside = members.filter(([, member]) => isBound(member));
  const found = { payload, bodied: outside.length < members.length, outside };
  BINDINGS.set(operation, found);
  return found;
}

/** Whether a member has a place outside the body, or is the whole of it. */
export function isBound(member: NormalizedSchema): boolean {
  const { httpLabel, httpQuery, httpQueryParams, httpHeader, httpPrefixHeaders, httpPayload } =
    member.getMergedTraits();
  return [httpLabel, httpQuery, httpQueryParams, httpHeader, httpPrefixHeaders, httpPayload].some(
    (trait) => trait !== undefined,
  );
}

/** The members that the request has outside its body. */
export function boundValues(
  strings: FromStringShapeDeserializer,
  { operation, labels }: Matched,
  request: WireRequest,
): Record<string, unknown> {
  const values: Record<string, unknown> = {};
  for (const [name, member] of bindingsOf(operation).outside) {
    const value = boundValue(strings, member, labels[name], request);
    if (value !== undefined) {
      values[name] = value;
    }
  }
  return values;
}

function boundValue(
  strings: FromStringShapeDeserializer,
  member: NormalizedSchema,
  label: string | undefined,
  { query, headers }: WireRequest,
): unknown {
  const traits = member.getMergedTraits();
  if (traits.httpLabel) {
    return strings.read(member, label ?? '');
  }
  if (traits.httpQuery !== undefined) {
    const value = query[traits.httpQuery];
    if (value === undefined) {
      return undefined;
    }
    if (member.isListSchema()) {
      return [value].flat().map((one) => strings.read(member.getValueSchema(), String(one)));
    }
    return strings.read(member, [value].flat()[0] ?? '');
  }
  if (traits.httpPrefixHeaders !== undefined) {
    return prefixed(traits.httpPrefixHeaders, headers);
  }
  const header = traits.httpHeader === undefined ? undefined : headers[traits.httpHeader.toLowerCase()];
  return header === undefined ? undefined : strings.read(member, header);
}

/** Headers that begin with a prefix, without it. */
function prefixed(prefix: string, headers: Readonly<Record<string, string>>): Record<string, string> | undefined {
  const begin = prefix.toLowerCase();
  const found = Object.entries(headers).filter(([name]) => name.startsWith(begin));
  return found.length === 0
    ? undefined
    : Object.fromEntries(found.map(([name, value]) => [name.slice(begin.length), value]));
}
