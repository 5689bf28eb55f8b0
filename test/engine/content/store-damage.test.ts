import * as fs from 'node:fs';
import * as path from 'node:path';
import { ChunkStore } from '../../../engine/src/host/content/store/chunk-store';
import {
  digestOf,
  entriesOf,
  filesOf,
  flip,
  held,
  newFolder,
  randomBytesOf,
  readWhole,
  SMALL,
  VAULT,
} from './store-content';
import { killStores } from './store-kill';

let folder: string;
let store: ChunkStore;

beforeEach(async () => {
  folder = newFolder();
  store = await ChunkStore.open(folder, SMALL);
});

afterEach(async () => {
  await store.close().catch(() => undefined);
  fs.rmSync(folder, { recursive: true });
});

const COMMON = randomBytesOf('common', 3000);
const ONE = held({ common: COMMON, one: randomBytesOf('one', 2000) }, 'v');
const TWO = held({ common: COMMON, two: randomBytesOf('two', 2000) }, 'v');

async function storeBoth(): Promise<[string, string]> {
  const one = await store.write(entriesOf(ONE), { scope: VAULT, label: 'job-1' });
  const two = await store.write(entriesOf(TWO), { scope: VAULT, label: 'job-2', base: one.id });
  return [one.id, two.id];
}

test('no byte of any file changes unnoticed, and each is told with the captures that it harms', async () => {
  await storeBoth();
  const harmed = new Set<string>();
  for (const file of filesOf(folder)) {
    const at = path.join(folder, file);
    for (let byte = 0; byte < fs.statSync(at).size; byte += file.startsWith('packs') ? 23 : 13) {
      const before = fs.readFileSync(at);
      flip(at, byte);
      const found = await store.verify();
      expect([file, byte, found.length]).toEqual([file, byte, 1]);
      expect(found[0]?.where).toContain(file);
      harmed.add(`${file.split('/')[0]}: ${found[0]?.harmed.join(' ')}`);
      fs.writeFileSync(at, before);
    }
  }
  expect([...harmed].sort()).toEqual([
    'catalog-a: ',
    'catalog-b: ',
    'keys: ',
    'packs: c1',
    'packs: c1 c2',
    'packs: c2',
  ]);
  expect(await store.verify()).toEqual([]);
});

test('what is known to be damaged is not relied on: the next capture stores it anew, and mends those before', async () => {
  const [one] = await storeBoth();
  const pack = path.join(folder, 'packs/00000001.pack');
  for (let at = 100; at < fs.statSync(pack).size; at += 400) {
    flip(pack, at);
  }
  const damages = await store.verify();
  expect(damages.length).toBeGreaterThan(3);
  const read: string[] = [];
  const three = await store.write(
    entriesOf(ONE, (name) => read.push(name)),
    { scope: VAULT, label: 'job-3', base: one },
  );
  expect(read).toEqual(['common', 'one']);
  expect(digestOf(await readWhole(store, three.id))).toBe(digestOf(ONE));
  expect(digestOf(await readWhole(store, one))).toBe(digestOf(ONE));
  expect(new Set((await store.verify()).flatMap(({ harmed }) => harmed))).toEqual(new Set(['c2']));
});

test('what a read found damaged is not relied on either', async () => {
  const [one] = await storeBoth();
  await store.close();
  const pack = path.join(folder, 'packs/00000001.pack');
  fs.truncateSync(pack, 1500);
  store = await ChunkStore.open(folder, SMALL);
  await expect(readWhole(store, one)).rejects.toThrow(/^capture c1: .*no pack has it$/);
  const three = await store.write(entriesOf(ONE), { scope: VAULT, label: 'job-3', base: one });
  expect(digestOf(await readWhole(store, three.id))).toBe(digestOf(ONE));
});

test('a key of which both copies are damaged harms what is under it, and nothing of it is thrown away', async () => {
  const [one] = await storeBoth();
  const other = await store.copy(one, { scope: { ...VAULT, key: 'key-2' }, label: 'copy-1' });
  const key = path.join(folder, 'keys/1.key');
  const whole = fs.readFileSync(key);
  flip(key, 3);
  flip(key, 60);
  await store.close();
  store = await ChunkStore.open(folder, SMALL);
  expect(await store.verify()).toEqual([
    { where: 'keys/1.key', reason: 'neither copy of the secret is what was written', harmed: ['c1', 'c2'] },
  ]);
  await expect(readWhole(store, one)).rejects.toThrow('capture c1: the material of key key-1 is gone');
  await store.close();
  fs.writeFileSync(key, whole);
  store = await ChunkStore.open(folder, SMALL);
  expect(digestOf(await readWhole(store, one))).toBe(digestOf(ONE));
  expect(digestOf(await readWhole(store, other.id))).toBe(digestOf(ONE));
});

test('a catalog that is damaged in both files while a process has it is written anew from what it knows', async () => {
  const [one] = await storeBoth();
  const both = ['catalog-a', 'catalog-b'].map((name) => path.join(folder, name));
  both.forEach((file) => flip(file, 60));
  expect((await store.verify()).map(({ harmed }) => harmed)).toEqual([[], []]);
  both.forEach((file) => fs.truncateSync(file, 100));
  expect((await store.verify()).map(({ where }) => where)).toEqual(['catalog-a', 'catalog-b']);
  await store.close();
  store = await ChunkStore.open(folder, SMALL);
  expect(await store.verify()).toEqual([]);
  expect(digestOf(await readWhole(store, one))).toBe(digestOf(ONE));
});

test('a catalog of which both files are damaged at one place is refused, and left as it is', async () => {
  await storeBoth();
  await store.close();
  const both = ['catalog-a', 'catalog-b'].map((name) => path.join(folder, name));
  both.forEach((file) => flip(file, 60));
  const before = both.map((file) => fs.readFileSync(file));
  await expect(ChunkStore.open(folder, SMALL)).rejects.toThrow('catalog-a and catalog-b are both damaged at offset 55');
  expect(both.map((file) => fs.readFileSync(file))).toEqual(before);
});

test('what a process stored is whole after it is killed at any instant, and nothing is left over', async () => {
  const { acknowledged, faults } = await killStores(folder + '-killed', 4, 1);
  expect(faults).toEqual([]);
  expect(acknowledged).toBeGreaterThan(8);
  fs.rmSync(folder + '-killed', { recursive: true });
});
