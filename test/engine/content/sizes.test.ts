// What backups of real bytes take, beside what the rules for resources without any predict.
import { createCipheriv } from 'node:crypto';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { changedBytes } from '../../../engine/src/domain/snapshot';
import { NULL_VERSION, StoredObjects } from '../../../engine/src/domain/stored-objects';
import { BlockImage } from '../../../engine/src/host/content/block-image';
import { Body } from '../../../engine/src/domain/bodies';
import { BucketContent } from '../../../engine/src/host/content/bucket-content';
import type { Content } from '../../../engine/src/host/content/content';
import { FileTree } from '../../../engine/src/host/content/file-tree';
import { EXTENT_BYTES } from '../../../engine/src/host/content/image-view';
import { ChunkStore } from '../../../engine/src/host/content/store/chunk-store';
import { DAY } from '../../../engine/src/kernel/instant';
import { temporaryFolder } from '../../support/synth';

const MIB = 1024 * 1024;
const PERCENT = 10;
/** What files and objects there are. */
const PARTS = 100;
const PART_BYTES = 150_000;

interface Changing {
  readonly content: Content;
  /** 10 % of it become something else, another tenth each day. */
  change(day: number): Promise<void>;
}

/** Bytes that nothing else has. */
function fresh(seed: number, length: number): Buffer {
  const cipher = createCipheriv('aes-128-ctr', Buffer.alloc(16, seed), Buffer.alloc(16, seed >>> 8));
  return cipher.update(Buffer.alloc(length));
}

async function disk(sizeBytes: number, change: (image: BlockImage, day: number) => Promise<void>): Promise<Changing> {
  const image = await BlockImage.create(path.join(temporaryFolder('disk'), 'disk.img'), sizeBytes);
  await image.write(0, fresh(1, sizeBytes));
  return { content: image, change: (day) => change(image, day) };
}

async function files(): Promise<Changing> {
  const folder = temporaryFolder('files');
  const write = (part: number, seed: number) => fs.writeFileSync(path.join(folder, `${part}`), fresh(seed, PART_BYTES));
  parts().forEach((part) => write(part, part));
  return {
    content: new FileTree(folder),
    change: async (day) => parts(day).forEach((part) => write(part, 1000 + part)),
  };
}

async function bucket(): Promise<Changing> {
  const objects = new StoredObjects();
  const put = (part: number, seed: number) => {
    const bytes = fresh(seed, PART_BYTES);
    const known = { deleteMarker: false, sizeBytes: bytes.length, headers: {}, metadata: {}, tags: {} };
    const made = { checksum: undefined, partSizes: undefined, etag: `${seed}`, createdAt: seed };
    objects.put({ key: `${part}`, versionId: NULL_VERSION, ...known, ...made, body: Body.inMemory(bytes) });
  };
  parts().forEach((part) => put(part, part));
  return {
    content: new BucketContent({ objects }),
    change: async (day) => parts(day).forEach((part) => put(part, 1000 + part)),
  };
}

/** Those of a day, or all. */
function parts(day?: number): number[] {
  const first = day === undefined ? 0 : (day * PARTS * PERCENT) / 100;
  const count = day === undefined ? PARTS : (PARTS * PERCENT) / 100;
  return Array.from({ length: count }, (_, index) => first + index);
}

/** It begins and ends within an extent. */
const RUN_BYTES = (64 * MIB * PERCENT) / 100;

const ROWS: readonly [string, () => Promise<Changing>][] = [
  ['EFS, whole files', files],
  ['S3, objects', bucket],
  ['EBS, one run', () => disk(64 * MIB, (image, day) => image.write(day * 7_000_001, fresh(1000 + day, RUN_BYTES)))],
  [
    'EBS, extents here and there',
    () =>
      disk(32 * MIB, async (image, day) => {
        for (let extent = day; extent < 64; extent += 10) {
          await image.write(extent * EXTENT_BYTES, fresh(1000 + extent, EXTENT_BYTES));
        }
      }),
  ],
];

test.each(ROWS)('%s: backups are as large as the rules predict, within 10 % (B4.4/1)', async (_, make) => {
  const { content, change } = await make();
  const store = await ChunkStore.open(temporaryFolder('store'));
  const scope = { key: 'key', place: 'vault' };
  const full = await store.write(content.capture(), { scope, label: 'day 0' });
  expect([full.sizeBytes, full.changedBytes]).toEqual([await content.sizeBytes(), full.sizeBytes]);
  let base = full.id;
  for (let day = 1; day <= 2; day++) {
    await change(day);
    const next = await store.write(content.capture(), { scope, label: `day ${day}`, base });
    const predicted = changedBytes(full.sizeBytes, PERCENT, 0, DAY);
    expect(next.sizeBytes).toBe(full.sizeBytes);
    expect(next.changedBytes / predicted).toBeGreaterThan(0.9);
    expect(next.changedBytes / predicted).toBeLessThan(1.1);
    base = next.id;
  }
  await store.close();
});
