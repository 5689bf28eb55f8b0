import { ContinuousVaults } from '@holdfast/model';
import { PLAIN } from './rows';

const rule = (deleteAfterDays?: number, enableContinuousBackup?: boolean) => ({
  ruleName: 'continuous',
  targetBackupVaultName: 'main',
  enableContinuousBackup,
  lifecycle: { deleteAfterDays },
});

// prettier-ignore
test.each([
  [35,        36,        true,      true],
  [35,        35,        true,      false],
  [29,        30,        true,      true],
  [35,        undefined, true,      false],
  [undefined, 90,        true,      false],
  [35,        90,        false,     false],
  [35,        90,        undefined, false],
])('a rule that keeps %s days, in a vault that keeps at least %s, continuous: %s, is kept too long: %s', (days, least, continuous, is) => {
  expect(ContinuousVaults.isKeptTooLong(rule(days, continuous), PLAIN, least)).toBe(is);
});

test('what is not known keeps nothing too long', () => {
  expect(ContinuousVaults.isKeptTooLong(rule(35, true), { known: () => false }, 90)).toBe(false);
});

// prettier-ignore
test.each([
  ['ledger',       'ledger-continuous'],
  ['a.b',          'a-b-continuous'],
  ['n'.repeat(50), `${'n'.repeat(39)}-continuous`],
])('the vault of the plan %s is named %s', (plan, vault) => {
  expect(ContinuousVaults.nameFor(plan, PLAIN)).toBe(vault);
});

test('a name that is not known is not shortened', () => {
  expect(ContinuousVaults.nameFor('a.b', { known: () => false })).toBe('a.b-continuous');
});
