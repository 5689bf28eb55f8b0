/**
 * `Fn::Cidr`: blocks of addresses out of a larger one.
 *
 * Pure.
 * Source   AWS CloudFormation User Guide, "Fn::Cidr": up to 256 blocks; `cidrBits` is the inverse of the mask.
 */
import { Unresolved } from './unresolved';

/** The first `count` blocks of 2^`bits` addresses each in `block`. */
export function cidrBlocks(block: string, count: number, bits: number): string[] {
  const [address = '', mask = ''] = block.split('/');
  const six = address.includes(':');
  const width = six ? 128 : 32;
  const start = six ? parseSix(address) : parseFour(address);
  const prefix = /^[0-9]{1,3}$/.test(mask) ? Number(mask) : NaN;
  const fits = Number.isInteger(bits) && bits >= 0 && width - bits >= prefix;
  if (start === undefined || !(prefix <= width) || !Number.isInteger(count) || count < 1 || count > 256 || !fits) {
    throw new Unresolved(`where Fn::Cidr cannot cut ${count} blocks of ${bits} bits out of ${block}`);
  }
  if (BigInt(count) << BigInt(bits) > 1n << BigInt(width - prefix)) {
    throw new Unresolved(`where Fn::Cidr finds no room for ${count} blocks of ${bits} bits in ${block}`);
  }
  const network = (start >> BigInt(width - prefix)) << BigInt(width - prefix);
  return Array.from({ length: count }, (_, index) => {
    const at = network + (BigInt(index) << BigInt(bits));
    return `${six ? printSix(at) : printFour(at)}/${width - bits}`;
  });
}

function parseFour(address: string): bigint | undefined {
  const parts = address.split('.');
  if (parts.length !== 4 || !parts.every((part) => /^[0-9]{1,3}$/.test(part) && Number(part) < 256)) {
    return undefined;
  }
  return parts.reduce((sum, part) => (sum << 8n) + BigInt(part), 0n);
}

function printFour(value: bigint): string {
  return [24n, 16n, 8n, 0n].map((shift) => (value >> shift) & 255n).join('.');
}

function parseSix(address: string): bigint | undefined {
  const [head = '', tail] = address.split('::');
  const before = head === '' ? [] : head.split(':');
  const after = tail === undefined || tail === '' ? [] : tail.split(':');
  const gap = 8 - before.length - after.length;
  const groups = [...before, ...Array<string>(tail === undefined ? 0 : Math.max(gap, 0)).fill('0'), ...after];
  if (groups.length !== 8 || !groups.every((group) => /^[0-9a-fA-F]{1,4}$/.test(group))) {
    return undefined;
  }
  return groups.reduce((sum, group) => (sum << 16n) + BigInt(`0x${group}`), 0n);
}

function printSix(value: bigint): string {
  const groups = Array.from({ length: 8 }, (_, i) => ((value >> BigInt(112 - 16 * i)) & 0xffffn).toString(16));
  const tail = /(:0)+$/.exec(groups.join(':'))?.[0];
  return tail === undefined || tail.length < 4 ? groups.join(':') : `${groups.join(':').slice(0, -tail.length)}::`;
}
