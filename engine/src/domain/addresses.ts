/**
 * Addresses of IPv4 and IPv6, and blocks of them.
 *
 * Pure.
 * Source   IAM user guide, "IP address condition operators": CIDR of RFC 4632, a lone address is a block of one. The user
 *          guide of EventBridge, "IP address matching".
 */
import { isIP } from 'node:net';

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

/** One that names a network card (`fe80::1%eth0`) means something to its own machine alone. */
function addressOf(text: string): Address | undefined {
  const version = text.includes('%') ? 0 : isIP(text);
  if (version === 0) {
    return undefined;
  }
  return version === 4 ? { bits: 32, number: numberOfV4(text) } : { bits: 128, number: numberOfV6(text) };
}

function numberOfV4(text: string): bigint {
  return text.split('.').reduce((sum, part) => sum * 256n + BigInt(part), 0n);
}

function numberOfV6(text: string): bigint {
  const last = text.slice(text.lastIndexOf(':') + 1);
  const plain = last.includes('.') ? `${text.slice(0, -last.length)}${wordsOfV4(numberOfV4(last))}` : text;
  const [before = [], after = []] = plain.split('::').map((half) => (half === '' ? [] : half.split(':')));
  const between = Array.from({ length: 8 - before.length - after.length }, () => '0');
  return [...before, ...between, ...after].reduce((sum, word) => sum * 65536n + BigInt(`0x${word}`), 0n);
}

/** The last two words of an address of IPv6 that ends in one of IPv4. */
function wordsOfV4(number: bigint): string {
  return `${(number >> 16n).toString(16)}:${(number & 0xffffn).toString(16)}`;
}
