// Repositories by account and Region.
import { Repositories, Repository } from '../../../engine/src/domain/repositories';
import { ENV } from '../scenarios/stage';

test('repositories are listed by name where they are, until they are removed', () => {
  const repositories = new Repositories();
  const made = (name: string, env = ENV) => repositories.put({ env, name, tagMutability: 'MUTABLE' } as Repository);
  const [second] = [made('b'), made('a'), made('c', { ...ENV, region: 'eu-west-1' })];
  const names = () => repositories.list(ENV).map(({ name }) => name);
  expect(names()).toEqual(['a', 'b']);
  expect(repositories.change(second, { tagMutability: 'IMMUTABLE' })).toMatchObject({ tagMutability: 'IMMUTABLE' });
  expect(repositories.tryFind(ENV, 'b')).toMatchObject({ name: 'b', tagMutability: 'IMMUTABLE' });
  repositories.remove(second);
  expect([names(), repositories.tryFind(ENV, 'b')]).toEqual([['a'], undefined]);
});
