// Files within images of disks: file systems made by e2fsprogs, read back from captures of them.
import * as fc from 'fast-check';
import { createHash } from 'node:crypto';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { BlockImage } from '../../../engine/src/host/content/block-image';
import { type BlockFile, listFiles, readableFiles, readFile } from '../../../engine/src/host/content/block-files';
import { canMakeExt, debugfs, type ExtForm, filesOf, makeExt, withGpt, withMbr } from '../../support/ext-image';
import { temporaryFolder } from '../../support/synth';
import { type Capture, captured, restorable } from './memory-store';
import { bytesFrom, drawFrom } from './suite';

/** A file system of ext4 with 64 inline bytes an inode, made by `mke2fs -t ext4 -O inline_data` and zipped. */
const FIXTURE = path.join(__dirname, '../../fixtures/disks/ext4.img.gz');

const made = canMakeExt();
const testMade = made ? test : test.skip;

let folder: string;
let tree: string;

beforeEach(() => {
  folder = temporaryFolder('block-files');
  tree = path.join(folder, 'tree');
  fs.mkdirSync(tree);
});

async function captureOf(disk: Buffer): Promise<Capture> {
  const file = path.join(folder, 'disk.img');
  fs.writeFileSync(file, disk);
  return captured(new BlockImage(file, { workFolder: folder }));
}

function build(form: ExtForm, sizeKiB = 8192): Buffer {
  const image = path.join(folder, `${form.type}.img`);
  makeExt(image, sizeKiB, tree, form);
  return fs.readFileSync(image);
}

function put(name: string, bytes: Buffer | string): void {
  const file = path.join(tree, name);
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, bytes);
}

async function listed(disk: Buffer): Promise<BlockFile[]> {
  const files: BlockFile[] = [];
  for await (const file of listFiles(restorable(await captureOf(disk)))) {
    files.push(file);
  }
  return files;
}

async function all(bytes: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  for await (const piece of bytes) {
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}

/** Digests of the bytes of all files, by path. */
async function heldBy(disk: Buffer): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  for await (const file of readableFiles(restorable(await captureOf(disk)))) {
    const bytes = await all(file.bytes());
    expect(bytes).toHaveLength(file.sizeBytes);
    found.set(file.filePath, digestOf(bytes));
  }
  return found;
}

function digestOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

function digests(files: Map<string, Buffer>): Map<string, string> {
  return new Map([...files].map(([name, bytes]) => [name, digestOf(bytes)]));
}

test('the files of a file system are listed and read, wherever e2fsprogs are', async () => {
  const disk = gunzipSync(fs.readFileSync(FIXTURE));
  expect(await listed(disk)).toEqual([
    {
      filePath: '/etc/app.conf',
      fileSystemIdentifier: '8d1e3c5a-0f2b-4d6e-9a7c-112233445566',
      sizeBytes: 12,
      createdAt: expect.any(Number),
      modifiedAt: Date.parse('2027-01-02T03:04:05.000Z'),
    },
    expect.objectContaining({ filePath: '/etc/inline.txt', sizeBytes: 120 }),
    expect.objectContaining({ filePath: '/var/log/app.log', sizeBytes: 20_000 }),
  ]);
  const capture = await captureOf(disk);
  expect((await all(readFile(restorable(capture), { filePath: '/etc/app.conf' }))).toString()).toBe('port = 8080\n');
  expect((await all(readFile(restorable(capture), { filePath: '/etc/inline.txt' }))).toString()).toBe(
    '0123456789'.repeat(12),
  );
  const log = await all(readFile(restorable(capture), { filePath: '/var/log/app.log' }));
  expect(log.equals(Buffer.alloc(20_000, 'line\n'))).toBe(true);
});

test('a file that is not there, or not on the file system that is asked for, is an error that names it', async () => {
  const capture = await captureOf(gunzipSync(fs.readFileSync(FIXTURE)));
  await expect(all(readFile(restorable(capture), { filePath: '/etc' }))).rejects.toThrow(
    '/etc is no file of the backup',
  );
  const other = { filePath: '/etc/app.conf', fileSystemIdentifier: '00000000-0000-0000-0000-000000000000' };
  await expect(all(readFile(restorable(capture), other))).rejects.toThrow('/etc/app.conf is no file of the backup');
});

const FORMS: readonly ExtForm[] = [
  { type: 'ext2' },
  { type: 'ext2', options: ['-b', '1024', '-O', '^resize_inode,^sparse_super,^filetype', '-I', '128'] },
  { type: 'ext3' },
  { type: 'ext4' },
  { type: 'ext4', options: ['-b', '1024', '-O', '^64bit'] },
  { type: 'ext4', options: ['-O', 'inline_data', '-I', '256'] },
  { type: 'ext4', options: ['-O', '^extents,^flex_bg,^64bit'] },
  { type: 'ext4', options: ['-O', 'bigalloc,metadata_csum_seed', '-C', '8192'] },
];

describe.each(FORMS)('$type $options', (form) => {
  testMade('the bytes of every file are what was written, holes and all', async () => {
    put('empty', '');
    put('small', 'x');
    put('inline', bytesFrom(drawFrom(1), 130));
    put('deep/er/and/deeper/file', 'at the bottom');
    put('name with spaces, ünïcode and "quotes"', 'y');
    // Beyond 12 blocks, beyond 12 + 256 of 1 KiB, and beyond one extent of 512 KiB.
    put('middle', bytesFrom(drawFrom(2), 20_000));
    put('large', bytesFrom(drawFrom(3), 1_500_000));
    for (let index = 0; index < 300; index++) {
      put(`many/${'long-name-'.repeat(4)}${index}`, `${index}`);
    }
    // With inline data, mke2fs 1.47.0 writes a wrong size of a file with holes.
    if (!(form.options ?? []).includes('inline_data')) {
      const sparse = fs.openSync(path.join(tree, 'sparse'), 'w');
      fs.writeSync(sparse, 'begin', 0);
      fs.writeSync(sparse, 'end', 3_000_000);
      fs.ftruncateSync(sparse, 3_500_000);
      fs.closeSync(sparse);
    }
    fs.symlinkSync('small', path.join(tree, 'link'));
    expect(await heldBy(build(form, 16_384))).toEqual(digests(filesOf(tree)));
  });
});

