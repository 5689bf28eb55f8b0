/**
 * Texts that were met once: each gets a small number, and a fingerprint that does not depend on when it was met.
 *
 * Owns     the table of texts.
 * Units    a fingerprint is 64 bits, kept as two unsigned 32-bit words: the first 8 bytes of the text's SHA-256,
 *          little end first.
 */
import { createHash } from 'node:crypto';
import { grownUint32 } from './columns';

/** The number of the empty text, for "none". */
export const NO_NAME = 0;

export class Names {
  private readonly numbers = new Map<string, number>();
  private readonly texts: string[] = [];
  /** Low words of the fingerprints, by number. */
  low = new Uint32Array(1024);
  /** High words of the fingerprints, by number. */
  high = new Uint32Array(1024);

  constructor() {
    this.intern('');
  }

  /** The number of a text, the same for the same text. */
  intern(text: string): number {
    const known = this.numbers.get(text);
    if (known !== undefined) {
      return known;
    }
    const number = this.texts.length;
    if (number === this.low.length) {
      this.low = grownUint32(this.low, number * 2);
      this.high = grownUint32(this.high, number * 2);
    }
    const digest = createHash('sha256').update(text, 'utf8').digest();
    this.low[number] = digest.readUInt32LE(0);
    this.high[number] = digest.readUInt32LE(4);
    this.numbers.set(text, number);
    this.texts.push(text);
    return number;
  }

  text(number: number): string {
    return this.texts[number] ?? '';
  }
}
