// Snapshots that are written block by block, on others and on what was captured.
import { createHash } from 'node:crypto';
import { Bodies, Body } from '../../../engine/src/domain/bodies';
import { LentCapture } from '../../../engine/src/domain/lent-capture';
import { type Parent, WrittenBlocks } from '../../../engine/src/domain/written-blocks';
import { parseInstant } from '../../../engine/src/kernel/instant';
import { MINUTE } from '../scenarios/stage';

const NOW = parseInstant('2027-01-01');
const BLOCK = 512 * 1024;
const sha = (text: string) => createHash('sha256').update(text).digest();

/** Bodies that know how often each is needed. */
class Counted extends Bodies {
  readonly counts = new Map<Body, number>();
  override hold(body: Body): void {
    this.counts.set(body, (this.counts.get(body) ?? 0) + 1);
    super.hold(body);
  }
  override drop(body: Body): void {
    this.counts.set(body, (this.counts.get(body) ?? 0) - 1);
    super.drop(body);
  }
}

function stage() {
  const bodies = new Counted();
  const snapshot = (parent?: Parent, sizeBytes = 4 * BLOCK) =>
    new WrittenBlocks('lineage', sizeBytes, NOW, 60, bodies, parent);
  const write = (into: WrittenBlocks, number: number, text: string, at = NOW) => {
    const body = Body.inMemory(Buffer.from(text));
    into.write(number, body, sha(text).toString('base64'), at);
    return body;
  };
  return { bodies, snapshot, write, uses: (body: Body) => bodies.counts.get(body) ?? 0 };
}

function captured(blocks: Readonly<Record<number, string>>) {
  const held = { uses: 1, stored: { id: 'c' } };
  const host = {
    blocks: () =>
      Promise.resolve({
        sizeBytes: 4 * BLOCK,
        numbers: () => Object.keys(blocks).map(Number),
        extent: (number: number) => Promise.resolve(Buffer.from(blocks[number] ?? '')),
      }),
  };
  const lent = new LentCapture(host as never, held as never, () => void held.uses--);
  return { held, lent };
}

async function content(of: WrittenBlocks): Promise<[number, string][]> {
  const read = await of.read();
  const texts = read
    .numbers()
    .map(async (n): Promise<[number, string]> => [n, Buffer.from(await read.extent(n)).toString()]);
  return Promise.all(texts);
}

test('blocks are read in ascending order, those of the parent beneath its own, and nothing where none is', async () => {
  const { snapshot, write } = stage();
  const parent = snapshot();
  write(parent, 10, 'ten');
  write(parent, 2, 'two');
  const child = snapshot(parent);
  write(child, 2, 'new two');
  write(child, 1, 'one');
  expect(await content(parent)).toEqual([
    [2, 'two'],
    [10, 'ten'],
  ]);
  expect(await content(child)).toEqual([
    [1, 'one'],
    [2, 'new two'],
    [10, 'ten'],
  ]);
  expect([parent.count, child.count]).toEqual([2, 2]);
  expect(await (await child.read()).extent(7)).toHaveLength(0);
  expect((await child.read()).sizeBytes).toBe(4 * BLOCK);
});

test('what was captured lies beneath, for the snapshots that begin with one on it, too, and is needed by each', async () => {
  const { snapshot, write } = stage();
  const { held, lent } = captured({ 0: 'zero', 3: 'three' });
  const parent = snapshot(lent);
  write(parent, 3, 'new three');
  const child = snapshot(parent);
  expect(held.uses).toBe(3);
  expect(await content(child)).toEqual([
    [0, 'zero'],
    [3, 'new three'],
  ]);
  parent.drop();
  expect(held.uses).toBe(2);
  expect(await content(child)).toEqual([
    [0, 'zero'],
    [3, 'new three'],
  ]);
  child.drop();
  expect(held.uses).toBe(1);
});

test('a block is needed by each snapshot that has it, until it is written over or the snapshot is dropped', () => {
  const { snapshot, write, uses } = stage();
  const parent = snapshot();
  const [old, other] = [write(parent, 0, 'old'), write(parent, 1, 'other')];
  expect([uses(old), uses(other)]).toEqual([1, 1]);
  const child = snapshot(parent);
  expect([uses(old), uses(other)]).toEqual([2, 2]);
  const fresh = write(child, 0, 'fresh');
  expect([uses(old), uses(fresh)]).toEqual([1, 1]);
  child.drop();
  child.drop();
  expect([uses(old), uses(other), uses(fresh)]).toEqual([1, 1, 0]);
});

test('its checksum is of those of its own blocks, in the order of their numbers', () => {
  const { snapshot, write } = stage();
  const parent = snapshot();
  write(parent, 5, 'parent');
  const child = snapshot(parent);
  for (const [number, text] of [
    [10, 'ten'],
    [9, 'nine'],
    [0, 'zero'],
  ] as const) {
    write(child, number, text);
  }
  const all = Buffer.concat(['zero', 'nine', 'ten'].map(sha));
  expect(child.checksum()).toBe(createHash('sha256').update(all).digest('base64'));
  expect(snapshot().checksum()).toBe(createHash('sha256').digest('base64'));
});

test('it waits so many minutes for each block, and stays what it was sealed as', () => {
  const { snapshot, write } = stage();
  const one = snapshot();
  expect([59, 60].map((minutes) => one.stateAt(NOW + minutes * MINUTE))).toEqual(['pending', 'error']);
  expect(one.stateAt(NOW + 60 * MINUTE - 1)).toBe('pending');
  write(one, 0, 'x', NOW + 30 * MINUTE);
  expect([89, 90].map((minutes) => one.stateAt(NOW + minutes * MINUTE))).toEqual(['pending', 'error']);
  one.seal('completed');
  expect(one.stateAt(NOW + 90 * MINUTE)).toBe('completed');
  const other = snapshot();
  other.seal('error');
  expect(other.stateAt(NOW)).toBe('error');
});

// prettier-ignore
test.each([[-1, false], [0, true], [3, true], [4, false], [1.5, false], [NaN, false]])(
  'block %p is in a volume of four blocks: %p', (number, expected) => {
    const { snapshot } = stage();
    expect(snapshot().has(number)).toBe(expected);
    expect(snapshot(undefined, 3 * BLOCK + 1).has(number)).toBe(expected);
  });
