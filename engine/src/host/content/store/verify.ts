/**
 * Reads everything that a store has, and says what of it is damaged and whom that harms.
 *
 * Owns     nothing.
 */
import type { Damage } from '../content-store';
import type { Capture, Catalog } from './catalog';
import { ID_BYTES, MANIFEST } from './chunk-record';
import { LOST } from './chunk-index';
import { ChunkDamage, Chunks } from './chunks';
import type { Keyring } from './keyring';
import { idsOf } from './manifest';

type LiveCapture = Capture & { readonly roots: Buffer };

/** So many chunks are read before others have their turn. */
const CHUNKS_AT_A_TIME = 16;

export async function verify(catalog: Catalog, chunks: Chunks, keyring: Keyring): Promise<Damage[]> {
  const keys = damagedKeys(catalog, keyring);
  const lost = new Set(keys.flatMap(({ harmed }) => harmed));
  const readable = [...catalog.live()].filter(({ id, scope }) => !lost.has(id) && isKept(catalog, scope));
  const damaged = await damagedChunks(chunks);
  const harmed = harmedBy(chunks, damaged, readable);
  const found = [...damaged].map(([row, { where, reason }]) => ({ where, reason, harmed: harmed.get(row) ?? [] }));
  return [...keys, ...found];
}

function isKept(catalog: Catalog, scope: number): boolean {
  return !catalog.isDestroyed(catalog.scope(scope)?.key ?? 0);
}

function damagedKeys(catalog: Catalog, keyring: Keyring): Damage[] {
  return [...catalog.presentKeys()].flatMap((key): Damage[] => {
    const copies = keyring.damagedCopies(key);
    if (copies.length === 0) {
      return [];
    }
    const whole = copies.length === 2;
    const under = [...catalog.live()].filter(({ scope }) => catalog.scope(scope)?.key === key);
    return [
      {
        where: keyring.nameOf(key),
        reason: whole ? 'neither copy of the secret is what was written' : 'a copy of the secret is damaged',
        harmed: whole ? under.map(({ id }) => id) : [],
      },
    ];
  });
}

interface Found {
  readonly where: string;
  readonly reason: string;
}

async function damagedChunks(chunks: Chunks): Promise<Map<number, Found>> {
  const { index } = chunks;
  const found = new Map<number, Found>();
  let count = 0;
  for (const row of index.rows()) {
    if (!chunks.isReadable(row)) {
      continue;
    }
    const where = chunks.whereOf(row);
    if (index.pack[row] === LOST) {
      found.set(row, { where, reason: 'no pack has it' });
      continue;
    }
    try {
      chunks.readRow(row);
      index.damaged[row] = 0;
    } catch (fault) {
      if (!(fault instanceof ChunkDamage)) {
        throw fault;
      }
      found.set(row, { where, reason: fault.reason });
    }
    if (++count % CHUNKS_AT_A_TIME === 0) {
      await new Promise<void>((resolve) => setImmediate(resolve));
    }
  }
  return found;
}

/** For each damaged chunk the captures that need it. */
function harmedBy(
  chunks: Chunks,
  damaged: ReadonlyMap<number, Found>,
  captures: readonly LiveCapture[],
): Map<number, string[]> {
  const harmed = new Map<number, string[]>();
  if (damaged.size === 0) {
    return harmed;
  }
  const within = new Map<number, ReadonlySet<number>>();
  for (const { id, roots } of captures) {
    const rows = new Set<number>();
    for (let at = 0; at < roots.length; at += ID_BYTES) {
      const root = chunks.index.find(roots, at);
      const inRoot = within.get(root) ?? damagedIn(chunks, damaged, root);
      within.set(root, inRoot);
      inRoot.forEach((row) => rows.add(row));
    }
    rows.forEach((row) => harmed.set(row, [...(harmed.get(row) ?? []), id]));
  }
  return harmed;
}

/** What is damaged of a chunk of a manifest and the chunks that it names. */
function damagedIn(chunks: Chunks, damaged: ReadonlyMap<number, Found>, root: number): ReadonlySet<number> {
  const { index } = chunks;
  if (damaged.has(root)) {
    return new Set([root]);
  }
  const rows = new Set<number>();
  for (const ids of index.kind[root] === MANIFEST ? idsOf(chunks.readRow(root)) : []) {
    for (let at = 0; at < ids.length; at += ID_BYTES) {
      const row = index.find(ids, at);
      if (damaged.has(row)) {
        rows.add(row);
      }
    }
  }
  return rows;
}
