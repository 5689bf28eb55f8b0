/**
 * Pages of a list.
 *
 * Pure: a list and a token in, a page and a token out.
 * Source   B1.2: MaxResults 1 to 1000. Tokens are opaque to callers.
 */
import { AwsFault } from './fault';

const MOST = 1000;

export interface Page<T> {
  readonly items: T[];
  readonly nextToken: string | undefined;
}

/** A page of what is all there already. */
export function pageOf<T>(all: readonly T[], maxResults: number | undefined, nextToken: string | undefined): Page<T> {
  const size = sizeOf(maxResults);
  const [from = 0] = placeIn(nextToken, 1) ?? [];
  const next = from + size;
  return { items: all.slice(from, next), nextToken: next < all.length ? tokenOf([next]) : undefined };
}

/**
 * A page of what is found one by one, so that it costs what is on it: the list is left where the page ends, and begins
 * behind the place that the token of the page before says. What comes and goes meanwhile moves no other thing.
 *
 * @param placeOf what tells where in the list a thing stands
 */
export function pageFrom<T>(
  found: Iterable<T>,
  maxResults: number | undefined,
  placeOf: (item: T) => readonly number[],
): Page<T> {
  const size = sizeOf(maxResults);
  const items: T[] = [];
  for (const item of found) {
    if (items.length === size) {
      return { items, nextToken: tokenOf(placeOf(items[size - 1] as T)) };
    }
    items.push(item);
  }
  return { items, nextToken: undefined };
}

/** The place that a token says, in so many numbers; undefined when there is no token. */
export function placeIn(nextToken: string | undefined, count: number): number[] | undefined {
  if (nextToken === undefined || nextToken === '') {
    return undefined;
  }
  const numbers = Buffer.from(nextToken, 'base64').toString('utf8').split(' ').map(Number);
  if (numbers.length !== count || numbers.some((number) => !Number.isInteger(number) || number < 0)) {
    throw new AwsFault('InvalidParameterValueException', 'NextToken is not one that this operation gave');
  }
  return numbers;
}

function sizeOf(maxResults = MOST): number {
  if (!Number.isInteger(maxResults) || maxResults < 1 || maxResults > MOST) {
    throw new AwsFault('InvalidParameterValueException', `MaxResults must be 1 to ${MOST}, got ${maxResults}`);
  }
  return maxResults;
}

function tokenOf(numbers: readonly number[]): string {
  return Buffer.from(numbers.join(' '), 'utf8').toString('base64');
}
