// Snapshots that somebody writes block by block: what each holds, and how far it is.
import { createHash } from 'node:crypto';
import { SNAPSHOT_BLOCK_BYTES } from '../../../engine/src/domain/content-orders';
import { WrittenBlocks } from '../../../engine/src/domain/written-blocks';
import { MINUTE } from '../../../engine/src/kernel/instant';

const sum = (...parts: Uint8Array[]) => createHash('sha256').update(Buffer.concat(parts)).digest();

function begun(parent?: WrittenBlocks, sizeBytes = 10 * SNAPSHOT_BLOCK_BYTES): WrittenBlocks {
  return new WrittenBlocks(parent?.lineage ?? 'snap-1', sizeBytes, 0, 60, parent);
}

function write(blocks: WrittenBlocks, number: number, text: string, at = 0): void {
  const bytes = Buffer.from(text);
  blocks.write(number, bytes, sum(bytes).toString('base64'), at);
}

async function heldBy(blocks: WrittenBlocks): Promise<[number, string][]> {
  return Promise.all(
    blocks
      .numbers()
      .map(async (one): Promise<[number, string]> => [one, Buffer.from(await blocks.extent(one)).toString()]),
  );
}

test('a snapshot has the blocks of the one that it begins with, but for those that were written again', async () => {
  const first = begun();
  write(first, 9, 'nine');
  write(first, 2, 'two');
  const second = begun(first);
  write(second, 2, 'another two');
  write(second, 4, 'four');
  write(second, 4, 'another four');
  expect(await heldBy(second)).toEqual([
    [2, 'another two'],
    [4, 'another four'],
    [9, 'nine'],
  ]);
  expect(await heldBy(first)).toEqual([
    [2, 'two'],
    [9, 'nine'],
  ]);
  expect([first.count, second.count]).toEqual([2, 2]);
  expect((await second.extent(3)).length).toBe(0);
});

test('the checksum is that of the checksums of its own blocks in the order of their numbers', () => {
  const first = begun();
  write(first, 1, 'x');
  const second = begun(first);
  write(second, 10, 'ten');
  write(second, 9, 'nine');
  const expected = sum(sum(Buffer.from('nine')), sum(Buffer.from('ten'))).toString('base64');
  expect(second.checksum()).toBe(expected);
});

test('it waits an hour for each next block, and is what it was sealed as from then on', () => {
  const hour = 60 * MINUTE;
  const blocks = begun();
  expect([blocks.stateAt(hour - 1), blocks.stateAt(hour)]).toEqual(['pending', 'error']);
  write(blocks, 0, 'zero', hour - 1);
  expect([blocks.stateAt(2 * hour - 2), blocks.stateAt(2 * hour - 1)]).toEqual(['pending', 'error']);
  blocks.seal('completed');
  expect(blocks.stateAt(10 * hour)).toBe('completed');
});

// prettier-ignore
test.each<[number: number, sizeBytes: number, within: boolean]>([
  [-1,   10 * SNAPSHOT_BLOCK_BYTES,      false],
  [0,    10 * SNAPSHOT_BLOCK_BYTES,      true],
  [0.5,  10 * SNAPSHOT_BLOCK_BYTES,      false],
  [9,    10 * SNAPSHOT_BLOCK_BYTES,      true],
  [10,   10 * SNAPSHOT_BLOCK_BYTES,      false],
  [10,   10 * SNAPSHOT_BLOCK_BYTES + 1,  true],
])('block %d of %d bytes is within the volume: %p', (number, sizeBytes, within) => {
  expect(begun(undefined, sizeBytes).has(number)).toBe(within);
});
