import * as fs from 'node:fs';
import * as path from 'node:path';
import { StoredContentFault } from '../../../engine/src/host/content/content-store';
import { ChunkStore } from '../../../engine/src/host/content/store/chunk-store';
import {
  asIfKilled,
  digestOf,
  entriesOf,
  filesOf,
  flip,
  held,
  Held,
  Kept,
  newFolder,
  packBytesOf,
  randomBytesOf,
  readWhole,
  SMALL,
  textOf,
  VAULT,
} from './store-content';

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

const TWO: Held = held({ a: randomBytesOf('a', 9000), b: textOf('b', 5000) });
const NEVER = {
  [Symbol.asyncIterator]: () => {
    throw new Error('nothing is to be read');
  },
};

async function again(): Promise<void> {
  await store.close();
  store = await ChunkStore.open(folder, SMALL);
}

test('a capture reads back as it was, in this process and the next', async () => {
  const content = held({
    empty: Buffer.alloc(0),
    small: Buffer.from('x'),
    'ä/ü': textOf('t', 300),
    z: randomBytesOf('z', 30_000),
  });
  const { id, ...sizes } = await store.write(entriesOf(content), { scope: VAULT, label: 'job-1' });
  expect(sizes).toEqual({ sizeBytes: 30_301, changedBytes: 30_301 });
  expect(digestOf(await readWhole(store, id))).toBe(digestOf(content));
  await again();
  expect(digestOf(await readWhole(store, id))).toBe(digestOf(content));
});

test('a label is answered once: what it stored is not read again, be it released or of a process before', async () => {
  const first = await store.write(entriesOf(TWO), { scope: VAULT, label: 'job-1' });
  expect(await store.write(NEVER, { scope: VAULT, label: 'job-1' })).toEqual(first);
  await store.release([first.id]);
  await again();
  expect(await store.write(NEVER, { scope: VAULT, label: 'job-1' })).toEqual(first);
  expect(await store.copy('unknown', { scope: VAULT, label: 'job-1' })).toEqual(first);
  await expect(readWhole(store, first.id)).rejects.toThrow(new StoredContentFault('capture c1 is released'));
});

test('what nobody asked for again since the store was opened can be forgotten: its bytes go, and its label is free', async () => {
  const other = held({ x: randomBytesOf('x', 9000) });
  const first = await store.write(entriesOf(TWO), { scope: VAULT, label: 'job-1' });
  const cutOff = await store.write(entriesOf(other), { scope: VAULT, label: 'job-2' });
  const released = await store.write(entriesOf(other), { scope: VAULT, label: 'job-3' });
  await store.release([released.id]);
  const before = packBytesOf(folder);
  await again();
  expect(await store.write(NEVER, { scope: VAULT, label: 'job-1' })).toEqual(first);
  await store.forgetUnasked();
  expect(packBytesOf(folder)).toBeLessThan(before - 8000);
  await expect(readWhole(store, cutOff.id)).rejects.toThrow(new StoredContentFault('capture c2 is released'));
  const after = held({ y: textOf('y', 4000) });
  const anew = await store.write(entriesOf(after), { scope: VAULT, label: 'job-2' });
  expect([anew.id, anew.sizeBytes]).toEqual(['c4', 4000]);
  await again();
  expect(await store.write(NEVER, { scope: VAULT, label: 'job-2' })).toEqual(anew);
  expect(await store.write(NEVER, { scope: VAULT, label: 'job-1' })).toEqual(first);
  await store.forgetUnasked();
  expect(digestOf(await readWhole(store, first.id))).toBe(digestOf(TWO));
  expect(digestOf(await readWhole(store, anew.id))).toBe(digestOf(after));
});

