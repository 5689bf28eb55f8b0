/**
 * An object as GetObject and HeadObject find it.
 *
 * Pure: reads the World.
 * Source   S3 API reference: GetObject, HeadObject (read 2026-11-26).
 */
import type { WorldState } from '../domain/world-state';
import { given } from './backup/shapes';
import type { Caller } from './caller';
import { findBucket, findObject, NamesObject } from './find-bucket';
import { Conditions, refuseRead, spanOf, spanOfPart } from './object-conditions';
import { shownChecksum, shownObject } from './stored-object';

export interface ReadInput extends NamesObject, Conditions {
  readonly Range?: string | undefined;
  readonly PartNumber?: number | undefined;
  readonly ChecksumMode?: string | undefined;
}

/** What answers say of it, and the bytes that are asked for. */
export function readObject(state: WorldState, caller: Caller, input: ReadInput) {
  const bucket = findBucket(state, caller, input);
  const object = findObject(bucket, input);
  refuseRead(object, input);
  const { sizeBytes, partSizes } = object;
  const span =
    input.PartNumber === undefined
      ? spanOf(input.Range, sizeBytes)
      : spanOfPart(input.PartNumber, partSizes ?? [sizeBytes]);
  const { from, to } = span ?? { from: 0, to: sizeBytes };
  const tags = Object.keys(object.tags).length;
  const shown = given({
    ...shownObject(bucket, object),
    // A checksum of the whole says nothing of a range.
    ...(input.ChecksumMode === 'ENABLED' && span === undefined && shownChecksum(object.checksum)),
    ContentLength: to - from,
    ContentRange: span && `bytes ${from}-${to - 1}/${sizeBytes}`,
    PartsCount: input.PartNumber === undefined ? undefined : partSizes?.length,
    TagCount: tags === 0 ? undefined : tags,
  });
  return { shown, body: object.body.slice(from, to) };
}
