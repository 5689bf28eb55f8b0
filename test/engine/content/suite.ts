/**
 * What every driver of content holds. A driver joins with what makes a content, changes it at random, and says what it
 * holds: `suite({ name, make })`.
 */
import * as fc from 'fast-check';
import type { Content } from '../../../engine/src/host/content/content';
import { captured, FAULT, heldBy, restorable } from './memory-store';

/** Numbers from 0 up to a bound, drawn from a seed. */
export type Draw = (below: number) => number;

export interface Subject {
  /** Empty at first. */
  readonly content: Content;
  /** Changes it by one step that happens at once. */
  change(draw: Draw): Promise<void>;
  /** All that a restore has to bring back, in a form that is equal for equal contents. */
  look(content: Content): Promise<unknown>;
  /** How many things of ours are on the machine: files and folders that a driver has to remove again. */
  leftovers(): number;
  /** Metadata with which restores bring everything back. */
  readonly metadata?: Readonly<Record<string, string>>;
  end(): Promise<void>;
}

export interface Driver {
  readonly name: string;
  make(): Promise<Subject>;
}

const RUNS = { numRuns: 6 };

export function suite({ name, make }: Driver): void {
  const of = async (use: (subject: Subject) => Promise<void>) => {
    const subject = await make();
    try {
      await use(subject);
    } finally {
      await subject.end();
    }
  };
  const property = (use: (subject: Subject, draw: Draw) => Promise<void>) =>
    fc.assert(
      fc.asyncProperty(fc.integer(), (seed) => of((subject) => use(subject, drawFrom(seed)))),
      RUNS,
    );
  const orderOf = ({ metadata = {} }: Subject) => ({ metadata, restoreJobId: 'job-1' });

  test(`${name}: what is restored is what was captured, whatever became of the content since`, () =>
    property(async (subject, draw) => {
      const { content } = subject;
      await changeOften(subject, draw);
      const before = await subject.look(content);
      const capture = await captured(content);
      await changeOften(subject, draw);
      const restored = await content.restore(restorable(capture), orderOf(subject));
      expect(await subject.look(restored)).toEqual(before);
      expect(restored.kind).toBe(content.kind);
      // What was restored can be captured and restored in its turn.
      const again = await restored.restore(restorable(await captured(restored)), orderOf(subject));
      expect(await subject.look(again)).toEqual(before);
      await restored.close?.();
      await again.close?.();
    }));

  test(`${name}: a capture that builds on another is the same, and reads again only what changed`, () =>
    property(async (subject, draw) => {
      const { content } = subject;
      await changeOften(subject, draw);
      const base = await captured(content);
      expect((await captured(content, base)).read.filter((one) => holds(base, one))).toEqual([]);
      expect((await captured(content, base)).changedBytes).toBe(0);
      await changeOften(subject, draw);
      const built = await captured(content, base);
      const whole = await captured(content);
      expect(heldBy(built)).toEqual(heldBy(whole));
    }));

  test(`${name}: entries come in ascending order of their names, each once, and their sizes make that of the content`, () =>
    property(async (subject, draw) => {
      await changeOften(subject, draw);
      const { entries, sizeBytes } = await captured(subject.content);
      const names = entries.map((entry) => Buffer.from(entry.name));
      const unordered = names.slice(1).filter((one, index) => Buffer.compare(names[index] as Buffer, one) >= 0);
      expect(unordered.map(String)).toEqual([]);
      expect(await subject.content.sizeBytes()).toBe(sizeBytes);
    }));

  test(`${name}: the version changes with what it holds, and stays while that does`, () =>
    property(async ({ content, change, look }, draw) => {
      const before = [await content.version(), await look(content)];
      expect(await content.version()).toBe(before[0]);
      await wait(15);
      await change(draw);
      const isSame = textOf(await look(content)) === textOf(before[1]);
      expect(isSame || (await content.version()) !== before[0]).toBe(true);
    }));

  test(`${name}: a capture while a writer goes on is of one instant`, () =>
    property(async (subject, draw) => {
      const { content } = subject;
      await changeOften(subject, draw);
      const stood = new Set([textOf(await subject.look(content))]);
      let writes = true;
      const writing = (async () => {
        while (writes) {
          for (let burst = draw(4); burst >= 0; burst--) {
            await subject.change(draw);
            stood.add(textOf(await subject.look(content)));
          }
          await wait(draw(120));
        }
      })();
      const capture = await captured(content, undefined, () => wait(draw(4))).finally(() => (writes = false));
      await writing;
      const restored = await content.restore(restorable(capture), orderOf(subject));
      const held = textOf(await subject.look(restored));
      await restored.close?.();
      expect(stood.has(held)).toBe(true);
    }));

  test(`${name}: one that holds nothing is restored as one that holds nothing`, () =>
    of(async (subject) => {
      const { content } = subject;
      const capture = await captured(content);
      const restored = await content.restore(restorable(capture), orderOf(subject));
      expect([capture.sizeBytes, await restored.sizeBytes()]).toEqual([0, 0]);
      expect(await subject.look(restored)).toEqual(await subject.look(content));
      await restored.close?.();
    }));

  test(`${name}: a restore that cannot read an entry fails with that fault, and leaves nothing`, () =>
    property(async (subject, draw) => {
      const { content } = subject;
      await changeOften(subject, draw);
      const capture = await captured(content);
      if (capture.entries.length === 0) {
        // Nothing could be damaged.
        return;
      }
      const before = subject.leftovers();
      const damaged = restorable(capture, draw(capture.entries.length));
      await expect(content.restore(damaged, orderOf(subject))).rejects.toThrow(FAULT);
      expect(subject.leftovers()).toBe(before);
    }));

  test(`${name}: what a capture or restore took of the machine is given back, and nothing that the user brought`, () =>
    of(async (subject) => {
      const { content } = subject;
      const draw = drawFrom(1);
      await changeOften(subject, draw);
      const before = subject.leftovers();
      const restored = await content.restore(restorable(await captured(content)), orderOf(subject));
      await restored.close?.();
      // A capture that nobody reads to its end.
      const entries = content.capture()[Symbol.asyncIterator]();
      await entries.next();
      await entries.return?.();
      expect(subject.leftovers()).toBe(before);
      const held = await subject.look(content);
      await content.close?.();
      expect(await subject.look(content)).toEqual(held);
    }));
}