test('an entry of the version of the base is not read again; of another what the base has of it does not count', async () => {
  const big = randomBytesOf('big', 40_000);
  const before = new Map<string, Kept>([
    ['changed', { about: { mode: 1 }, version: '1', bytes: big }],
    ['same', { about: { mode: 1 }, version: '1', bytes: randomBytesOf('same', 20_000) }],
  ]);
  const base = await store.write(entriesOf(before), { scope: VAULT, label: 'job-1' });
  const put = Buffer.concat([big.subarray(0, 20_000), randomBytesOf('new', 100), big.subarray(20_000)]);
  const after = new Map<string, Kept>([
    ['changed', { about: { mode: 1 }, version: '2', bytes: put }],
    ['new', { about: {}, bytes: Buffer.from('1234') }],
    ['same', { about: { mode: 2 }, version: '1', bytes: Buffer.alloc(20_000) }],
  ]);
  const read: string[] = [];
  const next = await store.write(
    entriesOf(after, (name) => read.push(name)),
    { scope: VAULT, label: 'job-2', base: base.id },
  );
  expect(read).toEqual(['changed', 'new']);
  expect(next.sizeBytes).toBe(60_104);
  expect(next.changedBytes).toBeGreaterThan(104);
  expect(next.changedBytes).toBeLessThan(104 + 2 * SMALL.chunks.mostBytes);
  after.set('same', { about: { mode: 2 }, version: '1', bytes: randomBytesOf('same', 20_000) });
  expect(digestOf(await readWhole(store, next.id))).toBe(digestOf(after));
});

test('what is changed follows from content and base alone, not from what else is stored', async () => {
  const other = await store.write(entriesOf(held({ x: randomBytesOf('x', 9000) })), { scope: VAULT, label: 'job-0' });
  const base = await store.write(entriesOf(TWO), { scope: VAULT, label: 'job-1' });
  const order = { scope: VAULT, label: 'job-2', base: base.id };
  const next = await store.write(entriesOf(held({ ...bytesOf(TWO), x: randomBytesOf('x', 9000) })), order);
  expect([other.changedBytes, next.changedBytes]).toEqual([9000, 9000]);
});

function bytesOf(content: Held): Record<string, Buffer> {
  return Object.fromEntries([...content].map(([name, { bytes }]) => [name, bytes]));
}

test('captures of one scope share chunks, those of two do not; after the last release the folder is as when it was made', async () => {
  const frame = filesOf(folder);
  const first = await store.write(entriesOf(TWO), { scope: VAULT, label: 'job-1' });
  const once = packBytesOf(folder);
  const second = await store.write(entriesOf(TWO), { scope: VAULT, label: 'job-2' });
  expect(packBytesOf(folder)).toBe(once);
  const other = await store.copy(first.id, { scope: { key: 'key-1', place: 'vault-2' }, label: 'copy-1' });
  // The rows of a copy say what they were copied from.
  expect(packBytesOf(folder) / once).toBeCloseTo(2, 1);
  expect(await store.figures()).toMatchObject({ captures: 3, sizeBytes: 42_000 });
  await store.release([first.id, other.id]);
  expect(packBytesOf(folder)).toBe(once);
  expect(digestOf(await readWhole(store, second.id))).toBe(digestOf(TWO));
  await store.release([second.id, first.id, 'unknown']);
  expect(await store.figures()).toMatchObject({ captures: 0, chunks: 0, sizeBytes: 0, uniqueBytes: 0 });
  expect(filesOf(folder)).toEqual([...frame, 'keys/1.key'].sort());
});

test('a copy onto a copy of the capture before reads only what changed', async () => {
  const there = { key: 'key-2', place: 'vault-2' };
  const before = await store.write(entriesOf(TWO), { scope: VAULT, label: 'job-1' });
  const copied = await store.copy(before.id, { scope: there, label: 'copy-1' });
  const changed = held({ ...bytesOf(TWO), b: textOf('other', 5000) });
  const after = await store.write(entriesOf(changed), { scope: VAULT, label: 'job-2', base: before.id });
  // Were a read again, it would not be copied.
  const inA = await firstPackByteOf('a', after.id);
  flip(path.join(folder, inA.file), inA.at);
  const next = await store.copy(after.id, { scope: there, label: 'copy-2', base: copied.id });
  expect(next).toMatchObject({ sizeBytes: 14_000, changedBytes: 5000 });
  expect(digestOf(await readWhole(store, next.id))).toBe(digestOf(changed));
  await expect(store.copy(after.id, { scope: there, label: 'copy-3' })).rejects.toThrow(StoredContentFault);
});

/** Where a byte stands that the entry needs: found by damaging each pack in a copy of the folder. */
async function firstPackByteOf(name: string, id: string): Promise<{ readonly file: string; readonly at: number }> {
  for (const file of filesOf(folder).filter((each) => each.startsWith('packs'))) {
    for (let at = 100; at < fs.statSync(path.join(folder, file)).size; at += 200) {
      const copy = asIfKilled(folder);
      flip(path.join(copy, file), at);
      const other = await ChunkStore.open(copy, SMALL);
      const bad: string[] = [];
      for await (const entry of other.read(id)) {
        try {
          for await (const piece of entry.bytes()) {
            void piece;
          }
        } catch {
          bad.push(entry.name);
        }
      }
      await other.close();
      fs.rmSync(copy, { recursive: true });
      if (bad.length === 1 && bad[0] === name) {
        return { file, at };
      }
    }
  }
  throw new Error(`no byte of ${name} found`);
}

