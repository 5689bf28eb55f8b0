/**
 * How many objects a bucket has, and as how many bytes they are billed.
 *
 * Pure: reads what a bucket holds, or what was said of it.
 * Units    bytes.
 * Source   B16.2/15. Where no more is known than how many there are, all are of one size: Assumed.
 */
import type { Buckets } from './buckets';
import type { Resource } from './protected-resources';
import { isArchived } from './stored-objects';

/** Source B16.2/15; that a KB is 1,024 bytes is Assumed. */
export const LEAST_BILLED_BYTES = 128 * 1024;

export interface ObjectCount {
  readonly count: number;
  /** Bytes billed for each byte that there is; 1 where no object is small, or none has a byte. */
  readonly ratio: number;
}

/** Undefined for what is no bucket, and where nobody said how many objects it has. */
export function objectCountOf(resource: Resource, buckets: Buckets): ObjectCount | undefined {
  if (resource.service.id !== 's3') {
    return undefined;
  }
  const objects = buckets.tryStanding(resource.arn)?.objects;
  if (objects !== undefined && !objects.isEmpty) {
    // Delete markers are billed as objects (Source B16.2/15).
    const kept = objects.keys().flatMap((key) => objects.versions(key).filter((object) => !isArchived(object)));
    const sizes = kept.map(({ sizeBytes }) => sizeBytes);
    const bytes = sizes.reduce((sum, size) => sum + size, 0);
    const billed = sizes.reduce((sum, size) => sum + Math.max(size, LEAST_BILLED_BYTES), 0);
    return { count: sizes.length, ratio: bytes === 0 ? 1 : billed / bytes };
  }
  const count = resource.declaration.objectCount;
  if (count === undefined) {
    return undefined;
  }
  return {
    count,
    ratio: resource.sizeBytes === 0 ? 1 : Math.max(1, (count * LEAST_BILLED_BYTES) / resource.sizeBytes),
  };
}

/** How many of the objects some of the bytes are; at least one where there are any. */
export function objectsIn(part: number, whole: number, count: number): number {
  return part <= 0 || whole <= 0 ? 0 : Math.max(1, Math.round((count * Math.min(part, whole)) / whole));
}
