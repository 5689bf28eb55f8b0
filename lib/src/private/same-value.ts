import { Duration } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { SYNTH } from './token-values';

/** Properties as a struct has them. */
export type Values = Readonly<Record<string, unknown>>;

/** Whether a value is a struct or a map, that has members of its own to be looked at one by one. */
export function isStruct(value: unknown): value is Values {
  if (typeof value !== 'object' || value === null || !SYNTH.known(value)) {
    return false;
  }
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

/**
 * Whether two values of properties say the same.
 *
 * A construct is the same as itself alone, a token as what is written alike. What an enum-like class gives is the same as
 * what holds the same.
 */
export function isSame(one: unknown, other: unknown): boolean {
  if (one === other) {
    return true;
  }
  if (!isObject(one) || !isObject(other) || !SYNTH.known(one) || !SYNTH.known(other)) {
    return false;
  }
  if (Construct.isConstruct(one) || Construct.isConstruct(other)) {
    return false;
  }
  const [first, second] = [durationOf(one), durationOf(other)];
  if (first !== undefined && second !== undefined) {
    return first.toMilliseconds() === second.toMilliseconds();
  }
  const keys = [...new Set([...Object.keys(one), ...Object.keys(other)])];
  return (
    Array.isArray(one) === Array.isArray(other) &&
    keys.every((key) => isSame(Reflect.get(one, key), Reflect.get(other, key)))
  );
}

/** A value as a message shows it. */
export function shownValue(value: unknown): string {
  if (!SYNTH.known(value)) {
    return 'what only the deployment knows';
  }
  if (!isObject(value)) {
    return String(value);
  }
  if (Construct.isConstruct(value)) {
    return (value as Construct).node.path;
  }
  const duration = durationOf(value);
  if (duration !== undefined) {
    return duration.toHumanString();
  }
  if (Array.isArray(value)) {
    return `[${value.map(shownValue).join(', ')}]`;
  }
  const said = Object.entries(value).filter(([, member]) => member !== undefined);
  return isStruct(value)
    ? `{${said.map(([key, member]) => `${key}: ${shownValue(member)}`).join(', ')}}`
    : `${value.constructor.name}(${said.flatMap(([, member]) => shortOf(member)).join(', ')})`;
}

/** Of what an enum-like class gives, words and constructs tell enough. */
function shortOf(member: unknown): string[] {
  return isObject(member) && !Construct.isConstruct(member) ? [] : [shownValue(member)];
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

/** A duration that is known; asked for what it can, as two copies of a library have two classes. */
function durationOf(value: object): Duration | undefined {
  return 'toIsoString' in value && !(value as Duration).isUnresolved() ? (value as Duration) : undefined;
}
