/**
 * Addresses of IPv4 and IPv6, and blocks of them.
 *
 * Pure.
 * Source   IAM user guide, "IP address condition operators": CIDR of RFC 4632, a lone address is a block of one. The user
 *          guide of EventBridge, "IP address matching".
 */

/** An address as a number. */
interface Address {
  readonly bits: 32 | 128;
  readonly number: bigint;
}

/** The addresses that begin with the same bits as one does. */
export interface Block {
  readonly first: Address;
  /** How many bits are the same. */
  readonly prefix: number;
}

const BYTE = '(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)';
const V4 = new RegExp(`^${BYTE}(?:\\.${BYTE}){3}$`);
/** A part of an address of IPv6. */
const WORD = /^[0-9a-f]{1,4}$/i;
const WORDS = 8;
const BLOCK = /^([^/]+)(?:\/(\d{1,3}))?$/;

/** The block of a CIDR or of a lone address; undefined for what is neither. */
export function blockOf(text: string): Block | undefined {
  const [, address = '', length] = BLOCK.exec(text) ?? [];
  const first = addressOf(address);
  if (first === undefined) {
    return undefined;
  }
  const prefix = Number(length ?? first.bits);
  return prefix <= first.bits ? { first, prefix } : undefined;
}

/** Whether a text is an address that a block has. */
export function isInBlock(text: string, { first, prefix }: Block): boolean {
  const address = addressOf(text);
  const shift = BigInt(first.bits - prefix);
  return address?.bits === first.bits && address.number >> shift === first.number >> shift;
}

/** Whether a text is an address that the block of another has; false when either is none. */
export function isInRange(address: string, range: string): boolean {
  const block = blockOf(range);
  return block !== undefined && isInBlock(address, block);
}

function addressOf(text: string): Address | undefined {
  if (V4.test(text)) {
    return { bits: 32, number: numberOfV4(text) };
  }
  const number = wordsOf(text)?.reduce((sum, word) => sum * 65536n + BigInt(`0x${word}`), 0n);
  return number === undefined ? undefined : { bits: 128, number };
}

function numberOfV4(text: string): bigint {
  return text.split('.').reduce((sum, part) => sum * 256n + BigInt(part), 0n);
}

/** The eight words of an address of IPv6, of which `::` leaves some out, and the last two may be one of IPv4. */
function wordsOf(text: string): string[] | undefined {
  const last = text.slice(text.lastIndexOf(':') + 1);
  const plain = V4.test(last) ? `${text.slice(0, -last.length)}${wordsOfV4(numberOfV4(last))}` : text;
  const halves = plain.split('::').map((half) => (half === '' ? [] : half.split(':')));
  const given = halves.flat();
  const missing = WORDS - given.length;
  const [before = given, ...after] = halves;
  const fits = halves.length === 1 ? missing === 0 : halves.length === 2 && missing > 0;
  return fits && given.every((word) => WORD.test(word))
    ? [...before, ...Array.from({ length: missing }, () => '0'), ...after.flat()]
    : undefined;
}

/** The last two words of an address of IPv6 that ends in one of IPv4. */
function wordsOfV4(number: bigint): string {
  return `${(number >> 16n).toString(16)}:${(number & 0xffffn).toString(16)}`;
}
