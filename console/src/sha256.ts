/**
 * SHA-256 in the page: what points are called follows from it, and the engine's code for that is synchronous.
 *
 * Pure: stands for node:crypto, of which kernel/ids.ts needs createHash alone (tools/bundle-console.js).
 * Source   FIPS 180-4.
 */

const PRIMES = firstPrimes(64);
const ROUNDS = PRIMES.map((prime) => fraction(Math.cbrt(prime)));
const START = PRIMES.slice(0, 8).map((prime) => fraction(Math.sqrt(prime)));

interface Hash {
  update(text: string, encoding: 'utf8'): Hash;
  digest(encoding: 'hex'): string;
}

export function createHash(algorithm: 'sha256'): Hash {
  let bytes = new Uint8Array(0);
  const hash: Hash = {
    update(text) {
      const more = new TextEncoder().encode(text);
      const all = new Uint8Array(bytes.length + more.length);
      all.set(bytes);
      all.set(more, bytes.length);
      bytes = all;
      return hash;
    },
    digest: () => {
      if (algorithm !== 'sha256') {
        throw new RangeError(`the algorithm must be sha256, got ${String(algorithm)}`);
      }
      return [...digestOf(bytes)].map((word) => (word >>> 0).toString(16).padStart(8, '0')).join('');
    },
  };
  return hash;
}

function digestOf(bytes: Uint8Array): Int32Array {
  const padded = new DataView(new ArrayBuffer(Math.ceil((bytes.length + 9) / 64) * 64));
  bytes.forEach((byte, place) => padded.setUint8(place, byte));
  padded.setUint8(bytes.length, 0x80);
  padded.setUint32(padded.byteLength - 8, Math.floor(bytes.length / 2 ** 29));
  padded.setUint32(padded.byteLength - 4, (bytes.length * 8) >>> 0);
  const state = Int32Array.from(START);
  for (let block = 0; block < padded.byteLength; block += 64) {
    compress(state, padded, block);
  }
  return state;
}

function compress(state: Int32Array, padded: DataView, block: number): void {
  const words = new Int32Array(64);
  for (let round = 0; round < 64; round++) {
    if (round < 16) {
      words[round] = padded.getInt32(block + round * 4);
    } else {
      const [before15, before2] = [cell(words, round - 15), cell(words, round - 2)];
      const low = turned(before15, 7) ^ turned(before15, 18) ^ (before15 >>> 3);
      const high = turned(before2, 17) ^ turned(before2, 19) ^ (before2 >>> 10);
      words[round] = cell(words, round - 16) + low + cell(words, round - 7) + high;
    }
  }
  let [a, b, c, d, e, f, g, h] = [...state] as [number, number, number, number, number, number, number, number];
  for (let round = 0; round < 64; round++) {
    const choice = (e & f) ^ (~e & g);
    const mixed = turned(e, 6) ^ turned(e, 11) ^ turned(e, 25);
    const first = (h + mixed + choice + (ROUNDS[round] as number) + cell(words, round)) | 0;
    const majority = (a & b) ^ (a & c) ^ (b & c);
    const second = ((turned(a, 2) ^ turned(a, 13) ^ turned(a, 22)) + majority) | 0;
    [h, g, f, e, d, c, b, a] = [g, f, e, (d + first) | 0, c, b, a, (first + second) | 0];
  }
  [a, b, c, d, e, f, g, h].forEach((word, place) => (state[place] = cell(state, place) + word));
}

function turned(word: number, by: number): number {
  return (word >>> by) | (word << (32 - by));
}

function cell(words: Int32Array, place: number): number {
  return words[place] as number;
}

/** The first 32 bits behind the point. */
function fraction(value: number): number {
  return ((value - Math.floor(value)) * 2 ** 32) | 0;
}

function firstPrimes(count: number): number[] {
  const primes: number[] = [];
  for (let number = 2; primes.length < count; number++) {
    if (primes.every((prime) => number % prime !== 0)) {
      primes.push(number);
    }
  }
  return primes;
}
