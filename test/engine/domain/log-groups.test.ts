// What log groups hold, in which order, and for how long.
import { LogGroups } from '../../../engine/src/domain/log-groups';
import { DAY } from '../../../engine/src/kernel/instant';

const GROUP = 'arn:aws:logs:eu-west-1:111122223333:log-group:g';

function written() {
  const logs = new LogGroups(1);
  logs.write(GROUP, 'a', 'second', 2 * DAY, 9);
  logs.write(`${GROUP}:*`, 'b', 'first', DAY, 9);
  logs.write(GROUP, 'b', 'third', 3 * DAY, 9);
  logs.write(GROUP, 'a', 'also second', 2 * DAY, 9);
  logs.write(`${GROUP}:*x`, 'a', 'elsewhere', DAY, 9);
  return {
    logs,
    messages: (now = 9 * DAY, days?: number) => logs.eventsOf(GROUP, now, days).map(({ message }) => message),
  };
}

test('events are in the order of their instants, then of their writing, whichever way the group was named', () => {
  const { logs, messages } = written();
  expect(messages()).toEqual(['first', 'second', 'also second', 'third']);
  expect(logs.eventsOf('arn:none', 0)).toEqual([]);
  expect(new Set(logs.eventsOf(GROUP, 0).map(({ id }) => id)).size).toBe(4);
});

test('events are shown for as long as the group keeps them', () => {
  const { messages } = written();
  expect(messages(4 * DAY, 2)).toEqual(['second', 'also second', 'third']);
  expect(messages(4 * DAY + 1, 2)).toEqual(['third']);
});

test('a stream that is deleted takes its events along, a group all of them', () => {
  const { logs, messages } = written();
  logs.forget(GROUP, 'a');
  expect(messages()).toEqual(['first', 'third']);
  logs.forget(GROUP);
  expect(messages()).toEqual([]);
  logs.forget('arn:none', 'a');
  expect(logs.eventsOf('arn:none', 0)).toEqual([]);
});
