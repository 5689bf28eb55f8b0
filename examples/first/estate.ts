import { Plan, SelectionResource, Vault } from '@holdfast/cdk';
import { Schedule } from '@holdfast/model';
import { AttributeType, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { App, Duration, Stack } from 'aws-cdk-lib/core';

/** The estate that opens the README. */
export function buildEstate(app: App): void {
  const stack = new Stack(app, 'Shop', { env: { account: '111122223333', region: 'us-east-1' } });
  const partitionKey = { name: 'id', type: AttributeType.STRING };

  const orders = new TableV2(stack, 'Orders', { tableName: 'orders', partitionKey });
  const { backupVault: vault } = new Vault(stack, 'Vault', {
    backupVaultName: 'shop',
    vaultLock: { minRetentionDays: 30 },
  });
  const plan = new Plan(stack, 'Plan', {
    backupPlanName: 'shop',
    rules: [
      { ruleName: 'daily', vault, schedule: Schedule.daily({ hour: 5 }), deleteAfter: Duration.days(35) },
      { ruleName: 'monthly', vault, schedule: Schedule.monthly({ hour: 5 }), deleteAfter: Duration.days(365) },
    ],
  });
  plan.addSelection('Data', { selectionName: 'data', resources: [SelectionResource.fromConstruct(orders)] });
}
