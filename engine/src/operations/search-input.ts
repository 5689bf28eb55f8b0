/**
 * Item filters of the wire as the domain has them.
 *
 * Pure.
 * Source   API ItemFilters. Assumed: filters of a type that is not searched are refused.
 */
import { Condition, ItemFilter, PROPERTIES } from '../domain/search-filters';
import type * as api from './generated/backupsearch';
import { invalid, needed } from './validation';

export function itemFiltersOf(given: api.ItemFilters | undefined, type: string): ItemFilter[] {
  const { S3ItemFilters = [], EBSItemFilters = [] } = given ?? {};
  if ((type === 'S3' ? EBSItemFilters : S3ItemFilters).length > 0) {
    throw invalid(`ItemFilters must be those of ${type}, which is what is searched.`);
  }
  return [...S3ItemFilters.map(ofObjects), ...EBSItemFilters.map(ofFiles)];
}

function ofObjects({ ObjectKeys, Sizes, CreationTimes, VersionIds, ETags }: api.S3ItemFilter): ItemFilter {
  return {
    texts: [
      ...asked(PROPERTIES.objectKey, ObjectKeys?.map(plain)),
      ...asked(PROPERTIES.versionId, VersionIds?.map(plain)),
      ...asked(PROPERTIES.etag, ETags?.map(plain)),
    ],
    numbers: [...asked(PROPERTIES.size, Sizes?.map(plain)), ...asked(PROPERTIES.createdAt, CreationTimes?.map(timed))],
  };
}

function ofFiles({ FilePaths, Sizes, CreationTimes, LastModificationTimes }: api.EBSItemFilter): ItemFilter {
  return {
    texts: asked(PROPERTIES.filePath, FilePaths?.map(plain)),
    numbers: [
      ...asked(PROPERTIES.size, Sizes?.map(plain)),
      ...asked(PROPERTIES.createdAt, CreationTimes?.map(timed)),
      ...asked(PROPERTIES.modifiedAt, LastModificationTimes?.map(timed)),
    ],
  };
}

/** A property with its conditions; none where the filter does not ask about it. */
function asked<P, T>(property: P, conditions: Condition<T>[] | undefined): (readonly [P, Condition<T>[]])[] {
  return conditions === undefined ? [] : [[property, conditions] as const];
}

function plain<T>({ Value, Operator }: { Value: T | undefined; Operator?: string | undefined }): Condition<T> {
  return { value: needed(Value, 'Value'), operator: Operator };
}

function timed({ Value, Operator }: { Value: Date | undefined; Operator?: string | undefined }): Condition<number> {
  return { value: needed(Value, 'Value').getTime(), operator: Operator };
}
