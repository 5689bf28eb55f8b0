import { RenderedNames } from '../../../engine/src/domain/rendered-names';

/** Names by place, and which of them were rendered. */
function standing(names: (string | undefined)[]) {
  const rendered: number[] = [];
  const found = new RenderedNames((place) => {
    rendered.push(place);
    return names[place];
  });
  const places = () => names.keys();
  return { found, rendered, find: (name: string) => found.find(name, places()) };
}

describe('names that are rendered', () => {
  test('are found without a search once they were rendered', () => {
    const { find, rendered } = standing(['a', undefined, 'c', 'd']);
    expect(find('c')).toBe(2);
    expect(rendered.splice(0)).toEqual([0, 1, 2]);
    expect([find('c'), find('a')]).toEqual([2, 0]);
    expect(rendered.splice(0)).toEqual([2, 0]);
    expect(find('e')).toBeUndefined();
    expect(rendered).toEqual([0, 1, 2, 3]);
  });

  test('are not taken for what stands at their place by now', () => {
    const names: (string | undefined)[] = ['a', 'b'];
    const { find } = standing(names);
    expect(find('b')).toBe(1);
    names.splice(0, 2, 'b', 'c');
    expect([find('b'), find('c'), find('a')]).toEqual([0, 1, undefined]);
    names[1] = undefined;
    expect(find('c')).toBeUndefined();
  });

  test('are found however many there are', () => {
    const names = Array.from({ length: 2 ** 17 + 10 }, (_, place) => `name ${place}`);
    const { find, rendered } = standing(names);
    expect(find('no name')).toBeUndefined();
    rendered.length = 0;
    const last = names.length - 1;
    expect([find(`name ${last}`), rendered]).toEqual([last, [last]]);
    // The first to be rendered are forgotten: they are searched for.
    expect(find('name 0')).toBe(0);
    expect(rendered).toEqual([last, 0]);
  });
});
