import { IValueProbe } from '../../finding';

/** Whether a value is known, with all that is in it. */
export function allKnown(value: unknown, probe: IValueProbe): boolean {
  if (value === undefined || value === null) {
    return true;
  }
  if (!probe.known(value)) {
    return false;
  }
  if (typeof value !== 'object') {
    return true;
  }
  return Object.entries(value).every(([key, member]) => probe.known(key) && allKnown(member, probe));
}
