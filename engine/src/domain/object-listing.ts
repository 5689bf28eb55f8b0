/**
 * A page of a list of keys: those below a prefix, with everything behind a delimiter rolled up.
 *
 * Pure.
 * Source   S3 user guide, "Organizing objects using prefixes" (read 2026-11-26).
 * Spec     buckets.md
 */

export interface ListingProps {
  readonly prefix: string;
  /** Empty for none. */
  readonly delimiter: string;
  /** The page begins behind this key or rolled-up prefix; empty for the first. */
  readonly after: string;
  readonly most: number;
}

export interface Listing {
  readonly keys: readonly string[];
  readonly prefixes: readonly string[];
  /** The last key or prefix of the page; undefined when nothing comes after it. */
  readonly next: string | undefined;
}

/** @param keys in the order of their bytes */
export function listKeys(keys: readonly string[], { prefix, delimiter, after, most }: ListingProps): Listing {
  const page = { keys: [] as string[], prefixes: [] as string[] };
  let last: string | undefined;
  for (const key of keys) {
    if (!key.startsWith(prefix) || !isBehind(key, after) || (isRolled(after, delimiter) && key.startsWith(after))) {
      continue;
    }
    const at = delimiter === '' ? -1 : key.indexOf(delimiter, prefix.length);
    const rolled = at < 0 ? undefined : key.slice(0, at + delimiter.length);
    if (rolled !== undefined && page.prefixes.at(-1) === rolled) {
      continue;
    }
    if (page.keys.length + page.prefixes.length >= most) {
      return { ...page, next: last };
    }
    if (rolled === undefined) {
      page.keys.push(key);
    } else {
      page.prefixes.push(rolled);
    }
    last = rolled ?? key;
  }
  return { ...page, next: undefined };
}

function isBehind(key: string, after: string): boolean {
  return Buffer.compare(Buffer.from(key), Buffer.from(after)) > 0;
}

/** Whether a page ended with a prefix: nothing below it comes again. */
function isRolled(after: string, delimiter: string): boolean {
  return delimiter !== '' && after.endsWith(delimiter);
}
