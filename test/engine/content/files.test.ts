// What trees of files hold beside bytes, and what must never come of restoring one.
import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import type { CapturedEntry } from '../../../engine/src/host/content/content';
import { partName, pathOf } from '../../../engine/src/host/content/file-names';
import { FileTree, recoveryFolder } from '../../../engine/src/host/content/file-tree';
import { fileSubject, lookAt } from './file-subject';
import { captured, restorable } from './memory-store';

const ORDER = { metadata: {}, restoreJobId: 'job-1' };
const AT = Date.parse('2027-01-05T05:12:00Z');
const RECOVERY = 'aws-backup-restore_2027-01-05T05-12-00-000Z';
const EFS = { 'file-system-id': 'fs-1', newFileSystem: 'true' };

let subject: ReturnType<typeof fileSubject>;
let folder: string;
let content: FileTree;

beforeEach(() => {
  subject = fileSubject();
  ({ folder, content } = subject);
});

afterEach(() => subject.end());

function write(name: string, bytes: string | Uint8Array = name): string {
  const file = path.join(folder, name);
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, bytes);
  return file;
}

async function restore(metadata: Record<string, string> = {}, at = AT): Promise<FileTree> {
  return content.restore(restorable(await captured(content)), { ...ORDER, metadata, at });
}

function namesIn(tree: string): string[] {
  return Object.keys(lookAt(tree))
    .slice(1)
    .map((name) => name.slice(1));
}

/** An entry that nobody captured. */
function forged(name: string, about: object = {}): CapturedEntry {
  const known = { kind: name.endsWith('/') ? 'folder' : 'file', mode: 0o755, uid: 0, gid: 0, mtimeNs: '0' };
  return { name, about: { ...known, ...about }, sizeBytes: 0, bytes: async function* () {} };
}

async function* these(...entries: CapturedEntry[]): AsyncIterable<CapturedEntry> {
  yield* entries;
}

test('holes of a file stay holes, and zeros that were written stay written', async () => {
  const holes = write('holes', '');
  const opened = fs.openSync(holes, 'w');
  fs.writeSync(opened, Buffer.alloc(4096, 1), 0, 4096, 20 * 1024 * 1024);
  fs.ftruncateSync(opened, 40 * 1024 * 1024);
  fs.closeSync(opened);
  write('zeros', Buffer.alloc(1024 * 1024));
  const restored = await restore();
  const blocksOf = (tree: string, name: string) => fs.statSync(path.join(tree, name)).blocks * 512;
  expect(fs.statSync(path.join(restored.folder, 'holes')).size).toBe(40 * 1024 * 1024);
  expect(blocksOf(restored.folder, 'holes')).toBeLessThanOrEqual(blocksOf(folder, 'holes'));
  expect(blocksOf(restored.folder, 'zeros')).toBeGreaterThanOrEqual(1024 * 1024);
  expect(lookAt(restored.folder)).toEqual(lookAt(folder));
});

test('times are captured to the nanosecond, and restored to the microsecond, before 1970 to the millisecond', async () => {
  execFileSync('touch', ['-d', '2026-11-26T12:00:00.123456789Z', write('now')]);
  execFileSync('touch', ['-d', '1969-07-20T20:17:40.5Z', write('then')]);
  const { entries } = await captured(content);
  const times = entries.map(({ name, about }) => [name, about['mtimeNs']]);
  expect(times.slice(1)).toEqual([
    ['/now', '1795694400123456789'],
    ['/then', '-14182939500000000'],
  ]);
  const { folder: made } = await restore();
  const timeOf = (name: string) => fs.statSync(path.join(made, name), { bigint: true }).mtimeNs;
  expect([timeOf('now'), timeOf('then')]).toEqual([1_795_694_400_123_456_000n, -14_182_939_500_000_000n]);
});

test('pipes and sockets are named and left out', async () => {
  execFileSync('mkfifo', [path.join(folder, 'pipe')]);
  write('file');
  const { entries } = await captured(content);
  const left = [{ name: '/pipe', reason: 'a pipe holds no bytes that a backup could keep' }];
  expect(entries.map(({ name }) => name)).toEqual(['/', '/file', '/pipe']);
  expect(content.leftOut).toEqual(left);
  const restored = await restore();
  expect([namesIn(restored.folder), restored.leftOut]).toEqual([['file'], left]);
});

test.each([
  ['/../x'],
  ['/a/../../x'],
  ['/./x'],
  ['//x'],
  ['/a%2Fb'],
  ['/%00'],
  ['/%41'],
  ['/%2e'],
  ['x'],
  [''],
  ['/\0'],
])('an entry with the name %j is refused: no restore leaves its folder', async (name) => {
  expect(() => pathOf(Buffer.from('/folder'), name)).toThrow('is no name of a file in a tree');
  const before = fs.readdirSync(path.dirname(folder)).sort();
  const entries = these(forged('/'), forged('/a/'), forged(name));
  await expect(content.restore(entries, ORDER)).rejects.toThrow(/is no name|is in no folder/);
  expect(fs.readdirSync(path.dirname(folder)).sort()).toEqual(before);
  expect(subject.leftovers()).toBe(0);
});

