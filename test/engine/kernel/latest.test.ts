import { Latest } from '../../../engine/src/kernel/latest';

test('the latest are kept, oldest first: at least as many as wanted, and at most twice as many', () => {
  const latest = new Latest<number>(3);
  const shown = [1, 2, 3, 4, 5, 6, 7, 8].map((one) => {
    latest.add(one);
    return latest.list().join('');
  });
  expect(shown).toEqual(['1', '12', '123', '1234', '12345', '123456', '567', '5678']);
});
