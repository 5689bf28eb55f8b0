/**
 * How large a filter policy may be.
 *
 * Pure: what its operators mean is domain/event-pattern.ts.
 * Units    bytes of UTF-8.
 * Source   SNS developer guide, "Filter policy constraints in Amazon SNS" (read 2026-11-27). Texts: as seen in public threads,
 *          unless `Assumed` stands beside them.
 */
import type { SubscriptionSettings } from '../domain/topics';
import { AwsFault } from './fault';
import { bytesOf } from './message-attributes';
import { objectIn } from './topic-bounds';

const POLICY_BYTES = 262_144;
const MOST_KEYS = 5;
const MOST_COMBINATIONS = 150;
/** Numbers are -10^9 to 10^9. */
const MOST_NUMBER = 1_000_000_000;

type Fields = Readonly<Record<string, unknown>>;

export function refuseFilterPolicy(
  text: string,
  scope: SubscriptionSettings['filterPolicyScope'],
  prefix: string,
): void {
  const wrong = (why: string) => new AwsFault('InvalidParameterException', `${prefix}${why}`);
  if (bytesOf(text) > POLICY_BYTES) {
    // Assumed: the text.
    throw wrong(`FilterPolicy: Filter policy must have at most ${POLICY_BYTES} bytes`);
  }
  const policy = objectIn(`${prefix}FilterPolicy`, text);
  if (Object.keys(policy).length > MOST_KEYS) {
    throw wrong(`FilterPolicy: Filter policy can not have more than ${MOST_KEYS} keys`);
  }
  const isNested = Object.entries(policy).some(([name, value]) => name !== '$or' && isFields(value));
  if (isNested && scope === 'MessageAttributes') {
    throw wrong('Filter policy scope MessageAttributes does not support nested filter policy');
  }
  if (combinationsOf(policy, 1) > MOST_COMBINATIONS) {
    throw wrong('FilterPolicy: Filter policy is too complex');
  }
  if (numbersIn(policy).some((number) => Math.abs(number) > MOST_NUMBER)) {
    // Assumed: the text.
    throw wrong(`FilterPolicy: Numbers must be -${MOST_NUMBER} to ${MOST_NUMBER}`);
  }
}

/**
 * The values of every array, multiplied. Those of a nested key count once for each level that it stands in.
 *
 * Assumed  The ways of an `$or` add up.
 */
function combinationsOf(policy: Fields, depth: number): number {
  return Object.entries(policy).reduce((product, [name, value]) => {
    if (name === '$or' && Array.isArray(value)) {
      const ways = value.filter(isFields).map((way) => combinationsOf(way, depth));
      return (
        product *
        Math.max(
          1,
          ways.reduce((sum, one) => sum + one, 0),
        )
      );
    }
    if (Array.isArray(value)) {
      return product * Math.max(1, value.length) * depth;
    }
    return isFields(value) ? product * combinationsOf(value, depth + 1) : product;
  }, 1);
}

function numbersIn(value: unknown): number[] {
  if (typeof value === 'number') {
    return [value];
  }
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(numbersIn) : [];
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
