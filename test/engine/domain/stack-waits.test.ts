// What stacks wait for: who is woken, why, and once.
import { StackWaits, type Woken } from '../../../engine/src/domain/stack-waits';
import { Stack } from '../../../engine/src/domain/stacks';
import { ENV, MINUTE, world } from '../scenarios/stage';

function staged() {
  const state = world('2027-01-01', {});
  const { ledger } = state;
  const from = ledger.now;
  const stack = (name: string, parent?: Stack) => new Stack(name, name, ENV, from, 0, parent);
  const waits = new StackWaits(ledger);
  const woken: string[] = [];
  const begin = (of: Stack, logicalId: string, minutes: number) => {
    const wait = waits.begin(of, logicalId, new Map(), from + minutes * MINUTE);
    wait.wake = (how: Woken) => woken.push(`${logicalId} ${how} after ${(ledger.now - from) / MINUTE}`);
    return wait;
  };
  const after = (minutes: number) => state.runUntil(from + minutes * MINUTE + 1);
  return { ledger, waits, stack, begin, after, woken };
}

test('a wait is found by its stack and resource, and by the stack that its own is nested in, until it is over', () => {
  const { waits, stack, begin } = staged();
  const [root, other] = [stack('root'), stack('other')];
  const nested = stack('nested', stack('between', root));
  const [first, second, third] = [begin(nested, 'A', 1), begin(other, 'B', 1), begin(other, 'C', 1)];
  expect([waits.of(root), waits.of(nested), waits.of(other), waits.of(stack('none'))]).toEqual([
    ...[first, first, second, undefined],
  ]);
  expect(waits.of(root)).toBe(first);
  expect([waits.tryFind(other, 'B'), waits.tryFind(other, 'C')].map((wait) => wait?.logicalId)).toEqual(['B', 'C']);
  expect([waits.tryFind(other, 'A'), waits.tryFind(root, 'A')]).toEqual([undefined, undefined]);
  second.over = true;
  expect(waits.tryFind(other, 'B')).toBeUndefined();
  expect(waits.of(other)).toBe(third);
  first.over = true;
  expect([waits.of(root), waits.of(nested)]).toEqual([undefined, undefined]);
});

test('a signal wakes whoever waits for it, who may be under way already or through', () => {
  const { waits, stack, begin, woken } = staged();
  const [one, two, three] = ['one', 'two', 'three'].map((name) => begin(stack(name), name, 5));
  waits.came(two!.signals);
  expect(woken).toEqual(['two signal after 0']);
  one!.over = true;
  waits.came(one!.signals);
  three!.wake = undefined;
  waits.came(three!.signals);
  waits.came(new Map());
  expect(woken).toEqual(['two signal after 0']);
});

test('the end of its time wakes a wait that is not over, and the clock goes on', () => {
  const { ledger, stack, begin, after, woken } = staged();
  const over = begin(stack('over'), 'Over', 1);
  const busy = begin(stack('busy'), 'Busy', 1);
  begin(stack('late'), 'Late', 2);
  over.over = true;
  busy.wake = undefined;
  expect(after(3)).toBe(true);
  expect(woken).toEqual(['Late late after 2']);
  expect(ledger.waitsForStacks).toBe(false);
});

test('the clock stands still while what was woken still runs functions', async () => {
  const { ledger, waits, stack, begin, after } = staged();
  let end: () => void = () => undefined;
  begin(stack('late'), 'Late', 1).wake = () => new Promise<void>((resolve) => (end = resolve));
  expect([after(2), ledger.waitsForStacks]).toEqual([false, true]);
  let settled = false;
  const settling = waits.settled().then(() => (settled = true));
  await Promise.resolve();
  expect(settled).toBe(false);
  end();
  await settling;
  expect([after(2), ledger.waitsForStacks]).toEqual([true, false]);
});

test('a stack that is made has its own time, and one that is nested in it no longer', () => {
  const { stack, begin, after, woken } = staged();
  const root = stack('root');
  const nested = stack('nested', root);
  root.status = 'CREATE_IN_PROGRESS';
  nested.status = 'CREATE_IN_PROGRESS';
  [root.timeoutMinutes, nested.timeoutMinutes] = [3, 9];
  begin(nested, 'Nested', 30);
  after(2);
  expect([woken, root.timedOut]).toEqual([[], false]);
  after(3);
  expect(woken).toEqual(['Nested stack late after 3']);
  expect([root.timedOut, nested.timedOut]).toEqual([true, false]);
});

test('the time of a stack counts for its creation alone, and one that is over wakes at once', () => {
  const { stack, begin, after, woken } = staged();
  const updated = stack('updated');
  updated.status = 'UPDATE_IN_PROGRESS';
  updated.timeoutMinutes = 1;
  begin(updated, 'Updated', 5);
  after(2);
  expect(woken).toEqual([]);
  const made = stack('made');
  made.status = 'CREATE_IN_PROGRESS';
  made.timeoutMinutes = 1;
  begin(made, 'Made', 5);
  after(3);
  expect(woken.map((text) => text.split(' after')[0])).toEqual(['Made stack late']);
  expect([made.timedOut, updated.timedOut]).toEqual([true, false]);
});
