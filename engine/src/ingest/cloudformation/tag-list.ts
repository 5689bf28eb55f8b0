/**
 * Tags of a resource, a list of pairs or a map.
 *
 * Pure.
 */
import type { DeclaredValue } from './declared-value';

/** Tags as a list of `Key` and `Value`, or as a map. */
export function tagsOf(tags: DeclaredValue): Record<string, string> | undefined {
  if (!tags.isPresent) {
    return undefined;
  }
  if (!tags.isList) {
    return tags.textMap();
  }
  return Object.fromEntries(
    tags.items().map((tag) => [tag.member('Key').requiredText(), tag.member('Value').text() ?? '']),
  );
}