testMade('random trees of files come back as they were', async () => {
  const names = fc.stringMatching(/^[a-z0-9äß_-]{1,12}$/);
  const paths = fc.array(names, { minLength: 1, maxLength: 4 }).map((parts) => parts.join('/'));
  const files = fc.uniqueArray(fc.tuple(paths, fc.nat(200_000), fc.nat()), {
    maxLength: 12,
    selector: ([name]) => name,
  });
  await fc.assert(
    fc.asyncProperty(files, fc.constantFrom(...FORMS), async (given, form) => {
      fs.rmSync(tree, { recursive: true });
      fs.mkdirSync(tree);
      for (const [name, length, seed] of given) {
        const within = given.some(
          ([other]) => other !== name && (`${name}/`.startsWith(`${other}/`) || `${other}/`.startsWith(`${name}/`)),
        );
        if (!within) {
          put(name, bytesFrom(drawFrom(seed), length));
        }
      }
      expect(await heldBy(build(form))).toEqual(digests(filesOf(tree)));
    }),
    { numRuns: 12 },
  );
});

testMade('a file that is deleted is gone, and one that is written anew has its new bytes', async () => {
  put('kept', 'kept');
  put('lost', 'lost');
  build({ type: 'ext4' });
  const image = path.join(folder, 'ext4.img');
  const fresh = path.join(folder, 'fresh');
  fs.writeFileSync(fresh, 'fresh');
  debugfs(image, 'rm lost');
  debugfs(image, `write ${fresh} new`);
  const found = await heldBy(fs.readFileSync(image));
  expect([...found.keys()]).toEqual(['/kept', '/new']);
  expect(found.get('/new')).toBe(digestOf(Buffer.from('fresh')));
});

testMade('file systems in partitions of an MBR, logical ones too, and of a GPT are found', async () => {
  put('a', 'first');
  const first = build({ type: 'ext4' }, 2048);
  fs.renameSync(path.join(tree, 'a'), path.join(tree, 'b'));
  const second = build({ type: 'ext2' }, 1024);
  const swap = Buffer.alloc(1024 * 1024);
  swap.write('SWAPSPACE2', 4086, 'latin1');
  const both = ['/a', '/b'];
  const pathsOf = async (disk: Buffer) => (await listed(disk)).map(({ filePath }) => filePath);
  const [linux, other] = [0x83, 0x82];
  expect(
    await pathsOf(
      withMbr([
        { kind: linux, bytes: first },
        { kind: linux, bytes: second },
      ]),
    ),
  ).toEqual(both);
  expect(
    await pathsOf(
      withMbr([
        { kind: other, bytes: swap },
        { kind: other, bytes: swap },
        { kind: linux, bytes: first },
        { kind: other, bytes: swap },
        { kind: linux, bytes: second },
      ]),
    ),
  ).toEqual(both);
  expect(await pathsOf(withGpt([swap, first, second]))).toEqual(both);
  expect(await pathsOf(withGpt([first, swap, second], 4096))).toEqual(both);
  const ids = new Set((await listed(withGpt([first, second]))).map(({ fileSystemIdentifier }) => fileSystemIdentifier));
  expect(ids.size).toBe(2);
});

const marked = (at: number, mark: string) => {
  const disk = Buffer.alloc(1024 * 1024);
  disk.write(mark, at, 'latin1');
  return disk;
};

test.each([
  ['an empty disk', Buffer.alloc(1024 * 1024), 'the disk has no file system that is known'],
  ['XFS', marked(0, 'XFSB'), 'the disk has xfs'],
  ['NTFS in a partition', withGpt([marked(3, 'NTFS    ')]), 'partition 1 has NTFS'],
  ['a table without partitions', withGpt([]), 'it has a table of partitions and none in it'],
])('fails for %s, and says what is there', async (_what, disk, reason) => {
  await expect(listed(disk)).rejects.toThrow(`only files of ext2, ext3 and ext4 can be read: ${reason}`);
});

test('fails for a journal that was not played back, and for features that are not known', async () => {
  const disk = gunzipSync(fs.readFileSync(FIXTURE));
  const features = disk.readUInt32LE(1024 + 96);
  disk.writeUInt32LE(features | 0x4, 1024 + 96);
  await expect(listed(disk)).rejects.toThrow('its journal was not played back');
  disk.writeUInt32LE((features | 0x40000000) >>> 0, 1024 + 96);
  await expect(listed(disk)).rejects.toThrow('features that are not known: 0x40000000');
});

test('a disk that is damaged anywhere is listed or refused, and nothing else', async () => {
  const disk = gunzipSync(fs.readFileSync(FIXTURE));
  await fc.assert(
    fc.asyncProperty(fc.nat(disk.length - 5), fc.nat(0xffffffff), async (at, word) => {
      const damaged = Buffer.from(disk);
      damaged.writeUInt32LE(word, at < 70_000 ? at : at % 70_000);
      const entries = restorable(await captureOf(damaged));
      try {
        for await (const file of readableFiles(entries)) {
          if (file.sizeBytes < 10_000_000) {
            await all(file.bytes());
          }
        }
      } catch (fault) {
        expect(fault).toHaveProperty('constructor.name', 'UnreadableDisk');
      }
    }),
    { numRuns: 150 },
  );
});
