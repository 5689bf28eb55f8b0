import { Repetitions } from '../../../engine/src/kernel/repetitions';

test('the same is counted within an instant, each by itself, and from the start at the next', () => {
  const repetitions = new Repetitions();
  const asked: [number, string][] = [
    [0, 'a'],
    [0, 'a'],
    [0, 'b'],
    [0, 'a'],
    [5, 'a'],
    [5, 'b'],
    [5, 'b'],
    [6, 'b'],
  ];
  expect(asked.map(([now, same]) => repetitions.next(now, same))).toEqual([0, 1, 0, 2, 0, 0, 1, 0]);
});
