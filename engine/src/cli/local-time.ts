/**
 * Instants on the clocks of a time zone.
 *
 * Pure: `Intl` formats what it is given.
 * Units    Instants in, ISO 8601 with offset out.
 */
import type { Instant } from '../kernel/instant';

const formats = new Map<string, Intl.DateTimeFormat>();

/** `2027-03-14T05:00:00-04:00`. */
export function localInstant(at: Instant, timeZone: string): string {
  const parts = Object.fromEntries(
    formatOf(timeZone)
      .formatToParts(at)
      .map(({ type, value }) => [type, value]),
  );
  const offset = (parts.timeZoneName ?? '').replace('GMT', '');
  const { year, month, day, hour, minute, second } = parts;
  return `${year}-${month}-${day}T${hour}:${minute}:${second}${offset === '' ? '+00:00' : offset}`;
}

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known !== undefined) {
    return known;
  }
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    timeZoneName: 'longOffset',
  });
  formats.set(timeZone, format);
  return format;
}
