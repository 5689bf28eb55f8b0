/**
 * Tables whose keys come from users.
 *
 * Pure.
 */

/** What a record holds under a key of its own: keys come from users, and may read `toString`. */
export function own<T>(record: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}
