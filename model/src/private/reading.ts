import { IValueProbe } from '../finding';

/** Whether a value was declared and can be read now. */
export function readable<T>(value: T | null | undefined, probe: IValueProbe): value is T {
  return value !== undefined && value !== null && probe.known(value);
}

/** Whether nothing was declared; a token is something. */
export function absent(value: unknown): value is undefined | null {
  return value === undefined || value === null;
}

/** Whether a number of days says never: left out, or -1. A token may say anything. */
export function never(value: number | null | undefined, probe: IValueProbe): boolean {
  return absent(value) || (probe.known(value) && value === -1);
}

/** The members of a list that can be read, with their places in it. */
export function members<T>(list: readonly T[] | undefined, probe: IValueProbe): [number, T][] {
  if (!readable(list, probe) || !Array.isArray(list)) {
    return [];
  }
  const found: [number, T][] = [];
  list.forEach((member, index) => {
    if (readable(member, probe)) {
      found.push([index, member]);
    }
  });
  return found;
}

/** How long a list is, when that is known: a token among its members may stand for several. */
export function lengthOf(list: readonly unknown[] | undefined, probe: IValueProbe): number | undefined {
  return readable(list, probe) && Array.isArray(list) ? list.length : undefined;
}

/** Whether a value is a whole number between two bounds, both allowed. */
export function whole(value: unknown, least: number, greatest: number): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= least && value <= greatest;
}

/** A value as a message shows it. */
export function shown(value: unknown): string {
  if (absent(value)) {
    return 'none';
  }
  if (typeof value === 'string') {
    return value.trim() === '' ? 'an empty name' : value;
  }
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** A number of days as a message shows it. */
export function days(value: unknown): string {
  if (typeof value !== 'number') {
    return shown(value);
  }
  if (value === Infinity) {
    return 'kept for ever';
  }
  return value === 1 ? '1 day' : `${value} days`;
}

/** Some of a list's members and how many there are. */
export function listed(all: readonly string[]): string {
  const more = all.length > 3 ? ` and ${all.length - 3} more` : '';
  return all.slice(0, 3).join(', ') + more;
}