function wait(ms: number): Promise<void> {
  return new Promise((done) => setTimeout(done, ms));
}

/** Equal for equal values, in whatever order their members stand. */
function textOf(value: unknown): string {
  return JSON.stringify(value, (_, one: unknown) =>
    typeof one === 'object' && one !== null && !Array.isArray(one)
      ? Object.fromEntries(Object.entries(one).sort(([a], [b]) => (a < b ? -1 : 1)))
      : one,
  );
}

/** Whether an entry has bytes, and says when they are the same: then they are not to be read again. */
function holds(capture: Awaited<ReturnType<typeof captured>>, name: string): boolean {
  return capture.entries.some((entry) => entry.name === name && entry.sizeBytes > 0 && entry.version !== undefined);
}

async function changeOften({ change }: Subject, draw: Draw): Promise<void> {
  for (let left = draw(12); left >= 0; left--) {
    await change(draw);
  }
}

export function drawFrom(seed: number): Draw {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let word = Math.imul(state ^ (state >>> 15), 1 | state);
    word = (word + Math.imul(word ^ (word >>> 7), 61 | word)) ^ word;
    return ((word ^ (word >>> 14)) >>> 0) % below;
  };
}

export function bytesFrom(draw: Draw, length: number): Buffer {
  const bytes = Buffer.allocUnsafe(length);
  for (let at = 0; at < length; at++) {
    bytes[at] = draw(256);
  }
  return bytes;
}
