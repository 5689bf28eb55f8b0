// What is read of disks, and what instances say of theirs.
import * as fs from 'node:fs';
import * as path from 'node:path';
import { BlockImage } from '../../../engine/src/host/content/block-image';
import { EXTENT_BYTES } from '../../../engine/src/host/content/image-view';
import { InstanceImages, VssWriter } from '../../../engine/src/host/content/instance-images';
import { GIB } from '../../../engine/src/domain/snapshot';
import { temporaryFolder } from '../../support/synth';
import { captured, restorable } from './memory-store';
import { bytesFrom, drawFrom } from './suite';

const ORDER = { metadata: {}, restoreJobId: 'job-1' };
const EXTENTS = 33;
const DISK_BYTES = EXTENTS * EXTENT_BYTES;

let folder: string;
let image: BlockImage;

beforeEach(async () => {
  folder = temporaryFolder('images');
  image = await BlockImage.create(path.join(folder, 'disk.img'), DISK_BYTES, { workFolder: folder });
});

/** Bytes that are read of the image while something is done. */
async function readDuring(use: () => Promise<unknown>): Promise<number> {
  const probe = await fs.promises.open(image.file, 'r');
  const handle = Object.getPrototypeOf(probe) as { read: (...given: unknown[]) => Promise<{ bytesRead: number }> };
  await probe.close();
  const real = handle.read;
  let total = 0;
  const spy = jest.spyOn(handle, 'read').mockImplementation(async function (this: unknown, ...given: unknown[]) {
    const done = await real.apply(this, given);
    total += done.bytesRead;
    return done;
  });
  await use();
  spy.mockRestore();
  return total;
}

test('a disk that nobody wrote is not read again, and one that was written by 3 % is read by 3 %', async () => {
  for (let extent = 0; extent < EXTENTS; extent++) {
    await image.write(extent * EXTENT_BYTES, bytesFrom(drawFrom(extent), 1000));
  }
  const base = await captured(image);
  expect(base.entries).toHaveLength(1 + EXTENTS);
  expect(await readDuring(() => captured(image, base))).toBe(0);
  await image.write(7 * EXTENT_BYTES, Buffer.alloc(EXTENT_BYTES, 7));
  let next = base;
  const read = await readDuring(async () => (next = await captured(image, base)));
  expect(next.read).toEqual(['extent-000000380000']);
  // Once for what it is, and once for what it holds.
  expect(read).toBe(2 * EXTENT_BYTES);
});

test('what another process wrote is found, and nothing else is stored again', async () => {
  await image.write(0, Buffer.alloc(2 * EXTENT_BYTES, 1));
  const base = await captured(image);
  fs.writeSync(fs.openSync(image.file, 'r+'), Buffer.from('x'), 0, 1, EXTENT_BYTES + 5);
  expect((await captured(image, base)).read).toEqual(['extent-000000080000']);
  // So does an image that was opened anew.
  const anew = new BlockImage(image.file, { workFolder: folder });
  expect((await captured(anew, base)).read).toEqual(['extent-000000080000']);
});

test('extents of zeros are left out, also when they held something before', async () => {
  await image.write(0, Buffer.alloc(3 * EXTENT_BYTES, 1));
  await captured(image);
  await image.write(EXTENT_BYTES, Buffer.alloc(EXTENT_BYTES));
  const capture = await captured(image);
  expect(capture.entries.map(({ name }) => name)).toEqual(['disk', 'extent-000000000000', 'extent-000000100000']);
  const restored = await image.restore(restorable(capture), ORDER);
  expect(await restored.read(0, 3 * EXTENT_BYTES)).toEqual(await image.read(0, 3 * EXTENT_BYTES));
  expect(fs.statSync(restored.file).blocks * 512).toBeLessThanOrEqual(2 * EXTENT_BYTES + 65_536);
  expect(fs.statSync(restored.file).size).toBe(DISK_BYTES);
});

test('reads and writes end where the disk does', async () => {
  await image.write(DISK_BYTES - 1, Buffer.from('x'));
  expect((await image.read(DISK_BYTES - 1, 1)).toString()).toBe('x');
  await expect(image.write(DISK_BYTES, Buffer.from('x'))).rejects.toThrow('beyond its end');
  await expect(image.read(DISK_BYTES - 1, 2)).rejects.toThrow('beyond its end');
  await expect(image.write(-1, Buffer.from('x'))).rejects.toThrow('beyond its end');
});

test('a volume may be restored larger, and is never smaller (B8/7)', async () => {
  const capture = await captured(image);
  const larger = await image.restore(restorable(capture), { ...ORDER, metadata: { volumeSize: '1' } });
  expect(fs.statSync(larger.file).size).toBe(GIB);
  await image.write(0, Buffer.from('x'));
  const grown = path.join(folder, 'grown.img');
  const large = await BlockImage.create(grown, 2 * GIB, { workFolder: folder });
  const kept = await large.restore(restorable(await captured(large)), { ...ORDER, metadata: { volumeSize: '1' } });
  expect(fs.statSync(kept.file).size).toBe(2 * GIB);
  await Promise.all([larger.close(), kept.close()]);
});

test('entries that are no disk are refused, and leave nothing', async () => {
  const before = fs.readdirSync(folder);
  const bytes = async function* () {};
  const entry = (name: string, about: object) => ({ name, about: { ...about }, sizeBytes: 10, bytes });
  const refused = (...entries: ReturnType<typeof entry>[]) =>
    image.restore((async function* () { yield* entries; })(), ORDER); // prettier-ignore
  await expect(refused()).rejects.toThrow('the backup has no disk');
  await expect(refused(entry('extent-0', { offset: 0 }))).rejects.toThrow('is no extent of the disk');
  const disk = entry('disk', { sizeBytes: 100 });
  await expect(refused(disk, entry('extent-5f', { offset: 95 }))).rejects.toThrow('is no extent of the disk');
  await expect(refused(disk, entry('other', { offset: 0 }))).rejects.toThrow('is no extent of the disk');
  expect(fs.readdirSync(folder)).toEqual(before);
});

test.each<[string, VssWriter | undefined, object | undefined, string, string[]]>([
  ['without VSS', undefined, { WindowsVSS: 'enabled' }, 'crash', []],
  ['with VSS', vss(true), { WindowsVSS: 'enabled' }, 'application', ['freeze', 'thaw']],
  ['with VSS that fails', vss(false), { WindowsVSS: 'enabled' }, 'crash', ['freeze']],
  ['with VSS that is disabled', vss(true), { WindowsVSS: 'disabled' }, 'crash', []],
  ['with VSS that nobody asks for', vss(true), undefined, 'crash', []],
])('an instance %s: what its backup is consistent for', async (_, writer, options, consistency, calls) => {
  const made = new InstanceImages({ '/dev/xvda': image }, '/dev/xvda', writer && { vss: writer });
  const { entries } = await captured(made, undefined, undefined, { ...options });
  expect(entries[0]?.about).toEqual({ root: '/dev/xvda', consistency });
  expect((writer as { calls?: string[] } | undefined)?.calls ?? []).toEqual(calls);
});

function vss(works: boolean): VssWriter & { calls: string[] } {
  const calls: string[] = [];
  return {
    calls,
    freeze: async () => {
      calls.push('freeze');
      if (!works) {
        throw new Error('ec2-vss-agent.exe is not installed');
      }
    },
    thaw: async () => {
      calls.push('thaw');
    },
  };
}

test('an instance starts from one of its volumes', () => {
  expect(() => new InstanceImages({ '/dev/sda': image }, '/dev/xvda')).toThrow(
    '/dev/xvda is none of the volumes /dev/sda',
  );
});
