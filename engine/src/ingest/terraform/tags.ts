/**
 * Tags of a resource, with those of its provider under them.
 *
 * Source   Documents of the AWS provider 5.100.0, "default_tags": a resource's own tag wins.
 */
import { allTags } from './computed';
import { Given } from './given';
import type { Resource } from './resource';

/** Undefined when there is none. */
export function tagsOf(resource: Resource): Record<string, string> | undefined {
  const stated = resource.declared('tags_all') ?? null;
  const all = stated === null ? allTags(resource) : stated;
  const tags = Given.at(resource, `${resource.address}.tags`, all).textMap();
  return tags === undefined || Object.keys(tags).length === 0 ? undefined : tags;
}
