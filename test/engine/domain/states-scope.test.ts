// Chance and history of an execution.
import { StateMachineLimits } from '@holdfast/model';
import { Chance, History } from '../../../engine/src/domain/states-scope';

test('numbers are from 0 to below 1, all over, and each is another', () => {
  const chance = new Chance(1, 'arn:e');
  const drawn = Array.from({ length: 400 }, () => chance.number());
  expect(new Set(drawn).size).toBe(400);
  expect(drawn.every((one) => one >= 0 && one < 1)).toBe(true);
  const quarters = [0, 1, 2, 3].map((quarter) => drawn.filter((one) => Math.floor(one * 4) === quarter).length);
  expect(Math.min(...quarters)).toBeGreaterThan(60);
});

test('a number of a word is the same in every execution of a World, whatever was drawn before', () => {
  const [one, other] = [new Chance(1, 'arn:e'), new Chance(1, 'arn:f')];
  one.number();
  expect(one.number('7')).toBe(other.number('7'));
  expect(one.number('7')).not.toBe(one.number('8'));
  expect(one.number('7')).not.toBe(new Chance(2, 'arn:e').number('7'));
});

test('what is drawn follows from how much was drawn before, ids and numbers together', () => {
  const [one, other] = [new Chance(1, 'arn:e'), new Chance(1, 'arn:e')];
  one.uuid();
  other.number();
  expect(one.number()).toBe(other.number());
  expect(one.uuid()).toBe(other.uuid());
  one.number('7');
  const next = one.uuid();
  expect(next).toBe(other.uuid());
  expect(next).not.toBe(one.uuid());
});

test('no token is drawn twice, whatever is drawn between', () => {
  const chance = new Chance(1, 'arn:e');
  const tokens = Array.from({ length: 4 }, () => [chance.token(), chance.number()][0]);
  expect(new Set(tokens).size).toBe(4);
});

test('a history takes states while both events of each fit beside the first', () => {
  const history = new History();
  let entered = 0;
  while (history.enter()) {
    entered++;
  }
  expect(entered).toBe(Math.floor((StateMachineLimits.EVENTS_OF_EXECUTION - 2) / 2));
  expect(history.enter()).toBe(false);
});
