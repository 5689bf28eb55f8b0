/**
 * Columns: typed arrays that grow.
 *
 * Pure: each function works on the array that it is given.
 */

/**
 * The cell of a column; the caller knows that the row exists. There is one function for each type of column: V8 keeps in one
 * place what it has seen a function read, and would make every reader ask first which of four types a column is.
 */
export function floatAt(column: Float64Array, row: number): number {
  return column[row] as number;
}

/** The same of 32 bits with a sign. */
export function intAt(column: Int32Array, row: number): number {
  return column[row] as number;
}

/** The same of 32 bits without a sign. */
export function wordAt(column: Uint32Array, row: number): number {
  return column[row] as number;
}

/** The same of 8 bits without a sign. */
export function byteAt(column: Uint8Array, row: number): number {
  return column[row] as number;
}

export function grownFloat64(column: Float64Array, capacity: number): Float64Array<ArrayBuffer> {
  const grown = new Float64Array(capacity);
  grown.set(column);
  return grown;
}

export function grownInt32(column: Int32Array, capacity: number): Int32Array<ArrayBuffer> {
  const grown = new Int32Array(capacity);
  grown.set(column);
  return grown;
}

export function grownUint32(column: Uint32Array, capacity: number): Uint32Array<ArrayBuffer> {
  const grown = new Uint32Array(capacity);
  grown.set(column);
  return grown;
}

export function grownUint8(column: Uint8Array, capacity: number): Uint8Array<ArrayBuffer> {
  const grown = new Uint8Array(capacity);
  grown.set(column);
  return grown;
}
