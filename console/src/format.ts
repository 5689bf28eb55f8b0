/**
 * Numbers and instants as people read them.
 *
 * Pure. Instants are shown in UTC, as AWS Backup counts.
 */

const UNITS = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'];
const MINUTE = 60_000;
const HOUR = 3_600_000;
const DAY = 86_400_000;

export function count(value: number): string {
  return Math.round(value).toLocaleString('en-US');
}

export function plural(value: number, noun: string): string {
  return `${count(value)} ${noun}${value === 1 ? '' : 's'}`;
}

export function bytes(value: number): string {
  let unit = 0;
  let rest = value;
  while (rest >= 1024 && unit < UNITS.length - 1) {
    rest /= 1024;
    unit++;
  }
  return `${rest.toLocaleString('en-US', { maximumFractionDigits: rest < 10 && unit > 0 ? 1 : 0 })} ${UNITS[unit] ?? ''}`;
}

/** From microdollars. */
export function dollars(micros: number): string {
  return `$${(micros / 1_000_000).toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 })}`;
}

/** `2 d 3 h`: the two greatest parts. */
export function age(ms: number): string {
  const parts = [
    [Math.floor(ms / DAY), 'd'],
    [Math.floor((ms % DAY) / HOUR), 'h'],
    [Math.floor((ms % HOUR) / MINUTE), 'min'],
  ] as const;
  const first = parts.findIndex(([number]) => number > 0);
  if (first < 0) {
    return ms > 0 ? 'under a minute' : '0';
  }
  return parts
    .slice(first, first + 2)
    .filter(([number]) => number > 0)
    .map(([number, unit]) => `${count(number)} ${unit}`)
    .join(' ');
}

/** `2027-01-01 05:00`; seconds are left out. */
export function instant(ms: number): string {
  return `${iso(ms).slice(0, 10)} ${iso(ms).slice(11, 16)}`;
}

export function day(ms: number): string {
  return iso(ms).slice(0, 10);
}

function iso(ms: number): string {
  return new Date(ms).toISOString();
}

/** Steps of an axis of ages. */
const STEPS = [1, 2, 6, 12, 24, 48, 120, 240, 480, 1200, 2400, 4800, 12_000, 24_000].map((hours) => hours * HOUR);

/** The ticks of an axis of ages up to `most`. */
export function ageScale(most: number): { readonly interval: number; readonly max: number } {
  const interval = STEPS.find((step) => most / step <= 6) ?? most;
  return { interval, max: Math.max(1, Math.ceil(most / interval)) * interval };
}
