import { EventLog } from '../../../engine/src/kernel/event-log';
import { Names } from '../../../engine/src/kernel/names';

function log(names: Names, keep = 0, count = 3): EventLog {
  const events = new EventLog(names, keep);
  for (let i = 0; i < count; i++) {
    events.append(
      1000 + i,
      0x0802,
      0,
      1,
      names.intern('arn:a'),
      names.intern('arn:b'),
      names.intern('rule'),
      5,
      Infinity,
    );
  }
  return events;
}

describe('event log', () => {
  test('has a digest that stays what it was', () => {
    expect(log(new Names()).digest()).toBe('sha256:8496d43049233047483a02e2b280d980cea80d47d7840de51f55ee31f6e39762');
  });

  test('does not depend on the order in which names were met', () => {
    const names = new Names();
    ['rule', 'x', 'arn:b', 'y', 'arn:a'].forEach((text) => names.intern(text));
    expect(log(names).digest()).toBe(log(new Names()).digest());
  });

  test('goes on after its digest was read, and reads the same over several chunks', () => {
    const names = new Names();
    const whole = log(names, 0, 40_000);
    const parts = new EventLog(names, 0);
    for (let i = 0; i < 40_000; i++) {
      parts.append(
        1000 + i,
        0x0802,
        0,
        1,
        names.intern('arn:a'),
        names.intern('arn:b'),
        names.intern('rule'),
        5,
        Infinity,
      );
      if (i % 9_999 === 0) {
        parts.digest();
      }
    }
    expect(parts.digest()).toBe(whole.digest());
    expect(parts.count).toBe(40_000);
  });

  test('tells apart what differs in one field', () => {
    const names = new Names();
    const digests = new Set([log(names).digest(), log(names, 0, 2).digest()]);
    const other = new EventLog(names, 0);
    other.append(1000, 0x0802, 0, 1, names.intern('arn:a'), names.intern('arn:b'), names.intern('rule'), 6, Infinity);
    digests.add(other.digest());
    expect(digests.size).toBe(3);
  });

  test('keeps the first events, as many as were asked for', () => {
    const names = new Names();
    const kept = log(names, 2, 5);
    expect(kept.keptCount).toBe(2);
    expect(kept.event(1)).toEqual({
      at: 1001,
      code: 0x0802,
      reason: 1,
      subject: names.intern('arn:a'),
      place: names.intern('arn:b'),
      cause: names.intern('rule'),
      amount: 5,
      until: Infinity,
    });
    expect(kept.digest()).toBe(log(names, 0, 5).digest());
  });
});
