import { Plan, ProtectMixin, Vault, VaultDefaults } from '@holdfast/cdk';
import { App, Mixins, PropertyInjectors, Stack } from 'aws-cdk-lib/core';
import { Catalog } from './catalog';
import { ExampleBackups } from './platform/src';

/** The app of a product team: it says what it has, and the company's package says how that is backed up. */
export function buildEstate(app: App): void {
  ExampleBackups.applyTo(app);
  const stack = new Stack(app, 'Shop', { env: { account: '111122223333', region: 'eu-central-1' } });
  // The team's own tag, beside what the company says.
  PropertyInjectors.of(stack).add(new VaultDefaults({ defaults: { tags: { team: 'shop' } } }));

  const { backupVault } = new Vault(stack, 'Vault', { backupVaultName: 'shop' });
  const plan = new Plan(stack, 'Plan', { backupPlanName: 'shop', rules: [{ ruleName: 'daily', vault: backupVault }] });
  Mixins.of(new Catalog(stack, 'Catalog')).apply(new ProtectMixin(plan));
}
