import * as fs from 'node:fs';
import * as path from 'node:path';
import * as fc from 'fast-check';
import { ChunkStore } from '../../../engine/src/host/content/store/chunk-store';
import { asIfKilled, filesOf, flip, newFolder, packBytesOf, SMALL, VAULT } from './store-content';
import { Chance, Life } from './store-steps';

const FRAME = /^(catalog-[ab]|keys\/\d+\.key)$/;
const seeds = fc.integer({ min: 0, max: 2 ** 31 - 1 });

async function withFolder(use: (folder: string) => Promise<void>): Promise<void> {
  const folder = newFolder();
  try {
    await use(folder);
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
}

/** What the captures that a store has take in a folder that never had others. */
async function bytesAnew(store: ChunkStore, life: Life, scopes: ReadonlyMap<string, number>): Promise<number> {
  let bytes = 0;
  await withFolder(async (folder) => {
    const fresh = await ChunkStore.open(folder, SMALL);
    for (const id of life.live.keys()) {
      const place = `vault-${scopes.get(id)}`;
      await fresh.write(store.read(id), { scope: { ...VAULT, place }, label: id });
    }
    bytes = packBytesOf(folder);
    await fresh.close();
  });
  return bytes;
}

test('whatever happens to a store, each capture reads back as it was, and its space is given back with it', async () => {
  await fc.assert(
    fc.asyncProperty(seeds, fc.integer({ min: 1, max: 25 }), (seed, steps) =>
      withFolder(async (folder) => {
        const life = new Life(seed);
        const chance = new Chance(seed + 1);
        let store = await ChunkStore.open(folder, SMALL);
        for (let step = 0; step < steps; step++) {
          await life.next(store);
          if (chance.below(6) === 0) {
            await store.close();
            store = await ChunkStore.open(folder, SMALL);
          }
        }
        expect(await life.faults(store)).toEqual(new Map());
        expect(await store.verify()).toEqual([]);
        const { captures, sizeBytes } = await store.figures();
        const known = [...life.live.values()];
        expect(captures).toBe(known.length);
        expect(sizeBytes).toBe(known.reduce((sum, { sizeBytes: bytes }) => sum + bytes, 0));
        // At most a fifth of each pack is dead; rows of versions and of copies differ a little from rows anew.
        const scopes = new Map([...life.live].map(([id, { scope }]) => [id, scope]));
        expect(packBytesOf(folder)).toBeLessThan((await bytesAnew(store, life, scopes)) * 1.25 * 1.1 + 4000);
        await store.release([...life.live.keys()]);
        expect(filesOf(folder).filter((file) => !FRAME.test(file))).toEqual([]);
        await store.close();
      }),
    ),
    { numRuns: 20 },
  );
});

test('killed at any instant, a store opens with every capture that it acknowledged, and nothing left over', async () => {
  await fc.assert(
    fc.asyncProperty(seeds, (seed) =>
      withFolder(async (folder) => {
        const chance = new Chance(seed + 2);
        const images: { copy: string; acknowledged: ReadonlySet<string> }[] = [];
        const life: Life = new Life(seed, () => {
          if (chance.below(8) === 0 && images.length < 6) {
            images.push({ copy: asIfKilled(folder), acknowledged: new Set(life.live.keys()) });
          }
        });
        const store = await ChunkStore.open(folder, SMALL);
        const digests = new Map<string, string>();
        for (let step = 0; step < 12; step++) {
          await life.next(store);
          life.live.forEach(({ digest }, id) => digests.set(id, digest));
        }
        await store.close();
        for (const { copy, acknowledged } of images) {
          tear(copy, folder, chance);
          await lookAtImage(copy, acknowledged, digests);
          fs.rmSync(copy, { recursive: true });
        }
      }),
    ),
    { numRuns: 8 },
  );
});

/** What was being written when a process was killed may be there in part: the end of the pack that grew, of the catalog. */
function tear(image: string, later: string, chance: Chance): void {
  for (const file of filesOf(later)) {
    const [now, then] = [path.join(later, file), path.join(image, file)];
    const had = fs.existsSync(then) ? fs.readFileSync(then) : Buffer.alloc(0);
    const has = fs.readFileSync(now);
    const grew = has.length > had.length && has.subarray(0, had.length).equals(had);
    if (grew && (file.startsWith('packs') || file === 'catalog-a') && chance.below(2) === 0) {
      const part = chance.below(Math.min(has.length - had.length, file.startsWith('packs') ? 1e9 : 60));
      fs.appendFileSync(then, has.subarray(had.length, had.length + part));
    }
  }
}

async function lookAtImage(copy: string, ids: ReadonlySet<string>, digests: ReadonlyMap<string, string>) {
  const store = await ChunkStore.open(copy, SMALL);
  const life = new Life(0);
  ids.forEach((id) => life.live.set(id, { scope: 0, digest: digests.get(id) as string, sizeBytes: 0 }));
  expect(await life.faults(store)).toEqual(new Map());
  expect(await store.verify()).toEqual([]);
  expect(filesOf(copy).filter((file) => !FRAME.test(file) && !/^packs\/\d+\.pack$/.test(file))).toEqual([]);
  await store.release([...ids]);
  const { captures, chunks } = await store.figures();
  expect([captures, chunks, packBytesOf(copy)]).toEqual([0, 0, 0]);
  await store.close();
}

test('a byte that changes or an end that is missing is told with the captures that it harms, and harms no other', async () => {
  let harming = 0;
  let harmless = 0;
  await fc.assert(
    fc.asyncProperty(seeds, fc.boolean(), fc.boolean(), (seed, whileOpen, cutOff) =>
      withFolder(async (folder) => {
        const life = new Life(seed);
        const chance = new Chance(seed + 3);
        let store = await ChunkStore.open(folder, SMALL);
        for (let step = 0; step < 8; step++) {
          await life.next(store);
        }
        const files = filesOf(folder);
        const file = files[chance.below(files.length)] as string;
        const size = fs.statSync(path.join(folder, file)).size;
        if (!whileOpen) {
          await store.close();
        }
        const at = chance.below(size);
        if (cutOff && file.startsWith('packs')) {
          fs.truncateSync(path.join(folder, file), at);
        } else {
          flip(path.join(folder, file), at, 1 << chance.below(8));
        }
        if (!whileOpen) {
          store = await ChunkStore.open(folder, SMALL);
        }
        const damages = await store.verify();
        const harmed = [...new Set(damages.flatMap(({ harmed: ids }) => ids))].sort();
        const faults = await life.faults(store);
        expect([...faults.keys()].sort()).toEqual(harmed);
        [...faults.values()].forEach((fault) => expect(fault).toMatch(/^StoredContentFault: /));
        if (!file.startsWith('packs')) {
          expect(damages).toEqual([expect.objectContaining({ harmed: [] })]);
          expect(damages[0]?.where).toContain(file);
        }
        harming += harmed.length > 0 ? 1 : 0;
        harmless += damages.length > 0 && harmed.length === 0 ? 1 : 0;
        // What is built on what is damaged is whole all the same.
        const before = new Set(life.live.keys());
        for (let step = 0; step < 4; step++) {
          await life.next(store).catch((fault: Error) => expect(fault.constructor.name).toBe('StoredContentFault'));
        }
        const after = await life.faults(store);
        expect([...after.keys()].filter((id) => !before.has(id) || !faults.has(id))).toEqual([]);
        await store.release([...life.live.keys()]);
        expect(packBytesOf(folder)).toBe(0);
        await store.close();
      }),
    ),
    { numRuns: 40 },
  );
  expect(harming).toBeGreaterThan(15);
  expect(harmless).toBeGreaterThan(5);
});
