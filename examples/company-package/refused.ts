import { Vault } from '@holdfast/cdk';
import { App, RemovalPolicy, Stack } from 'aws-cdk-lib/core';
import { ExampleBackups } from './platform/src';

/** The app of a team that wants to get rid of backups sooner than the company allows: it is refused. */
export function buildRefused(app: App): void {
  ExampleBackups.applyTo(app);
  const stack = new Stack(app, 'Shop', { env: { account: '111122223333', region: 'eu-central-1' } });
  new Vault(stack, 'Vault', {
    backupVaultName: 'shop',
    vaultLock: { minRetentionDays: 7 },
    removalPolicy: RemovalPolicy.DESTROY,
  });
}
