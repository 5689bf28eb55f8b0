/**
 * Tags between S3's lists and maps.
 *
 * Pure.
 * Source   S3 user guide, "Categorizing your storage using tags": 50 tags of a bucket, 10 of an object.
 */
import type { Tag } from '@aws-sdk/client-s3';
import { AwsFault } from './fault';

export function tagMapOf(tags: readonly Tag[] = [], most = 50): Record<string, string> {
  if (tags.length > most) {
    throw new AwsFault('BadRequest', `Object tags cannot be greater than ${most}`);
  }
  const map = Object.fromEntries(tags.map(({ Key = '', Value = '' }) => [Key, Value]));
  if (Object.keys(map).length < tags.length) {
    throw new AwsFault('InvalidTag', 'Cannot provide multiple Tags with the same key');
  }
  return map;
}

export function tagListOf(tags: Readonly<Record<string, string>> = {}): Tag[] {
  return Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
}
