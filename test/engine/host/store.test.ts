// Data folders: what is refused stays as it was, and what was kept comes back.
import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import * as fc from 'fast-check';
import type { CommandJson } from '../../../engine/src/host/command';
import { FIRST, MAGIC, writeRecord } from '../../../engine/src/host/journal-file';
import { ServedWorlds } from '../../../engine/src/host/served-worlds';
import { Store } from '../../../engine/src/host/store';
import { temporaryFolder } from '../../support/synth';

const OPTIONS = {
  env: { partition: 'aws', account: '111111111111', region: 'eu-central-1' },
  start: Date.UTC(2027, 0, 1),
  seed: 1,
};
const HEAD = { version: '0.1.0', options: OPTIONS };

function commandOf(name: string): CommandJson {
  return { request: { method: 'PUT', path: `/${name}`, headers: {} }, status: 200 };
}

/** Opens a folder; what was kept comes back as `<world> <path>`. */
async function open(folder: string, head: object = HEAD): Promise<{ store: Store; kept: string[] }> {
  const kept: string[] = [];
  const store = await Store.open(folder, head as typeof HEAD);
  const again = async (world: string, { request }: CommandJson) => void kept.push(`${world} ${request?.path}`);
  await store.replay(again, (fault) => {
    throw fault;
  });
  return { store, kept };
}

function keep(store: Store, world: string, name: string, status = 200): Promise<void> {
  return store.keep(world, {
    request: { method: 'PUT', path: name, query: {}, headers: {}, body: Buffer.from(name) },
    status,
  });
}

/** A folder with three records. */
async function filled(): Promise<string> {
  const folder = path.join(temporaryFolder('store'), 'd');
  const { store } = await open(folder);
  await Promise.all([keep(store, 'a', '/1'), keep(store, 'b', '/2'), keep(store, 'a', '/3')]);
  await store.close();
  return folder;
}

function bytesOf(folder: string): Record<string, string> {
  const names = fs.readdirSync(folder).sort();
  return Object.fromEntries(names.map((name) => [name, fs.readFileSync(path.join(folder, name)).toString('hex')]));
}

/** A folder whose journal is these bytes. */
function folderOf(journal: Buffer): string {
  const folder = temporaryFolder('store');
  fs.writeFileSync(path.join(folder, 'journal'), journal);
  return folder;
}

async function refusal(folder: string, head: object = HEAD): Promise<string> {
  const before = fs.statSync(folder).isDirectory() ? bytesOf(folder) : {};
  const fault = (await open(folder, head).catch((one: unknown) => one)) as Error;
  expect(fault).toBeInstanceOf(Error);
  expect(fault.message.startsWith(folder)).toBe(true);
  expect(fs.statSync(folder).isDirectory() ? bytesOf(folder) : {}).toEqual(before);
  return fault.message.slice(folder.length);
}

test('what was kept comes back in its order, and more can be kept', async () => {
  const folder = await filled();
  const { store, kept } = await open(folder);
  expect(kept).toEqual(['a /1', 'b /2', 'a /3']);
  await keep(store, 'b', '/4');
  expect(await store.commandsOf('b')).toMatchObject([
    { request: { path: '/2' } },
    { request: { path: '/4', body: '/4' } },
  ]);
  await store.close();
  const again = await open(folder);
  expect(again.kept).toEqual(['a /1', 'b /2', 'a /3', 'b /4']);
  await again.store.close();
});

test('of a World that was reset or deleted nothing before comes back', async () => {
  const folder = await filled();
  const { store } = await open(folder);
  await keep(store, 'a', '/_holdfast/reset');
  await keep(store, 'a', '/_holdfast/snapshot', 400);
  await store.forget('b');
  await keep(store, 'c', '/5');
  await store.forget('c');
  await keep(store, 'c', '/6');
  expect(await store.commandsOf('a')).toHaveLength(2);
  expect(await store.commandsOf('b')).toEqual([]);
  await store.close();
  const again = await open(folder);
  expect(again.kept).toEqual(['a /_holdfast/reset', 'a /_holdfast/snapshot', 'c /6']);
  await again.store.close();
});

