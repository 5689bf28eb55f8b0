/**
 * Bytes that come piece by piece as the body of an object.
 *
 * Owns     nothing.
 */
import { Body, type BodyKeeper } from '../../domain/bodies';

/** @param keeper where large ones go; without one all stays in memory */
export async function keptBody(bytes: AsyncIterable<Uint8Array>, keeper: BodyKeeper | undefined): Promise<Body> {
  if (keeper !== undefined) {
    return Body.of(await keeper.take(bytes));
  }
  const pieces: Uint8Array[] = [];
  for await (const piece of bytes) {
    pieces.push(Uint8Array.from(piece));
  }
  return Body.inMemory(Buffer.concat(pieces));
}
