// Digests of bytes that come piece by piece, and of parts that stand one behind the other.
import * as zlib from 'node:zlib';
import { digestFor, digestOf, joinedCrc } from '../../../engine/src/kernel/digests';

const NINE = Buffer.from('123456789');

// Source: CRC catalogue, check values; RFC 1321 and FIPS 180-4 by node:crypto.
test.each([
  ['CRC32', Buffer.from('cbf43926', 'hex').toString('base64')],
  ['CRC32C', Buffer.from('e3069283', 'hex').toString('base64')],
  ['MD5', 'JfnnlDI7RTiF9RgfG2JNCw=='],
])('%s of pieces is that of the whole', (algorithm, expected) => {
  expect(digestOf(algorithm, [NINE])).toBe(expected);
  expect(
    digestOf(
      algorithm,
      [...NINE].map((byte) => Buffer.from([byte])),
    ),
  ).toBe(expected);
});

test('an algorithm that we do not have has no digest', () => {
  expect([digestFor('CRC64NVME'), digestOf('XXHASH3', [NINE]), joinedCrc('SHA256', [])]).toEqual([
    ...[undefined, undefined, undefined],
  ]);
});

test.each(['CRC32', 'CRC32C'])('%s of parts comes to that of the whole, however it was parted', (algorithm) => {
  const whole = zlib.deflateRawSync(Buffer.alloc(100_000, 'some text that is long'), { level: 0 });
  for (const cuts of [[0], [1], [whole.length], [10, 10, 5000], [7, 65536, 99_999]]) {
    const parts = [...cuts, whole.length].map((to, index) => whole.subarray(index === 0 ? 0 : cuts[index - 1], to));
    const known = parts.map((part) => ({ value: digestOf(algorithm, [part]) ?? '', sizeBytes: part.length }));
    expect(joinedCrc(algorithm, known)).toBe(digestOf(algorithm, [whole]));
  }
});
