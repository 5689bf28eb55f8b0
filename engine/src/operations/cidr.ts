/**
 * Blocks of IPv4 addresses.
 *
 * Pure: text in, numbers out.
 * Source   EC2 API reference, CreateVpc: "we modify the block to its canonical form"; a /16 to a /28.
 */
export interface Block {
  /** The first address, as a number. */
  readonly first: number;
  readonly size: number;
  readonly prefix: number;
  /** In its canonical form. */
  readonly text: string;
}

export function tryParseBlock(text: string | undefined): Block | undefined {
  const [, address = '', length = ''] = /^(\d+\.\d+\.\d+\.\d+)\/(\d+)$/.exec(text ?? '') ?? [];
  const parts = address.split('.').map(Number);
  const prefix = Number(length);
  if (address === '' || prefix > 32 || parts.some((part) => part > 255)) {
    return undefined;
  }
  const size = 2 ** (32 - prefix);
  const number = parts.reduce((sum, part) => sum * 256 + part, 0);
  const first = number - (number % size);
  return { first, size, prefix, text: `${addressText(first)}/${prefix}` };
}

export function addressText(address: number): string {
  return [24, 16, 8, 0].map((bits) => Math.floor(address / 2 ** bits) % 256).join('.');
}

export function holds(outer: Block, inner: Block): boolean {
  return inner.first >= outer.first && inner.first + inner.size <= outer.first + outer.size;
}

export function overlap(one: Block, other: Block): boolean {
  return one.first < other.first + other.size && other.first < one.first + one.size;
}
