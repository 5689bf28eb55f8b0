/**
 * Addresses and ranges of IPv4 and IPv6.
 *
 * Pure.
 * Source   IAM user guide, "IP address condition operators": CIDR of RFC 4632, a lone address is a range of one.
 */

interface Range {
  readonly bits: 32 | 128;
  readonly first: bigint;
  readonly prefix: number;
}

/** Whether an address lies in a range; false when either is none, or when they are of different versions. */
export function isInRange(address: string, range: string): boolean {
  const [one, many] = [rangeOf(address), rangeOf(range)];
  if (one === undefined || many === undefined || one.bits !== many.bits || one.prefix !== one.bits) {
    return false;
  }
  const shift = BigInt(many.bits - many.prefix);
  return one.first >> shift === many.first >> shift;
}

function rangeOf(text: string): Range | undefined {
  const [address = '', length, ...more] = text.trim().split('/');
  const version = address.includes(':') ? 128 : 32;
  const first = version === 128 ? numberOfV6(address) : numberOfV4(address);
  const prefix = length === undefined ? version : /^\d{1,3}$/.test(length) ? Number(length) : -1;
  if (first === undefined || more.length > 0 || prefix < 0 || prefix > version) {
    return undefined;
  }
  return { bits: version, first, prefix };
}

function numberOfV4(text: string): bigint | undefined {
  const parts = text.split('.');
  const right = parts.length === 4 && parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) <= 255);
  return right ? parts.reduce((sum, part) => sum * 256n + BigInt(part), 0n) : undefined;
}

function numberOfV6(text: string): bigint | undefined {
  const dotted = /^(.*:)(\d+\.\d+\.\d+\.\d+)$/.exec(text);
  const v4 = dotted === null ? undefined : numberOfV4(dotted[2] as string);
  if (dotted !== null && v4 === undefined) {
    return undefined;
  }
  const hex = v4 === undefined ? text : `${dotted?.[1]}${(v4 >> 16n).toString(16)}:${(v4 & 0xffffn).toString(16)}`;
  const halves = hex.split('::');
  const groups = halves.map((half) => (half === '' ? [] : half.split(':')));
  const [head = [], tail = []] = groups;
  const missing = 8 - head.length - tail.length;
  if (halves.length > 2 || (halves.length === 2 ? missing < 1 : missing !== 0)) {
    return undefined;
  }
  const all = [...head, ...Array.from({ length: missing }, () => '0'), ...tail];
  if (!all.every((group) => /^[0-9a-f]{1,4}$/i.test(group))) {
    return undefined;
  }
  return all.reduce((sum, group) => sum * 65536n + BigInt(`0x${group}`), 0n);
}
