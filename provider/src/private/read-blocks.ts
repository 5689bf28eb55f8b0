import { Arguments } from './rendered';

/** Blocks of one name, which JSON gives as a list or, where there may be one, as an object; none where Terraform alone knows. */
export function blocksOf(value: unknown): Arguments[] {
  const all: unknown[] = Array.isArray(value) ? value : [value];
  return all.filter((block): block is Arguments => typeof block === 'object' && block !== null);
}

/** Blocks of one name; undefined where there are none. */
export function someBlocks<T>(value: unknown, read: (block: Arguments) => T): T[] | undefined {
  const blocks = blocksOf(value);
  return blocks.length === 0 ? undefined : blocks.map(read);
}

/** A list of texts; undefined where there is none, or Terraform alone knows it. */
export function textsOf(value: unknown): string[] | undefined {
  return Array.isArray(value) ? (value as string[]) : undefined;
}

/** To the provider, a number of days that is 0 was not given. */
export function daysOf(value: unknown): number | undefined {
  return value === 0 ? undefined : (value as number | undefined);
}
