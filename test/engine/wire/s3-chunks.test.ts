// Bodies in chunks, wherever the pieces that come are cut.
import { ChunkReader } from '../../../engine/src/wire/s3-chunks';

const SENT = Buffer.from('5;chunk-signature=ab\r\nhello\r\n3\r\n\r\n!\r\n0\r\nx-amz-checksum-crc32: AAAA\r\n\r\n');

function read(pieces: readonly Buffer[]): { reader: ChunkReader; body: string } {
  const reader = new ChunkReader();
  const body = pieces.flatMap((piece) => [...reader.read(piece)].map((bytes) => Buffer.from(bytes)));
  return { reader, body: Buffer.concat(body).toString() };
}

test.each([1, 2, 3, 7, SENT.length])('are read alike in pieces of %i bytes', (size) => {
  const count = Math.ceil(SENT.length / size);
  const { reader, body } = read(
    Array.from({ length: count }, (_, index) => SENT.subarray(index * size, (index + 1) * size)),
  );
  expect([body, reader.isWhole, reader.trailers]).toEqual(['hello\r\n!', true, { 'x-amz-checksum-crc32': 'AAAA' }]);
});

test.each([
  ['that end early', SENT.subarray(0, 30)],
  ['without the last', Buffer.from('5\r\nhello\r\n')],
  ['of another size than they say', Buffer.from('4\r\nhello\r\n0\r\n\r\n')],
  ['whose size is no number', Buffer.from('xyz\r\nhello\r\n0\r\n\r\n')],
  [
    'whose line has no end',
    Buffer.concat([Buffer.from('5;'), Buffer.alloc(20_000, 'x'), Buffer.from('\r\nhello\r\n0\r\n\r\n')]),
  ],
  ['of nothing', Buffer.alloc(0)],
])('%s are not whole', (_, sent) => {
  expect(read([sent]).reader.isWhole).toBe(false);
});
