import { IValueProbe } from '../../finding';

/** The text that AWS takes for a parameter; a value that is not known now as it is. */
export function textOf(value: unknown, probe: IValueProbe): unknown {
  if (!probe.known(value)) {
    return value;
  }
  if (Array.isArray(value)) {
    return value.every((member) => typeof member === 'string') ? value.join(',') : value;
  }
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
