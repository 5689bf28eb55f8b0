/**
 * Plain data held against a shape of the model: the first value that does not fit is refused, with its place.
 *
 * Pure.
 */
import type { DocumentShape } from '@holdfast/model';
import { IngestRefusal } from './artifact';

/**
 * Refuses a value that is not of a shape.
 *
 * @throws IngestRefusal naming the place, what may stand there and what does
 */
export function refuseShape(value: unknown, shape: DocumentShape, file: string, place: string): void {
  const fault = shape.tryFindFault(value, place);
  if (fault !== undefined) {
    throw new IngestRefusal(file, fault.place, fault.message);
  }
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
