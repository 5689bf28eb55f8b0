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

export function pageOf<T>(all: readonly T[], maxResults: number | undefined, nextToken: string | undefined): Page<T> {
  const size = maxResults ?? MOST;
  if (!Number.isInteger(size) || size < 1 || size > MOST) {
    throw new AwsFault('InvalidParameterValueException', `MaxResults must be 1 to ${MOST}, got ${size}`);
  }
  const from = nextToken === undefined ? 0 : Number(Buffer.from(nextToken, 'base64').toString('utf8'));
  if (!Number.isInteger(from) || from < 0) {
    throw new AwsFault('InvalidParameterValueException', 'NextToken is not one that this operation gave');
  }
  const next = from + size;
  return {
    items: all.slice(from, next),
    nextToken: next < all.length ? Buffer.from(String(next), 'utf8').toString('base64') : undefined,
  };
}
