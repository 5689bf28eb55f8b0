/**
 * Tags as most services have them: a list of keys and values.
 *
 * Pure.
 */
import type { TagMap } from '../domain/tags';

interface ListedTag {
  readonly Key?: string | undefined;
  readonly Value?: string | undefined;
}

export function tagsOf(list: readonly ListedTag[] | undefined): TagMap {
  return Object.fromEntries((list ?? []).map(({ Key, Value }) => [Key ?? '', Value ?? '']));
}

export function tagList(tags: TagMap): { Key: string; Value: string }[] {
  return Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
}

export function withoutTags(tags: TagMap, keys: readonly string[] | undefined): TagMap {
  return Object.fromEntries(Object.entries(tags).filter(([key]) => keys?.includes(key) !== true));
}
