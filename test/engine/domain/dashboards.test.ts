// Dashboards by account.
import { type Dashboard, Dashboards } from '../../../engine/src/domain/dashboards';

test('dashboards are those of their account', () => {
  const dashboards = new Dashboards();
  const made = (name: string): Dashboard => ({ name, body: '{}', changedAt: 0 });
  dashboards.put('111122223333', made('b'));
  dashboards.put('111122223333', made('a'));
  dashboards.put('444455556666', made('c'));
  const names = (account: string) => dashboards.list(account).map(({ name }) => name);
  expect([names('111122223333'), names('444455556666')]).toEqual([['a', 'b'], ['c']]);
  dashboards.remove('111122223333', 'a');
  expect(dashboards.tryFind('111122223333', 'a')).toBeUndefined();
});