test('an entry does not go through a link, nor into a folder that was left, nor over what is there', async () => {
  const link = { ...forged('/link', { kind: 'symlink' }), bytes: async function* () { yield Buffer.from('/tmp'); } }; // prettier-ignore
  await expect(content.restore(these(forged('/'), link, forged('/link/x')), ORDER)).rejects.toThrow('in no folder');
  const left = these(forged('/'), forged('/a/'), forged('/b'), forged('/a/x'));
  await expect(content.restore(left, ORDER)).rejects.toThrow('in no folder');
  await expect(content.restore(these(forged('/'), forged('/a'), forged('/a')), ORDER)).rejects.toThrow('EEXIST');
  await expect(content.restore(these(forged('/x')), ORDER)).rejects.toThrow('in no folder');
  expect(subject.leftovers()).toBe(0);
});

test('bytes of names that are no text, or look like an escape, come back as they were', () => {
  const parts = [[0xff], [0x61, 0xc3], [0xed, 0xa0, 0x80], [0x25, 0x34, 0x31], [0x0a]].map((one) => Buffer.from(one));
  expect(parts.map(partName)).toEqual(['%FF', 'a%C3', '%ED%A0%80', '%2541', '\n']);
  for (const part of parts) {
    expect(pathOf(Buffer.from('/f'), `/${partName(part)}`)).toEqual(Buffer.concat([Buffer.from('/f/'), part]));
  }
});

test('a restore of EFS goes to a folder of its own in the root, be the file system new or not (B8/3, B8/7)', async () => {
  write('a/b', 'backed up');
  const capture = await captured(content);
  const order = { ...ORDER, metadata: EFS, at: AT };
  const restored = await content.restore(restorable(capture), order);
  expect(fs.readdirSync(restored.folder)).toEqual([RECOVERY]);
  expect(lookAt(path.join(restored.folder, RECOVERY))).toEqual(lookAt(folder));
  write('a/b', 'newer');
  await content.merge(restored, order);
  expect(namesIn(folder)).toEqual(['a', 'a/b', RECOVERY, `${RECOVERY}/a`, `${RECOVERY}/a/b`]);
  expect(fs.readFileSync(path.join(folder, 'a/b'), 'utf8')).toBe('newer');
  expect(fs.readFileSync(path.join(folder, RECOVERY, 'a/b'), 'utf8')).toBe('backed up');
  await expect(content.merge(restored, order)).rejects.toThrow('each restore has a folder of its own');
  expect(recoveryFolder(ORDER)).toBe('aws-backup-restore_job-1');
});

test('items are restored with the folders that they are in, and with bytes that stand under another name (B8/7)', async () => {
  write('a/first');
  ['a/x', 'b/deep/file', 'b/deep2', 'c/second', 'c/third'].forEach((name) => write(name));
  fs.linkSync(path.join(folder, 'a/first'), path.join(folder, 'c/second-link'));
  const ItemsToRestore = JSON.stringify(['/b/deep', 'c/second-link', '/c/third/']);
  const restored = await restore({ ...EFS, ItemsToRestore });
  const made = path.join(restored.folder, RECOVERY);
  expect(namesIn(made)).toEqual(['b', 'b/deep', 'b/deep/file', 'c', 'c/second-link', 'c/third']);
  expect(fs.readFileSync(path.join(made, 'c/second-link'), 'utf8')).toBe('a/first');
  expect(fs.readdirSync(path.dirname(restored.folder))).toEqual(['files']);
  await expect(restore({ ...EFS, ItemsToRestore: '["/b","/none"]' })).rejects.toThrow('the backup has no /none');
  await expect(restore({ ...EFS, ItemsToRestore: '/b' })).rejects.toThrow();
  await expect(restore({ ...EFS, ItemsToRestore: '{}' })).rejects.toThrow('must be a JSON list of paths, got {}');
});

test('what did not change since the last capture is neither copied nor read', async () => {
  write('a');
  write('b');
  const base = await captured(content);
  write('b', 'other');
  const copy = jest.spyOn(fs.promises, 'open');
  const next = await captured(content, base);
  expect(next.read).toEqual(['/b']);
  expect(copy.mock.calls.map(([file]) => path.basename(String(file))).filter((name) => name === 'a')).toEqual([]);
  copy.mockRestore();
});

test('a tree that changes all the time is not captured: the error says so', async () => {
  const file = write('log');
  const real = fs.promises.open;
  let writes = 0;
  // Somebody writes whenever it is about to be copied.
  const spy = jest.spyOn(fs.promises, 'open').mockImplementation((...given) => {
    if (String(given[0]) === file) {
      fs.appendFileSync(file, `${writes++}`);
    }
    return real(...given);
  });
  await expect(captured(content)).rejects.toThrow('changed during each of 20 walks: there is no instant to capture');
  spy.mockRestore();
  expect(writes).toBe(20);
  expect(subject.leftovers()).toBe(0);
});

test('only a folder is a tree of files', async () => {
  const file = write('file');
  await expect(captured(new FileTree(file))).rejects.toThrow('is no folder');
  await expect(captured(new FileTree(path.join(folder, 'none')))).rejects.toThrow('ENOENT');
});
