/**
 * Order of things by a text of theirs, the same on every machine.
 *
 * Pure.
 */

/** Ascending by the units of a text, as a comparison has them: no language decides. */
export function sortedBy<T>(all: Iterable<T>, textOf: (one: T) => string): T[] {
  return [...all].sort((a, b) => compare(textOf(a), textOf(b)));
}

export function byArn<T extends { readonly arn: string }>(all: Iterable<T>): T[] {
  return sortedBy(all, ({ arn }) => arn);
}

export function byName<T extends { readonly name: string }>(all: Iterable<T>): T[] {
  return sortedBy(all, ({ name }) => name);
}

function compare(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}
