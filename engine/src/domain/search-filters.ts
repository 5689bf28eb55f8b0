/**
 * Which items a search finds.
 *
 * Pure: filters and an item in, yes or no out.
 * Units    times are Instants; sizes are bytes.
 * Source   B5.5/3; API S3ItemFilter, EBSItemFilter (of several values of one property any may match).
 * Spec     searches.md
 */
import type { Instant } from '../kernel/instant';
import type { FileItem, ObjectItem, PointItem } from './point-items';

export interface Condition<T> {
  readonly value: T;
  /** Assumed: EQUALS_TO where none is given. */
  readonly operator: string | undefined;
}

/** Conditions by property; one that is not there is not asked about. */
export interface ItemFilter {
  readonly texts: readonly (readonly [of: (item: PointItem) => string, conditions: readonly Condition<string>[]])[];
  readonly numbers: readonly (readonly [
    of: (item: PointItem) => number | undefined,
    conditions: readonly Condition<number>[],
  ])[];
}

export const TEXT_OPERATORS: Readonly<Record<string, (text: string, value: string) => boolean>> = {
  EQUALS_TO: (text, value) => text === value,
  NOT_EQUALS_TO: (text, value) => text !== value,
  CONTAINS: (text, value) => text.includes(value),
  DOES_NOT_CONTAIN: (text, value) => !text.includes(value),
  BEGINS_WITH: (text, value) => text.startsWith(value),
  ENDS_WITH: (text, value) => text.endsWith(value),
  DOES_NOT_BEGIN_WITH: (text, value) => !text.startsWith(value),
  DOES_NOT_END_WITH: (text, value) => !text.endsWith(value),
};

export const NUMBER_OPERATORS: Readonly<Record<string, (number: number, value: number) => boolean>> = {
  EQUALS_TO: (number, value) => number === value,
  NOT_EQUALS_TO: (number, value) => number !== value,
  LESS_THAN_EQUAL_TO: (number, value) => number <= value,
  GREATER_THAN_EQUAL_TO: (number, value) => number >= value,
};

/** Properties of objects and files that filters ask about. */
export const PROPERTIES = {
  objectKey: (item: PointItem): string => (item as ObjectItem).key,
  versionId: (item: PointItem): string => (item as ObjectItem).versionId,
  etag: (item: PointItem): string => (item as ObjectItem).etag,
  filePath: (item: PointItem): string => (item as FileItem).filePath,
  size: (item: PointItem): number => item.sizeBytes,
  createdAt: (item: PointItem): Instant | undefined => item.createdAt,
  modifiedAt: (item: PointItem): Instant | undefined => (item as FileItem).modifiedAt,
};

/**
 * Assumed: an item is found when one of the filters matches, and a filter when each of its properties does; without
 * filters everything is found. What a file system does not keep matches nothing.
 */
export function isFound(filters: readonly ItemFilter[], item: PointItem): boolean {
  return filters.length === 0 || filters.some((filter) => matches(filter, item));
}

function matches({ texts, numbers }: ItemFilter, item: PointItem): boolean {
  const ofTexts = texts.every(([of, conditions]) =>
    conditions.some(({ value, operator = 'EQUALS_TO' }) => TEXT_OPERATORS[operator]?.(of(item), value) === true),
  );
  const ofNumbers = numbers.every(([of, conditions]) => {
    const number = of(item);
    const met = ({ value, operator = 'EQUALS_TO' }: Condition<number>) =>
      number !== undefined && NUMBER_OPERATORS[operator]?.(number, value) === true;
    return conditions.some(met);
  });
  return ofTexts && ofNumbers;
}