test('a journal that is mostly of Worlds that are gone is written anew', async () => {
  const folder = await filled();
  const { store } = await open(folder);
  const large = 'x'.repeat(600_000);
  await Promise.all([keep(store, 'gone', `/${large}`), keep(store, 'gone', `/${large}`)]);
  await store.forget('gone');
  await store.close();
  const journal = path.join(folder, 'journal');
  expect(fs.statSync(journal).size).toBeGreaterThan(1_200_000);
  const again = await open(folder);
  expect([again.kept, fs.statSync(journal).size < 2000]).toEqual([['a /1', 'b /2', 'a /3'], true]);
  await keep(again.store, 'a', '/4');
  await again.store.close();
  const last = await open(folder);
  expect(last.kept).toEqual(['a /1', 'b /2', 'a /3', 'a /4']);
  await last.store.close();
});

test('two servers cannot have one folder', async () => {
  const folder = await filled();
  const first = await open(folder);
  expect(await refusal(folder)).toBe(' is in use by another server');
  await first.store.close();
  const second = await open(folder);
  await second.store.close();
});

test('a journal that is cut off anywhere is refused', async () => {
  const whole = fs.readFileSync(path.join(await filled(), 'journal'));
  const last = whole.lastIndexOf(Buffer.from('}\n'));
  // Behind the last record there is nothing but zeros, of which one is enough.
  for (const length of [last + 3, whole.length - 1]) {
    const { store, kept } = await open(folderOf(whole.subarray(0, length)));
    expect(kept).toHaveLength(3);
    await store.close();
  }
  for (let length = 0; length < last + 3; length += 7) {
    expect(await refusal(folderOf(whole.subarray(0, length)))).toMatch(/cut off|no journal of Holdfast|became shorter/);
  }
});

test('a journal of which any bit is another is refused', async () => {
  const whole = fs.readFileSync(path.join(await filled(), 'journal'));
  const last = whole.lastIndexOf(Buffer.from('}\n')) + 2;
  await fc.assert(
    fc.asyncProperty(fc.nat(last - 1), fc.nat(7), async (at, bit) => {
      const damaged = Buffer.from(whole);
      damaged[at] = (damaged[at] ?? 0) ^ (1 << bit);
      expect(await refusal(folderOf(damaged))).toMatch(/damaged|cut off|no journal of Holdfast|is newer than/);
    }),
    { numRuns: 300 },
  );
});

test.each(Array.from({ length: 32 }, (_, bit) => bit))(
  'a last record is not taken for one that was never acknowledged when bit %i of its length is another',
  async (bit) => {
    const whole = fs.readFileSync(path.join(await filled(), 'journal'));
    const last = whole.lastIndexOf(Buffer.from('}\n')) + 2;
    const text = whole.subarray(0, last).lastIndexOf(Buffer.from('{"world"'));
    // Before the text stand its length and 16 bytes of the hash.
    const at = text - 20 + (bit >> 3);
    const damaged = Buffer.from(whole);
    damaged[at] = (damaged[at] ?? 0) ^ (1 << (bit & 7));
    expect(await refusal(folderOf(damaged))).toMatch(/damaged|cut off/);
  },
);

test('a record that was not written to its end was never acknowledged, and goes; what comes then is kept', async () => {
  const whole = fs.readFileSync(path.join(await filled(), 'journal'));
  const last = whole.lastIndexOf(Buffer.from('}\n')) + 2;
  const text = JSON.stringify({ world: 'a', ...commandOf('4') });
  // Its hash does not fit, but that is never asked before its end is there.
  const { bytes } = writeRecord(Buffer.from(text), FIRST);
  for (let written = 1; written < bytes.length; written += 23) {
    const torn = Buffer.from(whole);
    bytes.copy(torn, last, 0, written);
    const folder = folderOf(torn);
    const first = await open(folder);
    expect(first.kept).toHaveLength(3);
    await keep(first.store, 'b', '/5');
    await first.store.close();
    const second = await open(folder);
    expect(second.kept).toEqual(['a /1', 'b /2', 'a /3', 'b /5']);
    await second.store.close();
  }
});

