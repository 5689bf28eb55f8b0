import * as fc from 'fast-check';
import { monthsAfter, Usage } from '../../../engine/src/domain/usage';
import { DAY, parseInstant, SECOND } from '../../../engine/src/kernel/instant';

const START = parseInstant('2027-01-31T12:00:00Z');
/** Two months and a half. */
const SPAN = 76 * DAY;
const UNTIL = START + SPAN;

const changes = fc.array(
  fc.record({
    bytes: fc.integer({ min: 1, max: 2 ** 50 }),
    from: fc.integer({ min: 0, max: SPAN - 1 }),
    lasts: fc.integer({ min: 0, max: SPAN }),
  }),
  { maxLength: 60 },
);

test('sums of a month are exact to the byte and second, whatever came and went when', () => {
  fc.assert(
    fc.property(changes, (drawn) => {
      const usage = new Usage(START);
      const line = usage.add();
      const second = (at: number): number => Math.floor(at / SECOND);
      for (const { bytes, from, lasts } of drawn) {
        usage.change(line, bytes, START + from);
        if (from + lasts < SPAN) {
          usage.change(line, -bytes, START + from + lasts);
        }
      }
      const bounds = [START, monthsAfter(START, 1), monthsAfter(START, 2), UNTIL].map(second);
      const within = (from: number, to: number, month: number): number =>
        Math.max(0, Math.min(to, bounds[month + 1] ?? 0) - Math.max(from, bounds[month] ?? 0));
      const wanted = [0, 1, 2].map((month) =>
        drawn.reduce((sum, { bytes, from, lasts }) => {
          const to = second(Math.min(START + from + lasts, UNTIL));
          return sum + BigInt(bytes) * BigInt(within(second(START + from), to, month));
        }, 0n),
      );
      expect(usage.sums(line, UNTIL)).toEqual(wanted);
    }),
  );
});

test('what is used at once counts in its month alone, and lines do not mix', () => {
  const usage = new Usage(START);
  const [one, other] = [usage.add(), usage.add()];
  usage.once(one, 7, 90 * 86_400, START + 40 * DAY);
  expect(usage.sums(one, UNTIL)).toEqual([0n, BigInt(7 * 90 * 86_400), 0n]);
  expect(usage.sums(other, UNTIL)).toEqual([0n, 0n, 0n]);
});

test.each([
  ['2027-01-31T12:00:00Z', 1, '2027-02-28T12:00:00Z'],
  ['2027-01-31T12:00:00Z', 2, '2027-03-31T12:00:00Z'],
  ['2028-01-30T00:00:00Z', 1, '2028-02-29T00:00:00Z'],
  ['2027-11-15T05:30:00Z', 14, '2029-01-15T05:30:00Z'],
  ['2027-01-01T00:00:00Z', 12, '2028-01-01T00:00:00Z'],
])('%s and %s months are %s', (start, months, end) => {
  expect(new Date(monthsAfter(parseInstant(start), months as number)).toISOString()).toBe(end.replace('Z', '.000Z'));
});

test('months are counted up to an instant: one that has just begun is none', () => {
  const usage = new Usage(START);
  expect(usage.monthsUntil(START)).toBe(0);
  expect(usage.monthsUntil(START + SECOND)).toBe(1);
  expect(usage.monthsUntil(monthsAfter(START, 1))).toBe(1);
  expect(usage.monthsUntil(monthsAfter(START, 1) + SECOND)).toBe(2);
});

test.each([0, 10, 11, 12, 13, 24, 25, 40])('what comes in month %i counts from there on, and no sooner', (month) => {
  const usage = new Usage(parseInstant('2027-01-01'));
  const [kept, once] = [usage.add(), usage.add()];
  const at = usage.startOf(month) + DAY;
  usage.change(kept, 7, at);
  usage.once(once, 5, 3, at);
  const before = Array.from({ length: month }, () => 0n);
  const seconds = [0, 1, 2].map((more) => BigInt(usage.secondsOf(month + more)));
  expect(usage.sums(kept, usage.startOf(month + 3))).toEqual([
    ...before,
    ...seconds.map((all, more) => 7n * (more === 0 ? all - 86_400n : all)),
  ]);
  expect(usage.sums(once, usage.startOf(month + 3))).toEqual([...before, 15n, 0n, 0n]);
});

test('sums beyond what a number holds exactly are exact', () => {
  const usage = new Usage(parseInstant('2027-01-01'));
  const line = usage.add();
  const [bytes, seconds, times] = [2 ** 26 - 1, 2_678_399, 201];
  for (let n = 0; n < times; n++) {
    usage.once(line, bytes, seconds, usage.start);
  }
  const sum = BigInt(bytes) * BigInt(seconds) * BigInt(times);
  expect(sum).toBeGreaterThan(BigInt(Number.MAX_SAFE_INTEGER));
  expect(usage.sums(line, usage.startOf(1))).toEqual([sum]);
});