test('fails for entries out of order or of another length, and leaves nothing behind', async () => {
  const kept = await store.write(entriesOf(TWO), { scope: VAULT, label: 'job-1' });
  const before = { files: filesOf(folder), bytes: packBytesOf(folder), figures: await store.figures() };
  async function* disordered() {
    yield* entriesOf(held({ b: randomBytesOf('new', 30_000) }));
    yield* entriesOf(held({ a: randomBytesOf('new', 300) }));
  }
  async function* short() {
    for await (const entry of entriesOf(held({ a: randomBytesOf('new', 30_000) }))) {
      yield { ...entry, sizeBytes: 30_001 };
    }
  }
  async function* broken() {
    yield* entriesOf(held({ a: randomBytesOf('new', 30_000) }));
    throw new Error('the driver has no more');
  }
  const order = { scope: VAULT, label: 'job-2', base: kept.id };
  await expect(store.write(disordered(), order)).rejects.toThrow('entry a comes after b, which is not in order');
  await expect(store.write(short(), order)).rejects.toThrow('entry a has 30001 bytes by its size, got 30000');
  await expect(store.write(broken(), order)).rejects.toThrow('the driver has no more');
  await expect(store.write(entriesOf(TWO), { ...order, scope: { ...VAULT, place: 'v' } })).rejects.toThrow(
    'job-2: its base c1 is in another scope than key-1 in v',
  );
  expect({ files: filesOf(folder), bytes: packBytesOf(folder) }).toEqual({ files: before.files, bytes: before.bytes });
  expect(await store.figures()).toMatchObject({ captures: 1, chunks: before.figures.chunks });
  expect(await store.write(entriesOf(TWO), order)).toMatchObject({ id: 'c2', changedBytes: 0 });
});

test('many small entries are few files', async () => {
  const many = held(Object.fromEntries(Array.from({ length: 1000 }, (_, n) => [`f${n}`, randomBytesOf(`f${n}`, 300)])));
  const other = await ChunkStore.open(path.join(folder, '..', `${path.basename(folder)}-many`), { durable: false });
  const { id } = await other.write(entriesOf(many), { scope: VAULT, label: 'job-1' });
  expect(digestOf(await readWhole(other, id))).toBe(digestOf(many));
  await other.close();
  expect(filesOf(`${folder}-many`)).toEqual(['catalog-a', 'catalog-b', 'keys/1.key', 'packs/00000001.pack']);
  fs.rmSync(`${folder}-many`, { recursive: true });
});

test('text is stored compressed, and what is random takes no more than it has', async () => {
  await store.write(entriesOf(held({ t: textOf('t', 200_000) })), { scope: VAULT, label: 'job-1' });
  expect(packBytesOf(folder)).toBeLessThan(120_000);
  const before = packBytesOf(folder);
  await store.write(entriesOf(held({ r: randomBytesOf('r', 200_000) })), { scope: VAULT, label: 'job-2' });
  expect(packBytesOf(folder) - before).toBeLessThan(200_000 * 1.15);
});

