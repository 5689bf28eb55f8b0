/**
 * Tags of what services around AWS Backup keep, as their calls give and show them.
 *
 * Pure: changes the map that it is given.
 * Source   API references of the services: a key that is there gets the new value, one that is not there is no fault.
 */
import { required } from './find-vault';

export function tagAll(
  tags: Map<string, string>,
  given: readonly { readonly Key: string | undefined; readonly Value?: string | undefined }[] | undefined,
): void {
  for (const { Key, Value } of given ?? []) {
    tags.set(required(Key, 'Key'), Value ?? '');
  }
}

/** The same for services that write their members in lower case. */
export function tagTexts(
  tags: Map<string, string>,
  given: readonly { readonly key?: string | undefined; readonly value?: string | undefined }[] | undefined,
): void {
  tagAll(
    tags,
    given?.map(({ key, value }) => ({ Key: key, Value: value })),
  );
}

export function untagAll(tags: Map<string, string>, keys: readonly string[] | undefined): void {
  for (const key of keys ?? []) {
    tags.delete(key);
  }
}

/** By key in ascending order. */
export function tagList(tags: ReadonlyMap<string, string>): { Key: string; Value: string }[] {
  return [...tags].sort(([a], [b]) => (a < b ? -1 : 1)).map(([Key, Value]) => ({ Key, Value }));
}

export function tagTextList(tags: ReadonlyMap<string, string>): { key: string; value: string }[] {
  return tagList(tags).map(({ Key, Value }) => ({ key: Key, value: Value }));
}
