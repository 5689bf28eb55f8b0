// Alarms by number: of those under one name the last.
import { Alarms, type NewAlarm } from '../../../engine/src/domain/alarms';
import { ENV } from '../scenarios/stage';

test('a number finds the alarm that stands, and none that was replaced or removed', () => {
  const alarms = new Alarms();
  const made = (name: string) => ({ env: ENV, name, tags: {}, actions: { enabled: true } }) as unknown as NewAlarm;
  const [first, other, second] = [made('a'), made('b'), made('a')].map((one) => alarms.put(one, 0));
  expect([0, 1, 2, 3].map((number) => alarms.tryNumber(number))).toEqual([undefined, other, second, undefined]);
  if (other !== undefined) {
    alarms.remove(other);
  }
  expect([alarms.tryNumber(1), first?.number]).toEqual([undefined, 0]);
});