test('a folder that is none of ours is refused', async () => {
  const folder = temporaryFolder('store');
  fs.writeFileSync(path.join(folder, 'notes.txt'), 'mine');
  expect(await refusal(folder)).toBe(' holds notes.txt, and no journal of Holdfast');
  fs.writeFileSync(path.join(folder, 'photo.jpg'), 'mine');
  expect(await refusal(folder)).toBe(' holds notes.txt and 1 more, and no journal of Holdfast');
  expect(await refusal(path.join(folder, 'notes.txt'))).toBe(' is no folder');
  expect(await refusal(folderOf(Buffer.from('{"some":"log"}\n')))).toBe(': its file journal is no journal of Holdfast');
  const other = writeRecord(Buffer.from('{"any":1}'), FIRST).bytes;
  const headless = Buffer.concat([Buffer.from(MAGIC), other, Buffer.alloc(1)]);
  expect(await refusal(folderOf(headless))).toBe(
    ': its journal cannot be read: it does not say which Holdfast wrote it',
  );
});

test('what is kept is for the user alone, as requests hold passwords', async () => {
  const folder = await filled();
  const modes = [folder, path.join(folder, 'journal')].map((file) => (fs.statSync(file).mode & 0o777).toString(8));
  expect(modes).toEqual(process.platform === 'win32' ? expect.anything() : ['700', '600']);
});

test('a folder whose lock is damaged is refused', async () => {
  const folder = await filled();
  fs.rmSync(path.join(folder, 'lock.mdb'));
  fs.mkdirSync(path.join(folder, 'lock.mdb'));
  const fault = (await open(folder).catch((one: unknown) => one)) as Error;
  expect(fault.message).toContain(`${folder} cannot be locked: `);
});

test('a folder of a newer Holdfast, a newer format or another World is refused', async () => {
  const folder = await filled();
  expect(await refusal(folder, { ...HEAD, version: '0.0.9' })).toBe(
    ' was written by Holdfast 0.1.0, and this is 0.0.9',
  );
  expect(await refusal(folder, { ...HEAD, options: { ...OPTIONS, seed: 2 } })).toBe(
    ' was begun with seed 1, and this server has 2',
  );
  const format = Buffer.from('holdfast journal 2\nwhatever follows');
  expect(await refusal(folderOf(format))).toBe(': its format 2 is newer than 1, which Holdfast 0.1.0 has');
});

test('a newer Holdfast goes on with a folder, which is its own from then on', async () => {
  const folder = await filled();
  const newer = await open(folder, { ...HEAD, version: '0.2.0' });
  expect(newer.kept).toHaveLength(3);
  await newer.store.close();
  expect(await refusal(folder)).toBe(' was written by Holdfast 0.2.0, and this is 0.1.0');
});

test('a folder whose commands come to something else is refused, with the command', async () => {
  const folder = await filled();
  const before = bytesOf(folder);
  const worlds = new ServedWorlds({ ...OPTIONS, version: '0.1.0' });
  const store = await Store.open(folder, HEAD);
  const replayed = store.replay(
    (world, command) => worlds.again(world, command),
    () => undefined,
  );
  await expect(replayed).rejects.toThrow(
    `${folder}: record 1, by Holdfast 0.1.0: PUT /1 was answered 200 then, and 400 now`,
  );
  expect(bytesOf(folder)['journal']).toBe(before['journal']);
  const next = await open(folder);
  await next.store.close();
});

test('a journal that is no file is refused, and nothing waits for it', async () => {
  const folder = temporaryFolder('store');
  execFileSync('mkfifo', [path.join(folder, 'journal')]);
  await expect(open(folder)).rejects.toThrow(`${folder}: its journal is no file`);
});

test('what somebody else put into a folder stays, and what nobody needs of ours goes', async () => {
  const folder = await filled();
  const ours = '0a1b2c3d-0000-4000-8000-00000000000a';
  const kept = [
    'bodies/notes.txt',
    'content/a/mine/b',
    'content/a/notes.txt',
    'content/notes.txt',
    'databases/..x/b/c',
  ];
  const gone = [`bodies/${ours}`, `content/a/${ours}/b`, 'content/a/first/b', `databases/b/${ours}/c`];
  for (const file of [...kept, ...gone].map((name) => path.join(folder, name))) {
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, 'theirs');
  }
  const { store } = await open(folder);
  await store.dropOthers(new Map([['a', ours.replace('0a', '0b')]]));
  await store.bodies.keepOnly(new Set());
  await store.close();
  const there = (name: string) => fs.existsSync(path.join(folder, name));
  expect([kept.filter(there), gone.filter(there)]).toEqual([kept, []]);
});
