/**
 * Thrown through the making of a value when a part of it is not known.
 */
import type { Unknown } from './expression/values';

export class NotKnown extends Error {
  constructor(
    readonly unknown: Unknown,
    /** File of the part. */
    readonly file: string,
    /** Address of the part, e.g. `aws_dynamodb_table.t.name`. */
    readonly place: string,
  ) {
    super(unknown.because);
  }
}
