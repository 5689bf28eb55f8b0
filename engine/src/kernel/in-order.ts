/**
 * The order in which a World names things, so that it never depends on the order in which they came.
 *
 * Pure.
 */

/** Sorts in place, by ascending names; no two things have the same. */
export function inOrder<T>(things: T[], nameOf: (thing: T) => string): T[] {
  return things.sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1));
}
