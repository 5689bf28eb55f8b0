/**
 * The one time type of the engine.
 *
 * Pure: nothing here reads a clock; `new Date(ms)` only formats what was given.
 * Units    an Instant is whole milliseconds since 1970-01-01T00:00:00Z; `…Minutes` and `…Days` are counts.
 * Source   B5.2/1: a day of a lifecycle is 24 hours, never a calendar day.
 */

/** Milliseconds since the epoch, UTC. */
export type Instant = number;

export const SECOND = 1_000;
export const MINUTE = 60_000;
export const HOUR = 3_600_000;
export const DAY = 86_400_000;

/** Later than anything that happens; stands for "never" in columns. */
export const NEVER: Instant = Infinity;

/** No World starts here or later, nor is moved here. Source: the years of AWS's cron dialect end in 2199 (B2.2/1). */
export const END_OF_WORLDS: Instant = Date.UTC(2200, 0, 1);

/** Last instant that can be written in ISO 8601 with four digits of year. */
const LAST = Date.UTC(9999, 11, 31, 23, 59, 59, 999);

const ISO = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2}))?$/;

export function minutesAfter(at: Instant, minutes: number): Instant {
  return at + minutes * MINUTE;
}

export function daysAfter(at: Instant, days: number): Instant {
  return at + days * DAY;
}

/** The instant that ISO 8601 text names, or undefined. A date alone is midnight UTC; a time needs its offset. */
export function tryParseInstant(text: string): Instant | undefined {
  if (!ISO.test(text)) {
    return undefined;
  }
  const at = Date.parse(text);
  // Date.parse rolls the 30th of February over; a date that does not read back is none.
  const day = text.slice(0, 10);
  const midnight = Date.parse(`${day}T00:00:00Z`);
  return Number.isNaN(at) || Number.isNaN(midnight) || formatInstant(midnight).slice(0, 10) !== day ? undefined : at;
}

/** @throws Error when the text is not ISO 8601; the message carries it. */
export function parseInstant(text: string): Instant {
  const at = tryParseInstant(text);
  if (at === undefined) {
    throw new Error(`an instant must be ISO 8601 such as 2027-01-01T00:00:00Z, got '${text}'`);
  }
  return at;
}

/** `2027-01-01T05:00:00.000Z`; `never` for instants that nothing reaches. */
export function formatInstant(at: Instant): string {
  return at > LAST || Number.isNaN(at) ? 'never' : new Date(at).toISOString();
}

/** `2027-01-01T05:00:00Z`, with milliseconds only where there are some. */
export function shortInstant(at: Instant): string {
  return formatInstant(at).replace('.000Z', 'Z');
}

/** The instant as the Date that the SDK's shapes want. */
export function dateOf(at: Instant): Date {
  return new Date(at);
}