test('nothing of content, names or key is on the disk in the clear, and after its key nothing is', async () => {
  const secretName = 'a-name-nobody-may-see';
  const content = held({ [secretName]: randomBytesOf('plain', 5000), tiny: Buffer.from('a small entry in its row') });
  const { id, ...sizes } = await store.write(entriesOf(content), { scope: VAULT, label: 'job-1' });
  const other = await store.copy(id, { scope: { key: 'key-2', place: 'vault-1' }, label: 'copy-1' });
  const secret = fs.readFileSync(path.join(folder, 'keys/1.key')).subarray(0, 32);
  const plain = randomBytesOf('plain', 5000);
  const finds = (what: Buffer) =>
    filesOf(folder).filter((file) => fs.readFileSync(path.join(folder, file)).includes(what));
  expect(finds(secret)).toEqual(['keys/1.key']);
  for (const what of [
    plain.subarray(0, 16),
    plain.subarray(2000, 2016),
    Buffer.from(secretName),
    Buffer.from('small entry'),
  ]) {
    expect(finds(what)).toEqual([]);
  }

  const bytes = packBytesOf(folder);
  await store.destroyKey('key-1');
  expect(finds(secret)).toEqual([]);
  expect(packBytesOf(folder) / bytes).toBeCloseTo(0.5, 1);
  await expect(readWhole(store, id)).rejects.toThrow('capture c1: the material of key key-1 is gone');
  await again();
  await expect(readWhole(store, id)).rejects.toThrow(StoredContentFault);
  await expect(store.copy(id, { scope: { key: 'key-2', place: 'vault-1' }, label: 'copy-2' })).rejects.toThrow(
    StoredContentFault,
  );
  await expect(store.write(entriesOf(content), { scope: VAULT, label: 'job-2' })).rejects.toThrow(
    new StoredContentFault('the material of key key-1 is gone'),
  );
  await expect(store.write(entriesOf(content), { scope: { ...VAULT, place: 'v' }, label: 'job-2' })).rejects.toThrow(
    StoredContentFault,
  );
  expect(await store.write(NEVER, { scope: VAULT, label: 'job-1' })).toEqual({ id, ...sizes });
  expect(await store.verify()).toEqual([]);
  expect(digestOf(await readWhole(store, other.id))).toBe(digestOf(content));
  await store.release([id]);
  expect(await store.figures()).toMatchObject({ captures: 1 });
});

test('a key that is destroyed before anything was stored under it stores nothing', async () => {
  await store.destroyKey('key-1');
  await store.destroyKey('key-1');
  await expect(store.write(entriesOf(TWO), { scope: VAULT, label: 'job-1' })).rejects.toThrow(StoredContentFault);
});

test('calls that overlap come one after the other, and reads go on meanwhile', async () => {
  const { id } = await store.write(entriesOf(TWO), { scope: VAULT, label: 'job-0' });
  const reading = readWhole(store, id);
  const labels = ['job-1', 'job-2', 'job-1', 'job-3'];
  const [one, two, same, three] = await Promise.all(
    labels.map((label) => store.write(entriesOf(held({ a: randomBytesOf(label, 6000) })), { scope: VAULT, label })),
  );
  expect(same).toEqual(one);
  expect(digestOf(await reading)).toBe(digestOf(TWO));
  const entries = store.read(two?.id ?? '');
  const first = await entries.next();
  await Promise.all([store.release([two?.id ?? '']), store.verify()]);
  await expect(async () => {
    for await (const piece of first.value.bytes()) {
      void piece;
    }
  }).rejects.toThrow('capture c3 is released');
  expect(digestOf(await readWhole(store, three?.id ?? ''))).toBe(digestOf(held({ a: randomBytesOf('job-3', 6000) })));
});

test('fails for a folder that another has, that is no store or of a newer version, and leaves it as it is', async () => {
  await expect(ChunkStore.open(folder)).rejects.toThrow(`${folder} is in use by another process`);
  await store.close();
  await expect(store.figures()).rejects.toThrow(`the store in ${folder} is closed`);
  const foreign = path.join(folder, 'packs');
  fs.writeFileSync(path.join(foreign, 'letter.txt'), '');
  await expect(ChunkStore.open(foreign)).rejects.toThrow(`${foreign} holds letter.txt, and is no store of Holdfast's`);
  expect(fs.readdirSync(foreign)).toEqual(['letter.txt']);
  await expect(ChunkStore.open(path.join(foreign, 'letter.txt'))).rejects.toThrow('is no folder');

  const both = ['catalog-a', 'catalog-b'].map((name) => path.join(folder, name));
  const texts = both.map((file) => fs.readFileSync(file));
  both.forEach((file, n) =>
    fs.writeFileSync(file, Buffer.concat([Buffer.from('holdfast content 2\n'), texts[n] as Buffer])),
  );
  await expect(ChunkStore.open(folder)).rejects.toThrow(
    `${folder}: its format 2 is newer than 1, which this Holdfast has`,
  );
  both.forEach((file) => fs.writeFileSync(file, 'something else'));
  await expect(ChunkStore.open(folder)).rejects.toThrow('are not those of a store of Holdfast');
  both.forEach((file, n) => fs.writeFileSync(file, texts[n] as Buffer));
  store = await ChunkStore.open(folder, SMALL);
});
