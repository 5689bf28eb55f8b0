/**
 * Plain data held against a shape of the model: each value that does not fit is refused, with its place.
 *
 * Pure.
 */
import type { DocumentShape } from '@holdfast/model';
import { IngestRefusal } from './artifact';
import { refuseAll } from './refusals';

/**
 * Refuses a value that is not of a shape.
 *
 * @throws IngestRefusal naming the place, what may stand there and what does; IngestRefusals for several values
 */
export function refuseShape(value: unknown, shape: DocumentShape, file: string, place: string): void {
  const faults = shape.findFaults(value, place);
  refuseAll(faults.map((fault) => new IngestRefusal(file, fault.place, fault.message)));
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
