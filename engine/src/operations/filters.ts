/**
 * Filters of lists: names with values, of which one has to fit.
 *
 * Pure: things and filters in, the things that fit out.
 * Source   EC2 user guide, "Filter your resources": `*` and `?` stand for characters; filters are joined by and, values by
 *          or; `tag:<key>` and `tag-key`.
 */
import { AwsFault } from './fault';
import type { TagMap } from './stateful';

export interface Filter {
  readonly Name?: string | undefined;
  readonly Values?: readonly string[] | undefined;
}

/** What can be asked of a thing; undefined where it has none. */
export type Facts = Readonly<Record<string, string | readonly string[] | undefined>>;

/** Those that fit every filter. */
export function matching<T>(
  all: readonly T[],
  filters: readonly Filter[] | undefined,
  factsOf: (one: T) => Facts,
  tagsOf?: (one: T) => TagMap,
): T[] {
  return (filters ?? []).reduce<T[]>(
    (left, filter) => left.filter((one) => fits(one, filter, factsOf, tagsOf)),
    [...all],
  );
}

function fits<T>(
  one: T,
  { Name: name = '', Values: values = [] }: Filter,
  factsOf: (one: T) => Facts,
  tagsOf: ((one: T) => TagMap) | undefined,
): boolean {
  const tags = tagsOf?.(one);
  const facts: Facts = tags === undefined ? factsOf(one) : { ...factsOf(one), 'tag-key': Object.keys(tags) };
  const known = name.startsWith('tag:') && tags !== undefined;
  if (!known && !(name in facts)) {
    throw new AwsFault('InvalidParameterValue', `The filter '${name}' is invalid`);
  }
  const has = [known ? tags[name.slice('tag:'.length)] : facts[name]].flat();
  return values.some((value) => has.some((fact) => fact !== undefined && patternOf(value).test(fact)));
}

function patternOf(value: string): RegExp {
  const escaped = value.replace(/[.+^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`^${escaped.replaceAll('*', '.*').replaceAll('?', '.')}$`, 's');
}
