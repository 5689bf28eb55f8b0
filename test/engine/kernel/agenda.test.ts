import fc from 'fast-check';
import { Agenda, KeyHeap } from '../../../engine/src/kernel/agenda';

const HOUR = 3_600_000;

function agenda(stepLimit = 1000): Agenda {
  return new Agenda({ labels: ['first', 'second', 'third'], stepLimit });
}

function drain(from: Agenda, before = Infinity): [number, number, number][] {
  const entries: [number, number, number][] = [];
  while (from.next(before)) {
    entries.push([from.at, from.kind, from.subject]);
  }
  return entries;
}

test('entries are foreseen before they come up, in that order, but for those that come for what is due now', () => {
  const due = agenda();
  const foreseen: [number, number][] = [];
  due.onForeseen = (count) => {
    for (let i = 0; i < count; i++) {
      foreseen.push([due.foreseenKinds[i] ?? NaN, due.foreseenSubjects[i] ?? NaN]);
    }
  };
  const came: [number, number][] = [];
  for (let n = 0; n < 100; n++) {
    due.push(((n * 7) % 50) * HOUR, n % 3, n);
  }
  for (let n = 100; n < 200; n++) {
    due.push(100 * HOUR, n % 3, n);
  }
  while (due.next(101 * HOUR)) {
    came.push([due.kind, due.subject]);
    expect(foreseen.slice(0, came.length)).toEqual(came);
  }
  expect(came).toHaveLength(200);
  expect(foreseen).toEqual(came);
  due.push(102 * HOUR, 1, 200);
  expect(due.next(103 * HOUR)).toBe(true);
  due.push(102 * HOUR, 2, 201);
  expect(due.next(103 * HOUR)).toBe(true);
  expect(foreseen.slice(200)).toEqual([[1, 200]]);
});

describe('agenda', () => {
  test('brings entries up by instant, then kind, then arrival', () => {
    const due = agenda();
    due.push(2000, 1, 10);
    due.push(1000, 2, 11);
    due.push(1000, 0, 12);
    due.push(1000, 0, 13);
    due.push(400 * 24 * HOUR, 0, 14);
    expect(drain(due)).toEqual([
      [1000, 0, 12],
      [1000, 0, 13],
      [1000, 2, 11],
      [2000, 1, 10],
      [400 * 24 * HOUR, 0, 14],
    ]);
    expect(due.pending).toBe(0);
  });

  test('leaves what is due at the end of the interval', () => {
    const due = agenda();
    due.push(5000, 0, 1);
    expect(due.next(5000)).toBe(false);
    expect(due.next(5001)).toBe(true);
  });

  test('takes entries for the open bucket in their order', () => {
    const due = agenda();
    due.push(1000, 0, 1);
    due.push(3000, 0, 3);
    expect(due.next(Infinity)).toBe(true);
    due.push(2000, 0, 2);
    due.push(3000, 0, 4);
    due.push(1000, 0, 5);
    expect(drain(due).map(([, , subject]) => subject)).toEqual([5, 2, 3, 4]);
  });

  test('agrees with a stable sort, whatever is pushed while it runs', () => {
    const entry = fc.tuple(fc.integer({ min: 0, max: 50 * HOUR }), fc.integer({ min: 0, max: 2 }));
    fc.assert(
      fc.property(fc.array(entry, { maxLength: 300 }), fc.array(entry, { maxLength: 100 }), (first, later) => {
        const due = agenda();
        const expected: { at: number; kind: number; subject: number }[] = [];
        const push = (at: number, kind: number) => {
          due.push(at, kind, expected.length);
          expected.push({ at, kind, subject: expected.length });
        };
        first.forEach(([at, kind]) => push(at, kind));
        const seen: number[] = [];
        const waiting = [...later];
        while (due.next(Infinity)) {
          seen.push(due.subject);
          const next = waiting.pop();
          // Pushed while the clock stands at due.at: never before it, and a lower kind at the same instant comes next.
          if (next !== undefined) {
            push(due.at + 1 + next[0], next[1]);
          }
        }
        const order = [...expected].sort((a, b) => a.at - b.at || a.kind - b.kind || a.subject - b.subject);
        expect(seen).toEqual(order.map(({ subject }) => subject));
      }),
      { numRuns: 200 },
    );
  });

  test('fails with the next entries when the clock does not move', () => {
    const due = agenda(5);
    for (let subject = 0; subject < 20; subject++) {
      due.push(1000, 1, subject);
    }
    expect(() => drain(due)).toThrow(
      /more than 5 steps at 1970-01-01T00:00:01.000Z without the clock moving; next:\n  1970-01-01T00:00:01.000Z second 7\n/,
    );
  });

  test('fails on an entry before the clock', () => {
    const due = agenda();
    due.push(10 * HOUR, 0, 1);
    drain(due);
    expect(() => due.push(HOUR, 0, 2)).toThrow('comes after the clock has passed');
    expect(() => due.push(due.at - 1, 0, 2)).toThrow('comes after the clock has passed');
  });
});

describe('heap of keys', () => {
  test('gives back what a sort gives', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ noNaN: true, min: 0, max: 1e15 })), (keys) => {
        const heap = new KeyHeap();
        keys.forEach((key) => heap.push(key));
        const popped = keys.map(() => heap.pop());
        expect(popped).toEqual([...keys].sort((a, b) => a - b));
        expect(heap.pop()).toBe(Infinity);
      }),
    );
  });
});
