// A process that stores captures and is killed at random instants, again and again: what it acknowledged must be whole.
import { spawn } from 'node:child_process';
import * as path from 'node:path';
import * as readline from 'node:readline';
import type { ContentEntry } from '../../../engine/src/host/content/content';
import type { StoreOrder } from '../../../engine/src/host/content/content-store';
import { ChunkStore } from '../../../engine/src/host/content/store/chunk-store';
import type { StoreShape } from '../../../engine/src/host/content/store/store-shape';
import { filesOf, packBytesOf, readWhole } from './store-content';
import { Chance } from './store-steps';

const CHILD = path.join(__dirname, 'store-child.js');
/** What looks at a store is not killed. */
const LOOKING = { durable: false };
const { ENTRIES, SHAPE, bytesOf, entriesOf, orderOf } = jestless<{
  ENTRIES: number;
  SHAPE: StoreShape;
  bytesOf(number: number, step: number): { readonly bytes: Buffer };
  entriesOf(step: number): AsyncIterable<ContentEntry>;
  orderOf(step: number): StoreOrder;
}>(CHILD);

/** What came of a run. */
export interface Kills {
  /** Captures that were acknowledged. */
  readonly acknowledged: number;
  /** Captures that were stored when the process was killed, and not acknowledged yet. */
  readonly early: number;
  /** What was wrong, in words; empty when all is well. */
  readonly faults: readonly string[];
}

/** Kills a process so many times, all over one folder. */
export async function killStores(folder: string, kills: number, seed: number): Promise<Kills> {
  const chance = new Chance(seed);
  const steps = new Map<string, number>();
  const faults: string[] = [];
  let [next, acknowledged, early] = [0, 0, 0];
  for (let kill = 0; kill < kills; kill++) {
    const gone = new Set<string>();
    const after = chance.below(12);
    for (const told of await lifeOf(folder, next, after, chance.below(40))) {
      if ('releasing' in told) {
        gone.add(told.releasing);
      } else {
        steps.set(told.id, told.step);
        next = told.step + 1;
        acknowledged++;
      }
    }
    gone.forEach((id) => steps.delete(id));
    const store = await ChunkStore.open(folder, { ...SHAPE, ...LOOKING });
    faults.push(...(await faultsOf(store, folder, steps)).map((fault) => `kill ${kill}: ${fault}`));
    // What was asked last is answered from the store, or stored now.
    let read = false;
    const asked = await store.write(
      watched(entriesOf(next), () => (read = true)),
      orderOf(next),
    );
    early += read ? 0 : 1;
    steps.set(asked.id, next++);
    faults.push(...(await faultsOf(store, folder, steps)).map((fault) => `after kill ${kill}: ${fault}`));
    await store.release([...gone]);
    await store.close();
  }
  const store = await ChunkStore.open(folder, { ...SHAPE, ...LOOKING });
  await store.release([...steps.keys()]);
  const { captures, chunks } = await store.figures();
  await store.close();
  if (captures + chunks + packBytesOf(folder) > 0) {
    faults.push(`at the end ${captures} captures, ${chunks} chunks and ${packBytesOf(folder)} bytes are left`);
  }
  return { acknowledged, early, faults };
}

type Told = { readonly step: number; readonly id: string } | { readonly releasing: string };

/** One process, from its start until it is killed, so many milliseconds after so many acknowledgements. */
async function lifeOf(folder: string, first: number, after: number, milliseconds: number): Promise<Told[]> {
  const child = spawn(process.execPath, [CHILD, folder, String(first)], { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  const told: Told[] = [];
  for await (const line of readline.createInterface({ input: child.stdout })) {
    told.push(JSON.parse(line) as Told);
    if (told.length === after + 1) {
      setTimeout(() => child.kill('SIGKILL'), milliseconds);
    }
  }
  await ended;
  return told;
}

async function faultsOf(store: ChunkStore, folder: string, steps: ReadonlyMap<string, number>): Promise<string[]> {
  const faults: string[] = [];
  for (const [id, step] of steps) {
    try {
      const content = [...(await readWhole(store, id)).values()];
      const same = content.length === ENTRIES && content.every(({ bytes }, n) => bytes.equals(bytesOf(n, step).bytes));
      faults.push(...(same ? [] : [`the capture of step ${step} is another`]));
    } catch (fault) {
      faults.push(`the capture of step ${step} cannot be read: ${(fault as Error).message}`);
    }
  }
  faults.push(...(await store.verify()).map((damage) => JSON.stringify(damage)));
  faults.push(...filesOf(folder).filter((file) => file.endsWith('.new')));
  return faults;
}

async function* watched<T>(entries: AsyncIterable<T>, onRead: () => void): AsyncGenerator<T> {
  onRead();
  yield* entries;
}

/** What the child has, which is JavaScript so that it starts at once. */
function jestless<T>(file: string): T {
  return require(file) as T;
}
