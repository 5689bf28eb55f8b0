/**
 * What is asked for beside what stands: whether they differ, and whether another resource has to take the place of one.
 *
 * Pure.
 * Source   AWS CloudFormation User Guide, "Update behaviors of stack resources".
 */
import { isDeepStrictEqual } from 'node:util';
import type { MadeResource } from '../domain/stacks';
import type { ResourceHandler, Wish } from './handler';

/** Whether what is asked for is what stands. */
export function sameWish(before: MadeResource, wish: Wish, handler: ResourceHandler): boolean {
  const sameTags = handler.update === undefined || isDeepStrictEqual(before.tags, wish.tags);
  return before.type === wish.type && sameTags && isDeepStrictEqual(before.properties, wish.properties);
}

/** Names of the properties that differ. */
export function differences(before: MadeResource['properties'], after: MadeResource['properties']): string[] {
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...names].filter((name) => !isDeepStrictEqual(before[name], after[name])).sort();
}

/** Whether another resource has to take the place of one. */
export function isReplaced(handler: ResourceHandler, before: MadeResource, wish: Wish): boolean {
  return (
    handler.update === undefined ||
    differences(before.properties, wish.properties).some((name) => handler.replacedBy?.includes(name) === true)
  );
}
