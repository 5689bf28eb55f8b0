/**
 * Conditions under which an object is read or written, and the part of it that is asked for.
 *
 * Pure.
 * Source   RFC 9110, sections 13 and 14; S3 user guide, "Conditional requests" (read 2026-11-26).
 */
import type { StoredObject } from '../domain/stored-objects';
import { AwsFault } from './fault';
import { quoted } from './stored-object';

export interface Conditions {
  readonly IfMatch?: string | undefined;
  readonly IfNoneMatch?: string | undefined;
  readonly IfModifiedSince?: Date | undefined;
  readonly IfUnmodifiedSince?: Date | undefined;
}

export interface Span {
  readonly from: number;
  /** Behind the last byte. */
  readonly to: number;
}

/** @throws AwsFault 304 or 412 */
export function refuseRead(object: StoredObject, conditions: Conditions): void {
  const { IfMatch, IfNoneMatch, IfModifiedSince, IfUnmodifiedSince } = conditions;
  const second = Math.floor(object.createdAt / 1000) * 1000;
  const other =
    IfMatch === undefined ? IfUnmodifiedSince !== undefined && second > +IfUnmodifiedSince : !names(IfMatch, object);
  if (other) {
    throw failed();
  }
  const same =
    IfNoneMatch === undefined
      ? IfModifiedSince !== undefined && second <= +IfModifiedSince
      : names(IfNoneMatch, object);
  if (same) {
    throw new AwsFault('NotModified', 'Not Modified');
  }
}

/**
 * @param standing what has the key; undefined for nothing, or a marker
 * @throws AwsFault 404 or 412
 */
export function refuseWrite(standing: StoredObject | undefined, { IfMatch, IfNoneMatch }: Conditions): void {
  if (IfMatch !== undefined && standing === undefined) {
    throw new AwsFault('NoSuchKey', 'The specified key does not exist.');
  }
  if (standing !== undefined && IfMatch !== undefined && !names(IfMatch, standing)) {
    throw failed();
  }
  if (standing !== undefined && IfNoneMatch === '*') {
    throw failed();
  }
}

/** The bytes that a range asks for; all of them where it is none that S3 knows. */
export function spanOf(range: string | undefined, size: number): Span | undefined {
  const [, first = '', last = ''] = /^bytes=(\d*)-(\d*)$/.exec(range ?? '') ?? [];
  if (first === '' && last === '') {
    return undefined;
  }
  const from = first === '' ? Math.max(size - Number(last), 0) : Number(first);
  const to = first === '' || last === '' ? size : Math.min(Number(last) + 1, size);
  if (from >= size || (first !== '' && last !== '' && Number(last) < from)) {
    throw new AwsFault('InvalidRange', 'The requested range is not satisfiable');
  }
  return { from, to };
}

/** The bytes of one part. */
export function spanOfPart(part: number, sizes: readonly number[]): Span {
  const size = sizes[part - 1];
  if (size === undefined) {
    throw new AwsFault('InvalidPartNumber', 'The requested partnumber is not satisfiable');
  }
  const from = sizes.slice(0, part - 1).reduce((sum, one) => sum + one, 0);
  return { from, to: from + size };
}

function names(condition: string, { etag }: StoredObject): boolean {
  const tags = condition.split(',').map((one) => one.trim());
  return tags.includes('*') || tags.includes(quoted(etag)) || tags.includes(etag);
}

function failed(): AwsFault {
  return new AwsFault('PreconditionFailed', 'At least one of the pre-conditions you specified did not hold');
}
