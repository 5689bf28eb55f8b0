// The recovery points of resources in vaults, more of them than there was room for at first.
import { Series } from '../../../engine/src/domain/series';
import type { Resource } from '../../../engine/src/domain/protected-resources';
import type { Vault } from '../../../engine/src/domain/vaults';
import { Names } from '../../../engine/src/kernel/names';

function stage(resources: number, vaults: number) {
  const names = new Names();
  const things = (count: number, kind: string) =>
    Array.from({ length: count }, (_, number) => ({ number, arnName: names.intern(`${kind} ${number}`), series: [] }));
  return {
    series: new Series(names, 1),
    resources: things(resources, 'resource') as unknown as Resource[],
    vaults: things(vaults, 'vault') as unknown as Vault[],
  };
}

test('each resource has one series in each vault, however many there are', () => {
  const { series, resources, vaults } = stage(300, 5);
  const first = resources.flatMap((resource) => vaults.map((vault) => series.of(resource, vault)));
  expect(first).toEqual(Array.from({ length: 1500 }, (_, number) => number));
  const again = resources.flatMap((resource) => vaults.map((vault) => series.of(resource, vault)));
  expect([again, series.count]).toEqual([first, 1500]);
  for (const number of [0, 1023, 1024, 1499]) {
    expect([series.resources[number], series.vaults[number]]).toEqual([Math.floor(number / 5), number % 5]);
    expect([series.heads[number], series.tails[number], series.lives[number]]).toEqual([-1, -1, 0]);
  }
  expect(resources[299]?.series).toEqual([1495, 1496, 1497, 1498, 1499]);
  expect(series.inVault(vaults[4] as Vault)).toHaveLength(300);
  expect(series.inVault(vaults[4] as Vault).at(-1)).toBe(1499);
  expect(new Set(series.draws.slice(0, 1500)).size).toBe(1500);
});
