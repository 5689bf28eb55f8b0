// What services keep of resources beside what backups see.
import { Kept, Particulars } from '../../../engine/src/domain/particulars';

describe('particulars of a kind', () => {
  const kept = () => {
    const made = new Kept<{ size: number; zone: string }>();
    made.put('a', { size: 1, zone: 'x' });
    return made;
  };

  test('are those that were put, and nothing of what nobody put', () => {
    expect([kept().of('a'), kept().of('b')]).toEqual([{ size: 1, zone: 'x' }, {}]);
    const again = kept();
    again.put('a', { size: 2 });
    expect(again.of('a')).toEqual({ size: 2 });
  });

  test('keep the members that a change does not name', () => {
    const changed = kept();
    changed.change('a', { size: 3 });
    changed.change('b', { zone: 'y' });
    expect([changed.of('a'), changed.of('b')]).toEqual([{ size: 3, zone: 'x' }, { zone: 'y' }]);
  });

  test('pass to what is restored, where there are any', () => {
    const restored = kept();
    restored.put('c', { zone: 'z' });
    restored.inherit('a', 'b');
    restored.inherit('nobody', 'c');
    expect([restored.of('b'), restored.of('c')]).toEqual([{ size: 1, zone: 'x' }, { zone: 'z' }]);
  });
});

test('a restore passes on the particulars of every kind', () => {
  const all = new Particulars();
  const { volumes, instances, databases, warehouses, fsx, tables, fileSystems } = all;
  const kinds = [volumes, instances, databases, warehouses, fsx, tables, fileSystems] as unknown as Kept<object>[];
  kinds.forEach((kind, number) => kind.put('from', { number }));
  all.inherit('from', 'to');
  expect(kinds.map((kind) => kind.of('to'))).toEqual(kinds.map((_, number) => ({ number })));
});

test('things that are called alike are numbered from 1', () => {
  const all = new Particulars();
  expect([all.nth('a'), all.nth('a'), all.nth('b'), all.nth('a')]).toEqual([1, 2, 1, 3]);
});
