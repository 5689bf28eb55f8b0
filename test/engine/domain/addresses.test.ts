import fc from 'fast-check';
import { BlockList, isIP } from 'node:net';
import { blockOf, isInRange } from '../../../engine/src/domain/addresses';

// prettier-ignore
test.each<[verdict: boolean, address: string, range: string]>([
  [true,  '10.0.0.0',          '10.0.0.0/8'],
  [true,  '10.255.255.255',    '10.0.0.0/8'],
  [false, '11.0.0.0',          '10.0.0.0/8'],
  [false, '9.255.255.255',     '10.0.0.0/8'],
  [true,  '10.9.8.7',          '10.1.2.3/8'],
  [true,  '203.0.113.9',       '203.0.113.9'],
  [false, '203.0.113.8',       '203.0.113.9'],
  [true,  '203.0.113.9',       '203.0.113.9/32'],
  [true,  '203.0.113.8',       '203.0.113.9/31'],
  [true,  '0.0.0.0',           '255.255.255.255/0'],
  [true,  '2001:db8::1',       '2001:DB8:0::/32'],
  [true,  '2001:db8:ffff:ffff:ffff:ffff:ffff:ffff', '2001:db8::/32'],
  [false, '2001:db9::',        '2001:db8::/32'],
  [true,  '2001:db8:0:0:0:0:0:1', '2001:db8::1'],
  [true,  '1:2:3:4:5:6:7::',   '1:2:3:4:5:6:7:0'],
  [true,  '::2:3:4:5:6:7:8',   '0:2:3:4:5:6:7:8'],
  [true,  '::',                '0:0:0:0:0:0:0:0'],
  [true,  '::ffff:10.1.2.3',   '::ffff:a01:203'],
  [true,  '64:ff9b::192.0.2.33', '64:ff9b::c000:221'],
  [false, '10.1.2.3',          '::ffff:10.1.2.3'],
  [false, '10.1.2.3',          '::/0'],
  [false, '::1',               '0.0.0.0/0'],
])('%p: %s in %s', (verdict, address, range) => {
  expect(isInRange(address, range)).toBe(verdict);
});

test.each([
  ...['', 'ann', '10.0.0', '10.0.0.0.0', '10.0.0.256', '10.0.0.1000', '10.0.0.', '10..0.0', '10.0.0.a', '-1.0.0.0'],
  ...['10.0.0.0/33', '10.0.0.0/', '10.0.0.0/-1', '10.0.0.0/8/8', '10.0.0.0/ 8', '10.0.0.0/8x', '/8', '010.0.0.1'],
  ...[
    '1:2:3:4:5:6:7',
    '1:2:3:4:5:6:7:8:9',
    '1::2::3',
    '1::2:3:4:5:6:7:8',
    ':::',
    '1:2:3:4::5:6:7:8:9',
    '12345::',
    'g::',
    ':1',
    '1:',
  ],
  ...['::/129', '::/1000', '::10.0.0', '::10.0.0.256', '10.0.0.1::', '::1.2.3.4:5', 'fe80::1%eth0'],
])('%p is no block, so that no address is in it and it is in none', (text) => {
  expect(blockOf(text)).toBeUndefined();
  for (const whole of ['0.0.0.0/0', '::/0', text]) {
    expect(isInRange(text, whole)).toBe(false);
  }
  expect(isInRange('10.0.0.1', text)).toBe(false);
});

test('a block is no address', () => {
  expect(isInRange('10.0.0.0/32', '10.0.0.0/8')).toBe(false);
  expect(isInRange('10.0.0.0/8', '10.0.0.0/8')).toBe(false);
});

// Addresses near to each other, so that many fall into the block and many just beside it.
const near = (flipped: number, address: bigint, bits: number) => address ^ (1n << BigInt(flipped % bits));

function written(address: bigint, bits: number): string {
  const [width, separator, radix] = bits === 32 ? [8, '.', 10] : [16, ':', 16];
  const parts = Array.from({ length: bits / width }, (_, index) =>
    ((address >> BigInt(bits - width * (index + 1))) & ((1n << BigInt(width)) - 1n)).toString(radix),
  );
  return parts.join(separator);
}

test.each([
  [4, 32],
  [6, 128],
] as const)('an address of IPv%d is in a block when a firewall of Node.js says so', (version, bits) => {
  const address = fc.bigInt({ min: 1n << BigInt(bits - 4), max: (1n << BigInt(bits)) - 1n });
  fc.assert(
    fc.property(address, fc.nat({ max: bits }), fc.nat({ max: bits - 1 }), (first, prefix, flipped) => {
      const firewall = new BlockList();
      firewall.addSubnet(written(first, bits), prefix, `ipv${version}`);
      const other = written(near(flipped, first, bits), bits);
      expect(isIP(other)).toBe(version);
      expect(isInRange(other, `${written(first, bits)}/${prefix}`)).toBe(firewall.check(other, `ipv${version}`));
    }),
    { numRuns: 200 },
  );
});

test('an address with zeros left out is the same address', () => {
  const word = fc.oneof(
    fc.constant('0'),
    fc.nat({ max: 0xffff }).map((number) => number.toString(16)),
  );
  fc.assert(
    fc.property(
      fc.array(word, { minLength: 8, maxLength: 8 }),
      fc.nat({ max: 7 }),
      fc.nat({ max: 8 }),
      (all, from, to) => {
        const [start, end] = [Math.min(from, to), Math.max(from, to, Math.min(from, to) + 1)];
        const whole = all.map((one, index) => (index >= start && index < end ? '0' : one));
        const short = `${whole.slice(0, start).join(':')}::${whole.slice(end).join(':')}`;
        expect(isInRange(short, whole.join(':'))).toBe(true);
      },
    ),
    { numRuns: 200 },
  );
});
