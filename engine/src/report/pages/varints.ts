/**
 * Numbers as bytes, small ones in few: seven bits a byte, the lowest first.
 *
 * Pure: the page reads with this what the engine wrote.
 * Units    whole numbers up to 2^52 in size. Signed ones are folded, 0 -1 1 -2 2 …, so that small ones stay small.
 */

export class VarintWriter {
  private bytes = new Uint8Array(4096);
  private length = 0;

  /** A whole number, 0 or more. */
  unsigned(value: number): this {
    if (this.length + 8 > this.bytes.length) {
      const grown = new Uint8Array(this.bytes.length * 2);
      grown.set(this.bytes);
      this.bytes = grown;
    }
    let rest = value;
    while (rest >= 128) {
      this.bytes[this.length++] = (rest % 128) + 128;
      rest = Math.floor(rest / 128);
    }
    this.bytes[this.length++] = rest;
    return this;
  }

  signed(value: number): this {
    return this.unsigned(value < 0 ? -value * 2 - 1 : value * 2);
  }

  /** Each as what it differs by from the one before. */
  deltas(values: readonly number[]): this {
    let before = 0;
    for (const value of values) {
      this.signed(value - before);
      before = value;
    }
    return this;
  }

  /** Each as what its difference differs by from the difference before: instants in step become zeros. */
  steps(values: readonly number[]): this {
    return this.deltas(values.map((value, index) => value - (values[index - 1] ?? 0)));
  }

  /** Text in UTF-8, with its length before it. */
  text(value: string): this {
    const encoded = new TextEncoder().encode(value);
    this.unsigned(encoded.length);
    for (const byte of encoded) {
      this.unsigned(byte);
    }
    return this;
  }

  take(): Uint8Array {
    return this.bytes.slice(0, this.length);
  }
}

export class VarintReader {
  private place = 0;

  constructor(private readonly bytes: Uint8Array) {}

  unsigned(): number {
    let value = 0;
    for (let scale = 1; ; scale *= 128) {
      const byte = this.bytes[this.place++];
      if (byte === undefined) {
        throw new RangeError(`a number must end within the ${this.bytes.length} bytes that there are`);
      }
      value += (byte % 128) * scale;
      if (byte < 128) {
        return value;
      }
    }
  }

  signed(): number {
    const folded = this.unsigned();
    return folded % 2 === 1 ? -(folded + 1) / 2 : folded / 2;
  }

  deltas(count: number): number[] {
    let before = 0;
    return Array.from({ length: count }, () => (before += this.signed()));
  }

  steps(count: number): number[] {
    let before = 0;
    return this.deltas(count).map((difference) => (before += difference));
  }

  text(): string {
    const encoded = Uint8Array.from({ length: this.unsigned() }, () => this.unsigned());
    return new TextDecoder().decode(encoded);
  }
}
